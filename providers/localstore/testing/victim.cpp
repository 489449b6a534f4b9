// SPDX-License-Identifier: LGPL-2.1-or-later
//
// localstore_victim OPERATION STORE COUNT [FAULT_POINT]: one operation on a store, for tests that
// kill it or run it beside others. Operations: submit, lock, finish, pending.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "providers/localstore/testing/test_store.h"

namespace {

using namespace remapi;              // NOLINT: a program
using namespace remapi::localstore;  // NOLINT: a program

void submit(const String& path, int count) {
    const TestStore store(path);
    check(store.result, "IMSProvider::Logon");
    for (int i = 0; i < count; ++i) store.submit(text::decimal(static_cast<std::uint64_t>(i)));
}

void finish(const String& path) {
    TestStore store(path, true);
    check(store.result, "IMSProvider::SpoolerLogon");
    store.finish_queue();
}

/// Dies with the first message of the queue in its hands.
void lock(const String& path) {
    const TestStore store(path, true);
    check(store.result, "IMSProvider::SpoolerLogon");
    const auto message = store.open<IMessage>(to_bytes(store.queue().at(0).bytes(PR_ENTRYID)));
    check(store.store->SetLockState(message.get(), MSG_LOCKED), "IMsgStore::SetLockState");
    port::kill_this_process();
}

/// Leaves four megabytes of an attachment behind that no saved message knows.
void leave_pending(const String& path) {
    const TestStore store(path);
    check(store.result, "IMSProvider::Logon");
    const auto message = store.new_message(REMAPI_W("never saved"));
    com::Ptr<IAttach> attachment;
    ULONG number = 0;
    check(message->CreateAttach(nullptr, 0, &number, attachment.put()), "IMessage::CreateAttach");
    com::Ptr<IStream> stream;
    check(attachment->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READWRITE,
                                   MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>()),
          "IMAPIProp::OpenProperty");
    object::write_stream(stream.get(), Bytes(4u << 20, 0x5A));
    port::kill_this_process();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return 2;
    static char setting[200] = "";
    if (argc > 4) {
        std::snprintf(setting, sizeof setting, "REMAPI_FAULT_POINT=%s", argv[4]);
        putenv(setting);
    }
    try {
        const String path = port::from_utf8(argv[2]);
        if (std::strcmp(argv[1], "submit") == 0) submit(path, std::atoi(argv[3]));
        if (std::strcmp(argv[1], "finish") == 0) finish(path);
        if (std::strcmp(argv[1], "lock") == 0) lock(path);
        if (std::strcmp(argv[1], "pending") == 0) leave_pending(path);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", argv[1], error.what());
        return 1;
    }
    return 0;
}
