// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>

namespace remapi::test {

/// Loads the library named by the environment variable REMAPI_UNDER_TEST, once.
/// @param error  [out] why it could not be loaded; empty on success
bool load_library_under_test(std::string* error);

/// The address of an export of that library; null when it has none of this name.
void* exported_function(const char* name);

}  // namespace remapi::test
