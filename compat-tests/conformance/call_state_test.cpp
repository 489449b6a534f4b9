// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a caller must find as it was, and on which threads it may call.
#include <atomic>

#include "compat-tests/conformance/simple_mapi_fixture.h"
#include "port/apartment.h"
#include "port/thread.h"

namespace remapi::test {
namespace {

class CallersState : public SimpleMapi {
protected:
    ULONG send_one() {
        MapiRecipDescW recipient = to(nullptr, REMAPI_W("alice@example.org"));
        MapiMessageW message = message_to(&recipient, 1);
        return send(message);
    }
};

std::uint16_t control_word() {
    std::uint16_t word = 0;
    __asm__ __volatile__("fnstcw %0" : "=m"(word));
    return word;
}

void set_control_word(std::uint16_t word) {
    __asm__ __volatile__("fldcw %0" : : "m"(word));
}

TEST_F(CallersState, CurrentDirectoryStays) {  // Q1
    const ScopedFolder folder(port::temporary_folder());
    const String before = port::absolute_path(REMAPI_W("x"));
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_one());
    EXPECT_EQ(before, port::absolute_path(REMAPI_W("x")));
}

TEST_F(CallersState, FloatingPointStateStays) {  // Q34
    const std::uint16_t usual = control_word();
    set_control_word(0x1372);  // Delphi's: exceptions unmasked
    const ULONG result = send_one();
    const std::uint16_t after = control_word();
    set_control_word(usual);
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, result);
    EXPECT_EQ(0x1372, after);
}

TEST_F(CallersState, LogonOnOneThreadSendOnAnother) {  // Q24
    LHANDLE session = 0;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, logon(0, nullptr, nullptr, 0, 0, &session));
    std::atomic<ULONG> result{99};
    port::Thread thread;
    ASSERT_TRUE(thread.start([&] {
        MapiRecipDescW recipient = to(nullptr, REMAPI_W("alice@example.org"));
        MapiMessageW message = message_to(&recipient, 1);
        result = send_mail_w(session, 0, &message, 0, 0);
    }));
    thread.join();
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, result.load());
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, logoff(session, 0, 0, 0));
}

TEST_F(CallersState, SeveralThreadsSendAtOnce) {
    constexpr int kThreads = 4;
    std::atomic<int> failures{0};
    {
        std::vector<std::unique_ptr<port::Thread>> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.push_back(std::make_unique<port::Thread>());
            ASSERT_TRUE(threads.back()->start([&] {
                for (int n = 0; n < 5; ++n) failures += send_one() != SUCCESS_SUCCESS;
            }));
        }
    }
    EXPECT_EQ(0, failures.load());
    const MapiUse use(mapi);
    EXPECT_EQ(std::size_t{kThreads * 5}, Mailbox(mapi).outbox().size());
}

TEST_F(CallersState, ThreadsWithAndWithoutComMaySend) {  // Q22
    std::atomic<int> failures{0};
    for (const bool with_com : {false, true}) {
        port::Thread thread;
        ASSERT_TRUE(thread.start([&, with_com] {
            const port::ApartmentEntry entry =
                with_com ? port::enter_apartment() : port::ApartmentEntry();
            failures += send_one() != SUCCESS_SUCCESS;
            if (entry.entered) port::leave_apartment();
        }));
    }
    EXPECT_EQ(0, failures.load());
}

}  // namespace
}  // namespace remapi::test
