// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Sending, as programs do it: by MAPISendMailW, found by name.
#include "compat-tests/harness/memory_use.h"
#include "compat-tests/harness/system_trust.h"
#include "compat-tests/harness/test_profile.h"
#include "compat-tests/scenarios/actions.h"
#include "port/mutex.h"
#include "port/thread.h"
#include "port/utf.h"
#include "text/text.h"

namespace remapi::test {
namespace {

using SendMailW = ULONG WINAPI(LHANDLE, ULONG_PTR, lpMapiMessageW, FLAGS, ULONG);

/// What a heap may grow after the first cycles, however many follow: the store's queue gets longer
/// with every message, and the blocks for reading it larger. 2,000 cycles that leak 130 bytes each
/// are found out.
constexpr std::size_t kNoiseBytes = 256u << 10;
constexpr unsigned kCyclesToSettle = 10;

template <class Library>
ULONG send_one(const Library& library, const String& subject) {
    SendMailW* const send_mail = library.template find<SendMailW>("MAPISendMailW");
    if (!send_mail) throw Error(MAPI_E_NOT_FOUND, "MAPISendMailW is not exported");
    String address = REMAPI_W("SMTP:alice@example.org");
    String text = REMAPI_W("A message of the scenario tests.\r\n");
    String own_subject = subject;
    MapiRecipDescW recipient = {};
    recipient.ulRecipClass = MAPI_TO;
    recipient.lpszName = address.data() + 5;
    recipient.lpszAddress = address.data();
    MapiMessageW message = {};
    message.lpszSubject = own_subject.data();
    message.lpszNoteText = text.data();
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    return send_mail(0, 0, &message, 0, 0);
}

}  // namespace

int create(const Words& words) {
    const MapiUse use(Subject::the());
    TestAccount account;
    account.port = number(words[1]);
    if (words.size() > 2) {
        account.host = REMAPI_W("localhost");  // certificates name no address
        account.security = words[2];
    }
    if (words.size() > 3) account.ca_file = words[3];
    create_test_profile(Subject::the(), words[0], account);
    return 0;
}

int trust(const Words& words) {
    std::string error;
    if (!trust_authority(words[0], error)) throw Error(MAPI_E_CALL_FAILED, error);
    return 0;
}

int distrust(const Words& words) {
    std::string error;
    if (!distrust_authority(words[0], error)) throw Error(MAPI_E_CALL_FAILED, error);
    return 0;
}

int send(const Words& words) {
    const unsigned count = number(words[0]);
    for (unsigned i = 1; i <= count; ++i) {
        const String subject = words[1] + REMAPI_W("-") + text::decimal(i);
        const ULONG result = send_one(Subject::the(), subject);
        if (result != SUCCESS_SUCCESS)
            throw Error(MAPI_E_CALL_FAILED, "MAPISendMailW: " + std::to_string(result));
        say("sent " + port::to_utf8(subject));
    }
    return 0;
}

int cycles(const Words& words) {
    const unsigned count = number(words[0]);
    std::size_t settled = 0;
    for (unsigned i = 0; i < count; ++i) {
        MapiLibrary library;
        std::string error;
        if (!library.load(error)) throw Error(MAPI_E_NOT_FOUND, error);
        const ULONG result = send_one(library, REMAPI_W("cycle-") + text::decimal(i));
        if (result != SUCCESS_SUCCESS)
            throw Error(MAPI_E_CALL_FAILED, "MAPISendMailW: " + std::to_string(result));
        library.unload();
        if (i + 1 == kCyclesToSettle) settled = memory_in_use();
    }
    const std::size_t at_end = memory_in_use();
    const std::size_t allowed = settled + kNoiseBytes;
    say("memory after " + std::to_string(kCyclesToSettle) + " cycles " + std::to_string(settled) +
        ", after " + std::to_string(count) + " cycles " + std::to_string(at_end));
    if (settled == 0)
        throw Error(MAPI_E_CALL_FAILED, "the system does not tell how much memory is in use");
    // A sanitizer's heap keeps freed blocks for a while; leaks are its own business at the end.
    return at_end <= allowed || REMAPI_SANITIZED ? 0 : 1;
}

int exit_while_sending(const Words& words) {
    struct Start {
        port::Mutex mutex;
        port::Condition changed;
        unsigned sent = 0;
        bool sending = false;
    };
    const unsigned wanted = number(words[0]);
    // Neither is ever destroyed: the thread dies with the process, wherever it is by then.
    // Static pointers, so that leak checkers see them as kept.
    static Start* const start = new Start();
    static port::Thread* const sender = new port::Thread();
    sender->start([] {
        for (unsigned i = 0;; ++i) {
            {
                const port::Lock lock(start->mutex);
                start->sending = true;
                start->sent = i;
                start->changed.notify_all();
            }
            if (send_one(Subject::the(), REMAPI_W("exit-") + text::decimal(i)) != SUCCESS_SUCCESS)
                return;
        }
    });
    const port::Lock lock(start->mutex);
    while (!start->sending || start->sent < wanted) start->changed.wait(start->mutex);
    say("leaving");
    return 0;
}

}  // namespace remapi::test
