// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Components that the Windows Installer keeps track of.
#pragma once

#include <string>

namespace remapi::port {

/// The file of a published component, in the ANSI code page; empty when there is none, and
/// natively.
/// @param component  its GUID, in braces
/// @param qualifier  which of the files published under that GUID, a locale identifier as a rule;
///                   empty: the component has none
/// @param install    install it where it is missing
std::string component_path(const std::string& component, const std::string& qualifier,
                           bool install);

}  // namespace remapi::port
