// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Every spelling of every function whose status is `stub` is called through the export table, first
// with zeroes, then with out-parameters. The rows are generated from mapi32/exports/exports.tsv.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "counted_call.h"
#include "exported_function.h"

namespace remapi::test {
namespace {

enum class Width { nothing, bits32, bits64, pointer };

struct StubCall {
    const char* name;        ///< as exported
    const char* parameters;  ///< one letter each, see tools/gen/export_table.py
    bool callee_pops;        ///< stdcall of i686
    Width width;             ///< how much of the return value counts
    std::uint64_t expected;
};

const std::vector<StubCall> kStubCalls = {
#include REMAPI_STUB_CALLS
};

constexpr std::uintptr_t kUntouched = static_cast<std::uintptr_t>(0xA5A5A5A5A5A5A5A5u);

std::uint64_t relevant_bits(Width width, std::uint64_t value) {
    switch (width) {
        case Width::nothing:
            return 0;
        case Width::bits32:
            return static_cast<std::uint32_t>(value);
        case Width::bits64:
            return value;
        case Width::pointer:
            return static_cast<std::uintptr_t>(value);
    }
    return value;
}

/// The argument words of a call; `targets` gets one element per parameter for out-parameters to
/// point to, and is not resized afterwards.
std::vector<std::uintptr_t> words_for(const StubCall& call, std::vector<std::uintptr_t>* targets) {
    const std::string letters = call.parameters;
    if (targets != nullptr) targets->assign(letters.size(), kUntouched);
    std::vector<std::uintptr_t> words;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const bool is_out = letters[i] == 'o' || letters[i] == 'n';
        words.push_back(is_out && targets ? reinterpret_cast<std::uintptr_t>(&(*targets)[i]) : 0);
        // A FILETIME by value is two words where a word has four bytes.
        if (letters[i] == 'f' && sizeof(std::uintptr_t) == 4) words.push_back(0);
    }
    return words;
}

void expect_not_supported(const StubCall& call, const std::vector<std::uintptr_t>& words) {
    void* function = exported_function(call.name);
    ASSERT_NE(nullptr, function) << "export missing";
    const CountedResult result = counted_call(function, words);
    EXPECT_EQ(call.expected, relevant_bits(call.width, result.value));
    const long expected_bytes = call.callee_pops ? static_cast<long>(words.size() * 4) : 0;
    EXPECT_EQ(expected_bytes, result.popped_bytes);
}

class NotSupported : public testing::Test {
protected:
    void SetUp() override {
        std::string error;
        ASSERT_TRUE(load_library_under_test(&error)) << error;
    }
};

TEST_F(NotSupported, ZeroedArgumentsGiveTheFamilysCodeAndABalancedStack) {
    for (const StubCall& call : kStubCalls) {
        SCOPED_TRACE(call.name);
        expect_not_supported(call, words_for(call, nullptr));
    }
}

TEST_F(NotSupported, OutParametersAreCleared) {
    for (const StubCall& call : kStubCalls) {
        SCOPED_TRACE(call.name);
        std::vector<std::uintptr_t> targets;
        expect_not_supported(call, words_for(call, &targets));
        for (std::size_t i = 0; i < targets.size(); ++i) {
            SCOPED_TRACE(i + 1);
            std::uint32_t low = 0;
            std::memcpy(&low, &targets[i], sizeof(low));
            if (call.parameters[i] == 'o') {
                EXPECT_EQ(0u, targets[i]);
            } else if (call.parameters[i] == 'n') {
                EXPECT_EQ(0u, low);
            }
        }
    }
}

TEST_F(NotSupported, AFunctionThatIsNotExportedIsNotFound) {
    EXPECT_EQ(nullptr, exported_function("MAPINoSuchFunction"));
}

TEST(CountedCall, CountsWhatACalleePops) {
    // A callee of each convention, so that the counting itself is known to tell them apart.
    const std::vector<std::uintptr_t> words = {1, 2, 3};
#if defined(__i386__)
    using Popping =
        std::uint32_t(__attribute__((stdcall))*)(std::uint32_t, std::uint32_t, std::uint32_t);
    const Popping popping =
        [](std::uint32_t a, std::uint32_t b, std::uint32_t c) __attribute__((stdcall)) {
        return a * 100 + b * 10 + c;
    };
    const CountedResult popped = counted_call(reinterpret_cast<void*>(popping), words);
    EXPECT_EQ(123u, static_cast<std::uint32_t>(popped.value));
    EXPECT_EQ(12, popped.popped_bytes);
#endif
    using Plain = std::uintptr_t (*)(std::uintptr_t, std::uintptr_t, std::uintptr_t);
    const Plain plain = [](std::uintptr_t a, std::uintptr_t b, std::uintptr_t c) {
        return a * 100 + b * 10 + c;
    };
    const CountedResult kept = counted_call(reinterpret_cast<void*>(plain), words);
    EXPECT_EQ(123u, static_cast<std::uintptr_t>(kept.value));
    EXPECT_EQ(0, kept.popped_bytes);
}

}  // namespace
}  // namespace remapi::test
