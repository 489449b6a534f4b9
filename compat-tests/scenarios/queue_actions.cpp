// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Looking at stores and running the spooler, through Extended MAPI.
#include <cstdio>

#include "compat-tests/harness/test_profile.h"
#include "compat-tests/scenarios/actions.h"
#include "port/process.h"
#include "port/thread.h"
#include "port/utf.h"

namespace remapi::test {
namespace {

/// A session with a profile, for a scope.
class Session {
public:
    explicit Session(const String& profile) : m_use(Subject::the()) {
        memory::use_routines({Subject::the().find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer"),
                              Subject::the().find<MAPIALLOCATEMORE>("MAPIAllocateMore"),
                              Subject::the().find<MAPIFREEBUFFER>("MAPIFreeBuffer")});
        const auto logon = Subject::the().find<MAPILOGONEX>("MAPILogonEx");
        if (!logon) throw Error(MAPI_E_NOT_FOUND, "MAPILogonEx is not exported");
        constexpr FLAGS kFlags =
            MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | MAPI_UNICODE | MAPI_NO_MAIL;
        check(logon(0, detail::tstr(profile), nullptr, kFlags, m_session.put()), "MAPILogonEx");
    }
    ~Session() { m_session->Logoff(0, 0, 0); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    IMAPISession* operator->() const noexcept { return m_session.get(); }

    com::Ptr<IMsgStore> default_store() const {
        com::Ptr<IMAPITable> table;
        check(m_session->GetMsgStoresTable(0, table.put()), "IMAPISession::GetMsgStoresTable");
        SizedSPropTagArray(2, columns) = {2, {PR_DEFAULT_STORE, PR_ENTRYID}};
        check(table->SetColumns(reinterpret_cast<LPSPropTagArray>(&columns), 0),
              "IMAPITable::SetColumns");
        for (;;) {
            RowSet rows;
            check(table->QueryRows(1, 0, rows.put()), "IMAPITable::QueryRows");
            if (rows.size() == 0) throw Error(MAPI_E_NOT_FOUND, "the default store");
            const SPropValue* values = rows[0].lpProps;
            if (values[0].ulPropTag != PR_DEFAULT_STORE || !values[0].Value.b) continue;
            com::Ptr<IMsgStore> store;
            check(m_session->OpenMsgStore(0, values[1].Value.bin.cb,
                                          reinterpret_cast<LPENTRYID>(values[1].Value.bin.lpb),
                                          nullptr, MDB_NO_DIALOG | MDB_WRITE, store.put()),
                  "IMAPISession::OpenMsgStore");
            return store;
        }
    }

private:
    MapiUse m_use;
    com::Ptr<IMAPISession> m_session;
};

std::string text_of(const SPropValue& value) {
    if (PROP_TYPE(value.ulPropTag) == PT_UNICODE) return port::to_utf8(value.Value.lpszW);
    if (PROP_TYPE(value.ulPropTag) == PT_LONG) return std::to_string(value.Value.l);
    return {};
}

/// Says some properties of each message of a table, separated by tabs. They come from the table, so
/// that a message that cannot be opened is said, too.
void say_messages(IMAPITable& table) {
    SizedSPropTagArray(5, columns) = {
        5,
        {kTagQueueState, kTagInternetMessageId, PR_SUBJECT_W, kTagQueueTries, kTagQueueLastError}};
    check(table.SetColumns(reinterpret_cast<LPSPropTagArray>(&columns), 0),
          "IMAPITable::SetColumns");
    for (;;) {
        RowSet rows;
        check(table.QueryRows(50, 0, rows.put()), "IMAPITable::QueryRows");
        if (rows.size() == 0) return;
        for (ULONG i = 0; i < rows.size(); ++i) {
            std::string line = text_of(rows[i].lpProps[0]);
            for (ULONG column = 1; column < rows[i].cValues; ++column)
                line += "\t" + text_of(rows[i].lpProps[column]);
            say(line);
        }
    }
}

com::Ptr<IMAPIFolder> open_named(IMsgStore& store, const String& name) {
    Buffer<ENTRYID> inbox;
    Buffer<SPropValue> value;
    ULONG bytes = 0;
    auto* entry = static_cast<LPENTRYID>(nullptr);
    if (name == REMAPI_W("inbox")) {
        check(store.GetReceiveFolder(nullptr, 0, &bytes, inbox.put(), nullptr),
              "IMsgStore::GetReceiveFolder");
        entry = inbox.get();
    } else {
        if (name != REMAPI_W("sent") && name != REMAPI_W("outbox"))
            throw Error(MAPI_E_NOT_FOUND, "a folder is inbox, outbox or sent");
        SizedSPropTagArray(1, tag) = {
            1, {name == REMAPI_W("sent") ? PR_IPM_SENTMAIL_ENTRYID : PR_IPM_OUTBOX_ENTRYID}};
        ULONG count = 0;
        check(store.GetProps(reinterpret_cast<LPSPropTagArray>(&tag), 0, &count, value.put()),
              "IMsgStore::GetProps");
        bytes = value[0].Value.bin.cb;
        entry = reinterpret_cast<LPENTRYID>(value[0].Value.bin.lpb);
    }
    com::Ptr<IMAPIFolder> folder;
    ULONG type = 0;
    check(store.OpenEntry(bytes, entry, nullptr, 0, &type, folder.put_as<IUnknown>()),
          "IMsgStore::OpenEntry");
    return folder;
}

}  // namespace

int queue(const Words& words) {
    const Session session(words[0]);
    const com::Ptr<IMsgStore> store = session.default_store();
    com::Ptr<IMAPITable> table;
    check(store->GetOutgoingQueue(0, table.put()), "IMsgStore::GetOutgoingQueue");
    say_messages(*table);
    return 0;
}

int folder(const Words& words) {
    const Session session(words[0]);
    const com::Ptr<IMsgStore> store = session.default_store();
    const com::Ptr<IMAPIFolder> opened = open_named(*store, words[1]);
    com::Ptr<IMAPITable> table;
    check(opened->GetContentsTable(0, table.put()), "IMAPIFolder::GetContentsTable");
    say_messages(*table);
    return 0;
}

int flush(const Words& words) {
    if (words.size() > 2) {
        const unsigned delay = number(words[2]);
        // Ends the process, so nobody joins it.
        auto* const killer = new port::Thread();
        killer->start([delay] {
            port::rest(delay);
            port::kill_this_process();
        });
    }
    const Session session(words[0]);
    com::Ptr<IRemapiSpooler> spooler;
    check(session->QueryInterface(kIidRemapiSpooler, spooler.put_as<void>()),
          "asking for the spooler");
    ULONG sent = 0;
    ULONG waiting = 0;
    ULONG failed = 0;
    const HRESULT hr = spooler->RunQueue(kSpoolOnce | kSpoolNow, number(words[1]) * 1000, &sent,
                                         &waiting, &failed);
    char line[120];
    std::snprintf(line, sizeof line, "sent=%u waiting=%u failed=%u result=0x%08x",
                  static_cast<unsigned>(sent), static_cast<unsigned>(waiting),
                  static_cast<unsigned>(failed), static_cast<unsigned>(hr));
    say(line);
    spooler.reset();
    if (words.size() > 2)
        port::kill_this_process();  // the killer must not meet a process that is ending
    return SUCCEEDED(hr) ? 0 : 1;
}

}  // namespace remapi::test
