// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a caller must find as it was, and on which threads it may call.
#include <atomic>
#include <cstdio>
#include <memory>
#include <optional>

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

/// The address book provider of the profile leaves another directory, control word and MXCSR.
class StrayingProvider : public CallersState {
protected:
    void SetUp() override {
        CallersState::SetUp();
        char mark[64];
        std::snprintf(mark, sizeof mark, "REMAPI_STRAYED_AT=%llx",
                      static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(&m_asked)));
        set_variable(mark);
        m_profile =
            std::make_unique<ScopedProfile>(std::vector<const char*>{"RMLS", "RMIN", "STRAY"});
    }
    void TearDown() override {
        EXPECT_TRUE(m_asked) << "the provider was not asked";
        CallersState::TearDown();
        m_profile.reset();
    }

private:
    bool m_asked = false;
    std::unique_ptr<ScopedProfile> m_profile;
};

/// The exceptions that were raised: not part of the state that a caller sets.
constexpr std::uint32_t kMxcsrFlags = 0x3F;

std::uint32_t mxcsr() {
    std::uint32_t word = 0;
    __asm__ __volatile__("stmxcsr %0" : "=m"(word));
    return word;
}

void set_mxcsr(std::uint32_t word) {
    __asm__ __volatile__("ldmxcsr %0" : : "m"(word));
}

TEST_F(StrayingProvider, CurrentDirectoryStays) {  // Q1
    const ScopedFolder folder(port::temporary_folder());
    const String before = port::absolute_path(REMAPI_W("x"));
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_one());
    EXPECT_EQ(before, port::absolute_path(REMAPI_W("x")));
}

TEST_F(StrayingProvider, FloatingPointStateStays) {  // Q34
    constexpr std::uint16_t kDelphi = 0x1372;        // exceptions unmasked
    constexpr std::uint32_t kRoundUp = 0x1F80 | 0x4000;
    const std::uint16_t usual = control_word();
    const std::uint32_t usual_mxcsr = mxcsr();
    set_control_word(kDelphi);
    set_mxcsr(kRoundUp);
    const ULONG result = send_one();
    const std::uint16_t after = control_word();
    const std::uint32_t after_mxcsr = mxcsr();
    set_control_word(usual);
    set_mxcsr(usual_mxcsr);
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, result);
    EXPECT_EQ(kDelphi, after);
    EXPECT_EQ(kRoundUp, after_mxcsr & ~kMxcsrFlags);
}

TEST_F(StrayingProvider, ExtendedLogonLeavesThemAlone) {  // Q1, Q34
    const ScopedFolder folder(port::temporary_folder());
    const String before = port::absolute_path(REMAPI_W("x"));
    const std::uint16_t usual = control_word();
    const std::uint32_t usual_mxcsr = mxcsr() & ~kMxcsrFlags;
    {
        const MapiUse use(mapi);
        Mailbox mailbox(mapi);
        com::Ptr<IAddrBook> book;
        EXPECT_EQ(S_OK, mailbox.session().OpenAddressBook(0, nullptr, AB_NO_DIALOG, book.put()));
        EXPECT_EQ(before, port::absolute_path(REMAPI_W("x")));
        EXPECT_EQ(usual, control_word());
        EXPECT_EQ(usual_mxcsr, mxcsr() & ~kMxcsrFlags);
    }
    EXPECT_EQ(before, port::absolute_path(REMAPI_W("x")));
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
    using Kind = std::optional<port::Apartment>;
    for (const Kind kind :
         {Kind(), Kind(port::Apartment::SingleThreaded), Kind(port::Apartment::MultiThreaded)}) {
        port::Thread thread;
        ASSERT_TRUE(thread.start([&, kind] {
            const port::ApartmentEntry entry =
                kind ? port::enter_apartment(*kind) : port::ApartmentEntry();
            failures += send_one() != SUCCESS_SUCCESS;
            if (entry.entered) port::leave_apartment();
        }));
    }
    EXPECT_EQ(0, failures.load());
}

}  // namespace
}  // namespace remapi::test
