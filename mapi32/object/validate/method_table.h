// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// What each parameter of a method is, the object left out, one letter for each.
///
///   -  a number, anything           w  a number of a pointer's width, anything
///   f  flags with MAPI_UNICODE      c  a count, for the next letter that takes one
///   q  a 64-bit number by value     p  a pointer that is not followed
///   i  GUID                         o  where a pointer is written, w or 64-bit the same
///   n  where a number is written    z  text, in the width that f says
///   e  entry identifier of c bytes  b  c readable bytes
///   r  writable bytes, as many as the number that comes next says
///   s  readable bytes, likewise     d  c GUIDs
///   t  tag array                    T  where a tag array's pointer is, to be read and written
///   v  c property values            l  entry list
///   x  restriction                  y  sort order set
///   a  address list                 m  c pointers to names
///   k  object                       g  c notifications
///   G  one notification             F  flag list
///   ?  before a letter: null is allowed; with c, a count of 0 allows it too
struct MethodParameters {
    const char* method;
    const char* parameters;
};

/// Null for a number that is none of METHODS.
const MethodParameters* parameters_of(ULONG method) noexcept;
ULONG method_count() noexcept;

}  // namespace remapi::object
