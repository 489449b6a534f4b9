// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Diagnostic lines, by channel. REMAPI_LOG=+spi,+store,-table turns channels on (information and
// trace too) or off (silent); +all and -all speak of every channel. Without it warnings and errors
// are written. A line never holds a password or the body of a message.
#pragma once

#include "port/wide.h"

namespace remapi::log {

enum class Channel : unsigned char {
    Entry,    ///< exported functions
    Session,  ///< logon, profiles, configuration
    Spi,      ///< loading of providers and traffic with them
    Spooler,
    Store,      ///< the local message store
    Transport,  ///< Internet mail
    Simple,     ///< Simple MAPI, CMC
    Props,
    Table,
    Notify,
    Ui,
    Memory,
    kCount
};

enum class Level : unsigned char { Error, Warning, Information, Trace };

/// Whether a line of this kind would be written. Costs one load.
bool enabled(Channel channel, Level level) noexcept;

/// Writes one line: time, process, thread, level, channel, text. printf's formats; text is UTF-8.
[[gnu::format(printf, 3, 4)]] void write(Channel channel, Level level, const char* format,
                                         ...) noexcept;

/// Says once per process that a program called an export that is not implemented.
void not_supported(const char* export_name) noexcept;

/// UTF-8 of a UTF-16 text, for use as a %s argument within one expression.
std::string utf8(StringView text);
/// The same for a zero-terminated text that may be null.
std::string utf8(const WideChar* text);

/// Reads REMAPI_LOG again. For tests.
void reload_settings() noexcept;

}  // namespace remapi::log

#define REMAPI_LOG_IF(channel, level, ...)                                                        \
    do {                                                                                          \
        if (::remapi::log::enabled(::remapi::log::Channel::channel, ::remapi::log::Level::level)) \
            ::remapi::log::write(::remapi::log::Channel::channel, ::remapi::log::Level::level,    \
                                 __VA_ARGS__);                                                    \
    } while (false)
#define REMAPI_ERROR(channel, ...) REMAPI_LOG_IF(channel, Error, __VA_ARGS__)
#define REMAPI_WARN(channel, ...) REMAPI_LOG_IF(channel, Warning, __VA_ARGS__)
#define REMAPI_INFO(channel, ...) REMAPI_LOG_IF(channel, Information, __VA_ARGS__)
#define REMAPI_TRACE(channel, ...) REMAPI_LOG_IF(channel, Trace, __VA_ARGS__)
