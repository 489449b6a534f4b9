// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstdio>
#include <iterator>

#include "abi/error.h"
#include "compat-tests/scenarios/actions.h"
#include "format/error_names.h"
#include "port/utf.h"

namespace remapi::test {
namespace {

struct Action {
    const char* name;
    int (*run)(const Words&);
    std::size_t fewest_words;
};
constexpr Action kActions[] = {
    {"hold", hold, 0},
    {"create", create, 2},
    {"trust", trust, 1},
    {"distrust", distrust, 1},
    {"send", send, 2},
    {"cycles", cycles, 1},
    {"exit-while-sending", exit_while_sending, 1},
    {"queue", queue, 1},
    {"folder", folder, 2},
    {"flush", flush, 2},
};

int run(const std::string& name, const Words& words) {
    for (const Action& action : kActions) {
        if (name != action.name || words.size() < action.fewest_words) continue;
        try {
            return action.run(words);
        } catch (const Error& error) {
            std::fprintf(stderr, "%s: %s: %s\n", action.name, error.what(),
                         format::describe_hresult(error.code()).c_str());
            return 1;
        }
    }
    std::fprintf(stderr, "unknown action: %s\n", name.c_str());
    return 2;
}

}  // namespace

void say(const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

int hold(const Words&) {
    say("ready");
    while (std::getchar() != EOF) {
    }
    return 0;
}

unsigned number(const String& word) {
    unsigned result = 0;
    if (word.empty()) throw Error(MAPI_E_INVALID_PARAMETER, "an empty number");
    for (const WideChar digit : word) {
        if (digit < '0' || digit > '9') throw Error(MAPI_E_INVALID_PARAMETER, "not a number");
        result = result * 10 + static_cast<unsigned>(digit - '0');
    }
    return result;
}

}  // namespace remapi::test

int main(int count, char** words) {
    remapi::test::Words list;
    for (int i = 2; i < count; ++i) list.push_back(remapi::port::from_utf8(words[i]));
    return remapi::test::run(count > 1 ? words[1] : "", list);
}
