// SPDX-License-Identifier: LGPL-2.1-or-later
#include <clocale>

#include "port/utf.h"
#include "tools/remapi/cli/run.h"

int main(int count, char** words) {
    std::setlocale(LC_CTYPE, "");
    std::vector<remapi::String> arguments;
    for (int i = 1; i < count; ++i) arguments.push_back(remapi::port::from_utf8(words[i]));
    return remapi::tool::run(arguments);
}
