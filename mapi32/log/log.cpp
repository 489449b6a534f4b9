// SPDX-License-Identifier: LGPL-2.1-or-later
#include "log/log.h"

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "port/clock.h"
#include "port/mutex.h"
#include "port/output.h"
#include "port/process.h"
#include "port/thread.h"
#include "port/utf.h"

namespace remapi::log {
namespace {

constexpr std::size_t kChannels = static_cast<std::size_t>(Channel::kCount);
constexpr std::array<const char*, kChannels> kNames = {"entry", "session",   "spi",    "spooler",
                                                       "store", "transport", "simple", "props",
                                                       "table", "notify",    "ui",     "memory"};

/// One past the highest level that is written: 0 is silent, 2 is errors and warnings, 4 is
/// everything.
constexpr unsigned char kSilent = 0;
constexpr unsigned char kDefault = 2;
constexpr unsigned char kEverything = 4;

constinit std::array<std::atomic<unsigned char>, kChannels> g_limits = {};
constinit std::atomic<bool> g_ready = false;
constinit port::StaticMutex g_mutex;

void set_limit(std::string_view name, unsigned char limit) noexcept {
    for (std::size_t i = 0; i < kChannels; ++i) {
        if (name == "all" || name == kNames[i]) g_limits[i].store(limit, std::memory_order_relaxed);
    }
}

void apply(std::string_view setting) noexcept {
    set_limit("all", kDefault);
    while (!setting.empty()) {
        const std::size_t comma = setting.find(',');
        std::string_view item = setting.substr(0, comma);
        setting = comma == std::string_view::npos ? std::string_view() : setting.substr(comma + 1);
        if (item.empty()) continue;
        const bool off = item.front() == '-';
        if (off || item.front() == '+') item.remove_prefix(1);
        set_limit(item, off ? kSilent : kEverything);
    }
}

void load_settings() noexcept {
    try {
        apply(port::environment_text("REMAPI_LOG"));
    } catch (...) {
        set_limit("all", kDefault);  // out of memory: the defaults must do
    }
    g_ready.store(true, std::memory_order_release);
}

void ensure_ready() noexcept {
    if (g_ready.load(std::memory_order_acquire)) return;
    const port::Lock lock(g_mutex);
    if (!g_ready.load(std::memory_order_relaxed)) load_settings();
}

constexpr std::array<const char*, 4> kLevelNames = {"err", "warn", "info", "trace"};

}  // namespace

bool enabled(Channel channel, Level level) noexcept {
    ensure_ready();
    return static_cast<unsigned char>(level) <
           g_limits[static_cast<std::size_t>(channel)].load(std::memory_order_relaxed);
}

void write(Channel channel, Level level, const char* format, ...) noexcept {
    char line[2048];
    const std::uint64_t now = port::file_time_now() / 10000 % 86400000;  // ms of the day, UTC
    int used = std::snprintf(
        line, sizeof line, "remapi %02u:%02u:%02u.%03u %u.%llx %s:%s ",
        static_cast<unsigned>(now / 3600000), static_cast<unsigned>(now / 60000 % 60),
        static_cast<unsigned>(now / 1000 % 60), static_cast<unsigned>(now % 1000),
        port::current_process_id(), static_cast<unsigned long long>(port::current_thread_id()),
        kLevelNames[static_cast<std::size_t>(level)], kNames[static_cast<std::size_t>(channel)]);
    if (used < 0) return;
    va_list arguments;
    va_start(arguments, format);
    const std::size_t room = sizeof line - 1 - static_cast<std::size_t>(used);
    const int length = std::vsnprintf(line + used, room, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    used += static_cast<std::size_t>(length) < room ? length : static_cast<int>(room) - 1;
    for (int i = 0; i < used; ++i) {
        if (line[i] == '\n' || line[i] == '\r') line[i] = ' ';  // one event, one line
    }
    line[used++] = '\n';
    try {
        const auto file = port::environment("REMAPI_LOG_FILE");
        port::write_diagnostic(std::string_view(line, static_cast<std::size_t>(used)),
                               file ? StringView(*file) : StringView());
    } catch (...) {
        port::write_diagnostic(std::string_view(line, static_cast<std::size_t>(used)),
                               StringView());
    }
}

void not_supported(const char* export_name) noexcept {
    // A small table of names already said: the callers pass literals, so the pointer is the
    // identity.
    static constinit std::array<std::atomic<const char*>, 512> said = {};
    for (auto& slot : said) {
        const char* expected = nullptr;
        if (slot.compare_exchange_strong(expected, export_name)) {
            REMAPI_WARN(Entry, "%s is not implemented: returning its \"not supported\" code",
                        export_name);
            return;
        }
        if (expected == export_name) return;
    }
}

std::string utf8(StringView text) {
    return port::to_utf8(text);
}

std::string utf8(const WideChar* text) {
    return text ? port::to_utf8(text) : std::string("(null)");
}

void reload_settings() noexcept {
    const port::Lock lock(g_mutex);
    load_settings();
}

}  // namespace remapi::log
