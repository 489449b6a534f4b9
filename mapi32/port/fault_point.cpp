// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/fault_point.h"

#include <atomic>
#include <charconv>
#include <cstring>
#include <string>

#include "port/mutex.h"
#include "port/process.h"

namespace remapi::port {
namespace {

constexpr std::size_t kLongestName = 127;

constinit Once g_once = REMAPI_ONCE_INIT;
constinit char g_name[kLongestName + 1] = {};  // empty: no fault is asked for
constinit std::atomic<unsigned> g_left = 1;

void load_setting() {
    std::string setting;
    try {
        setting = environment_text("REMAPI_FAULT_POINT");
    } catch (...) {
        return;  // out of memory: nothing is asked for
    }
    const std::size_t colon = setting.rfind(':');
    if (colon != std::string::npos) {
        unsigned count = 0;
        const char* const end = setting.data() + setting.size();
        const auto parsed = std::from_chars(setting.data() + colon + 1, end, count);
        if (parsed.ec == std::errc() && parsed.ptr == end && count > 0) {
            g_left.store(count, std::memory_order_relaxed);
            setting.resize(colon);
        }
    }
    if (setting.size() <= kLongestName) std::memcpy(g_name, setting.c_str(), setting.size() + 1);
}

}  // namespace

void fault_point(const char* name) noexcept {
    call_once(g_once, load_setting);
    if (g_name[0] == '\0' || std::strcmp(g_name, name) != 0) return;
    if (g_left.fetch_sub(1, std::memory_order_relaxed) == 1) kill_this_process();
}

}  // namespace remapi::port
