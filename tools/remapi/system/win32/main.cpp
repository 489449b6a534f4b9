// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/run.h"

int wmain(int count, wchar_t** words) {
    return remapi::tool::run(std::vector<remapi::String>(words + 1, words + count));
}
