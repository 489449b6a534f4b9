// SPDX-License-Identifier: LGPL-2.1-or-later
//
// GMime and GLib behind owning types.
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>
#include <string_view>

#include "port/wide.h"

namespace remapi::mime {

/// Readies GMime, once per process. Call it before anything else of GMime. Any thread.
void start_gmime() noexcept;

struct Unref {
    void operator()(void* object) const noexcept { g_object_unref(object); }
};
/// Owns one reference to a GObject.
template <class T>
using GPtr = std::unique_ptr<T, Unref>;

struct GFree {
    void operator()(char* text) const noexcept { g_free(text); }
};
/// Owns a text that GLib allocated.
using GText = std::unique_ptr<char, GFree>;

/// UTF-8 of a text that goes into a header: control characters, line ends above all, become spaces,
/// so that no text can start a header of its own; white space at both ends is dropped.
std::string header_text(StringView text);

/// `text` with every line end (CRLF, CR, LF) as CRLF.
std::string with_crlf(std::string_view text);
/// `text` with every line end as LF.
std::string with_lf(std::string_view text);

/// The headers of `object` as they are sent, each line ending in CRLF.
std::string headers_of(GMimeObject* object);

}  // namespace remapi::mime
