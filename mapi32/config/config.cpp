// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config/config.h"

#include <cassert>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>

#include "log/log.h"
#include "port/file.h"
#include "port/mutex.h"
#include "port/process.h"
#include "text/text.h"

namespace remapi::config {
namespace {

using Values = std::map<std::string, std::string>;  // "section\noption" -> value

constinit port::StaticMutex g_mutex;
constinit Values* g_values = nullptr;  // never freed: no destructor may run at process exit

std::string trimmed(std::string_view text) {
    constexpr const char* kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return text;
}

const Option* option_named(std::string_view name) noexcept {
    for (const Option& option : options()) {
        if (name == option.name) return &option;
    }
    return nullptr;
}

void parse_line(std::string_view line, std::string& section, Values& values) {
    const std::string text = trimmed(line);
    if (text.empty() || text[0] == '#' || text[0] == ';') return;
    if (text.front() == '[' && text.back() == ']') {
        section = lower(trimmed(std::string_view(text).substr(1, text.size() - 2)));
        return;
    }
    const std::size_t equals = text.find('=');
    const std::string name = lower(trimmed(std::string_view(text).substr(0, equals)));
    if (equals == std::string::npos || !option_named(name)) {
        REMAPI_WARN(Session, "remapi.conf: \"%s\" is no option, ignored", name.c_str());
        return;
    }
    values[section + "\n" + name] = trimmed(std::string_view(text).substr(equals + 1));
}

std::unique_ptr<Values> read_values() {
    auto values = std::make_unique<Values>();
    std::string bytes;
    const port::SystemError error = port::read_file(file_path(), bytes, 1u << 20);
    if (error != 0) {
        if (!port::is_not_found(error)) {
            REMAPI_WARN(Session, "remapi.conf cannot be read: %s", port::describe(error).c_str());
        }
        return values;
    }
    std::string section = "remapi";
    for (std::string_view rest = bytes; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        parse_line(rest.substr(0, end), section, *values);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return values;
}

std::optional<std::string> from_file(const char* name) {
    const std::string program = "program:" + lower(text::to_utf8(port::program_name()));
    const port::Lock lock(g_mutex);
    if (!g_values) g_values = read_values().release();
    for (const std::string& section : {program, std::string("remapi")}) {
        const auto found = g_values->find(section + "\n" + name);
        if (found != g_values->end()) return found->second;
    }
    return std::nullopt;
}

bool is_allowed(const Option& option, const std::string& value) {
    if (!*option.allowed) return true;
    const std::string all = std::string("|") + option.allowed + "|";
    return !value.empty() && all.find("|" + value + "|") != std::string::npos;
}

std::optional<std::string> accepted(const Option& option, std::string value, const char* source) {
    if (is_allowed(option, value)) return value;
    REMAPI_WARN(Session, "%s: %s may not be \"%s\" but %s; ignored", source, option.name,
                value.c_str(), option.allowed);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> find(const char* name) {
    const Option* option = option_named(name);
    assert(option && "every option is listed in options.cpp");
    if (const auto value = port::environment(option->variable); value && !value->empty()) {
        if (auto taken = accepted(*option, text::to_utf8(*value), option->variable)) return taken;
    }
    if (auto value = from_file(name)) return accepted(*option, std::move(*value), "remapi.conf");
    return std::nullopt;
}

std::string get(const char* name) {
    if (auto value = find(name)) return std::move(*value);
    return option_named(name)->fallback;
}

bool get_flag(const char* name) {
    const std::string value = get(name);
    return value == "yes" || value == "true" || value == "1" || value == "on";
}

unsigned get_number(const char* name) {
    const std::string value = get(name);
    char* end = nullptr;
    const unsigned long number = std::strtoul(value.c_str(), &end, 10);
    const bool valid = !value.empty() && *end == '\0' && value[0] != '-' && number <= 0x7FFFFFFF;
    if (valid) return static_cast<unsigned>(number);
    REMAPI_WARN(Session, "%s is no number: \"%s\"", name, value.c_str());
    return static_cast<unsigned>(std::strtoul(option_named(name)->fallback, nullptr, 10));
}

String file_path() {
    if (const auto path = port::environment("REMAPI_CONF")) return *path;
    return port::join_path(configuration_folder(), REMAPI_W("remapi.conf"));
}

std::string annotated_file() {
    std::string out =
        "# Remapi's options. Each can also be set by its environment variable, and for one program "
        "in a\n"
        "# section of its own: [program:7zfm.exe].\n\n[remapi]\n";
    for (const Option& option : options()) {
        out += std::string("\n# ") + option.meaning + "\n# Environment: " + option.variable;
        if (*option.allowed) out += std::string("; allowed: ") + option.allowed;
        out += std::string("\n# ") + option.name + " = " + option.fallback + "\n";
    }
    return out;
}

void reload() noexcept {
    const port::Lock lock(g_mutex);
    delete g_values;
    g_values = nullptr;
}

String data_folder() {
    return port::join_path(port::local_data_folder(), REMAPI_W("remapi"));
}

String configuration_folder() {
    return port::join_path(port::configuration_folder(), REMAPI_W("remapi"));
}

}  // namespace remapi::config
