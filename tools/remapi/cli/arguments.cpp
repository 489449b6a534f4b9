// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/arguments.h"

#include "port/utf.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {
namespace {

[[noreturn]] void misuse(const std::string& text) {
    throw Failure(ExitCode::Usage, text);
}

const OptionSpec& find_spec(std::span<const OptionSpec> specs, const std::string& name) {
    for (const OptionSpec& spec : specs) {
        if (name == spec.name) return spec;
    }
    misuse("unknown option --" + name);
}

bool is_option(StringView word) noexcept {
    return word.size() > 2 && word.starts_with(REMAPI_W("--"));
}

}  // namespace

Arguments Arguments::parse(std::span<const OptionSpec> specs, std::span<const String> words) {
    Arguments result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const StringView word = words[i];
        if (word == REMAPI_W("--")) {
            result.m_operands.insert(result.m_operands.end(), words.begin() + i + 1, words.end());
            break;
        }
        if (!is_option(word)) {
            if (word.size() > 1 && word[0] == '-') misuse("unknown option " + port::to_utf8(word));
            result.m_operands.emplace_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name =
            port::to_utf8(word.substr(2, equals == StringView::npos ? equals : equals - 2));
        const OptionSpec& spec = find_spec(specs, name);
        std::vector<String>& values = result.m_options[name];
        if (spec.kind == OptionSpec::Kind::Flag) {
            if (equals != StringView::npos) misuse("--" + name + " takes no value");
            continue;
        }
        if (spec.kind == OptionSpec::Kind::One && !values.empty())
            misuse("--" + name + " is given twice");
        if (equals != StringView::npos) {
            values.emplace_back(word.substr(equals + 1));
        } else if (++i < words.size()) {
            values.push_back(words[i]);
        } else {
            misuse("--" + name + " needs a value (" + spec.value + ")");
        }
    }
    return result;
}

std::optional<String> Arguments::one(const char* name) const {
    const auto found = m_options.find(name);
    if (found == m_options.end() || found->second.empty()) return std::nullopt;
    return found->second.front();
}

String Arguments::required(const char* name) const {
    std::optional<String> value = one(name);
    if (!value || value->empty()) misuse(std::string("--") + name + " is missing");
    return *std::move(value);
}

std::vector<String> Arguments::many(const char* name) const {
    const auto found = m_options.find(name);
    return found == m_options.end() ? std::vector<String>() : found->second;
}

unsigned Arguments::number(const char* name, unsigned fallback, unsigned low, unsigned high) const {
    const std::optional<String> value = one(name);
    if (!value) return fallback;
    const std::optional<unsigned> parsed = parse_number(*value, high);
    if (!parsed || *parsed < low) {
        misuse(std::string("--") + name + " takes a number from " + std::to_string(low) + " to " +
               std::to_string(high) + ", not \"" + port::to_utf8(*value) + "\"");
    }
    return *parsed;
}

String Arguments::only_operand(const char* what) const {
    if (m_operands.empty() || m_operands.front().empty()) misuse(std::string(what) + " is missing");
    expect_at_most(1);
    return m_operands.front();
}

void Arguments::expect_at_most(std::size_t most) const {
    if (m_operands.size() > most) misuse("one word too many: " + port::to_utf8(m_operands[most]));
}

std::optional<unsigned> parse_number(StringView text, unsigned high) {
    if (text.empty() || text.size() > 9) return std::nullopt;
    unsigned number = 0;
    for (const WideChar digit : text) {
        if (digit < '0' || digit > '9') return std::nullopt;
        number = number * 10 + static_cast<unsigned>(digit - '0');
    }
    if (number > high) return std::nullopt;
    return number;
}

}  // namespace remapi::tool
