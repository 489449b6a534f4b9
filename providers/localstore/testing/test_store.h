// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A store that is logged on to through its provider object, for tests of the COM face.
#pragma once

#include "abi/remapi_tags.h"
#include "object/util/calls.h"
#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"
#include "providers/kit/testing/fake_support.h"
#include "providers/localstore/face/provider.h"
#include "text/text.h"

namespace remapi::localstore {

/// One logon to the store at `path`, ended by the destructor.
class TestStore {
public:
    explicit TestStore(const String& path, bool spooler = false)
        : support(com::make<kit::FakeSupport>()) {
        object::set_prop(support->section.get(), {kTagStorePath, path});
        auto provider = com::make<StoreProvider>();
        WideChar profile[] = REMAPI_W("Test");
        auto* name = reinterpret_cast<LPTSTR>(profile);
        constexpr ULONG kFlags = MDB_WRITE | MDB_NO_DIALOG | MAPI_UNICODE;
        if (spooler) {
            result = provider->SpoolerLogon(support.get(), 0, name, 0, nullptr, kFlags, nullptr, 0,
                                            nullptr, nullptr, logon.put(), store.put());
        } else {
            result = provider->Logon(support.get(), 0, name, 0, nullptr, kFlags, nullptr, nullptr,
                                     nullptr, nullptr, logon.put(), store.put());
        }
    }
    ~TestStore() {
        ULONG flags = 0;
        if (logon) logon->Logoff(&flags);
    }

    Bytes entry_id(ULONG tag) const { return object::get_required_prop(store.get(), tag).bytes(); }

    template <class Interface>
    com::Ptr<Interface> open(const Bytes& entry, ULONG flags = MAPI_MODIFY) const {
        com::Ptr<Interface> object;
        ULONG type = 0;
        Bytes copy = entry;
        check(store->OpenEntry(narrow_size(copy.size()), reinterpret_cast<ENTRYID*>(copy.data()),
                               &abi::iid_of<Interface>(), flags, &type,
                               object.template put_as<IUnknown>()),
              "IMsgStore::OpenEntry");
        return object;
    }
    com::Ptr<IMAPIFolder> folder(ULONG tag) const { return open<IMAPIFolder>(entry_id(tag)); }

    com::Ptr<IMessage> new_message(StringView subject,
                                   ULONG folder_tag = PR_IPM_OUTBOX_ENTRYID) const {
        com::Ptr<IMessage> message;
        check(folder(folder_tag)->CreateMessage(nullptr, 0, message.put()),
              "IMAPIFolder::CreateMessage");
        object::set_prop(message.get(), {PR_SUBJECT_W, subject});
        object::set_prop(message.get(), {PR_SENTMAIL_ENTRYID, entry_id(PR_IPM_SENTMAIL_ENTRYID)});
        return message;
    }
    static void add_recipient(IMessage* message, StringView name) {
        const std::vector<std::vector<PropValue>> rows{
            {{PR_RECIPIENT_TYPE, static_cast<std::int64_t>(MAPI_TO)},
             {PR_DISPLAY_NAME_W, name},
             {PR_ADDRTYPE_W, REMAPI_W("SMTP")},
             {PR_EMAIL_ADDRESS_W, REMAPI_W("alice@example.org")}}};
        ADRLIST* list = object::pack_address_list(rows);
        const HRESULT hr = message->ModifyRecipients(MODRECIP_ADD, list);
        memory::free_address_list(list);
        check(hr, "IMessage::ModifyRecipients");
    }
    void submit(StringView subject) const {
        auto message = new_message(subject);
        add_recipient(message.get(), REMAPI_W("Alice"));
        check(message->SubmitMessage(0), "IMessage::SubmitMessage");
    }

    std::vector<PropertyBag> contents(ULONG folder_tag) const {
        com::Ptr<IMAPITable> table;
        check(folder(folder_tag)->GetContentsTable(MAPI_UNICODE, table.put()), "GetContentsTable");
        return object::query_all_rows(table.get());
    }
    std::vector<PropertyBag> queue() const {
        com::Ptr<IMAPITable> table;
        check(store->GetOutgoingQueue(MAPI_UNICODE, table.put()), "IMsgStore::GetOutgoingQueue");
        return object::query_all_rows(table.get());
    }

    /// What a host's DoSentMail does: moves the message to the folder that it names.
    void file_sent_messages() {
        support->on_sent = [this](IMessage* message) {
            const Bytes entry = object::get_required_prop(message, PR_ENTRYID).bytes();
            const Bytes parent = object::get_required_prop(message, PR_PARENT_ENTRYID).bytes();
            const Bytes target = object::get_required_prop(message, PR_SENTMAIL_ENTRYID).bytes();
            move(entry, parent, target);
        };
    }
    void move(Bytes entry, const Bytes& parent, const Bytes& target) const {
        SBinary id = {narrow_size(entry.size()), entry.data()};
        ENTRYLIST list = {1, &id};
        check(
            open<IMAPIFolder>(parent)->CopyMessages(
                &list, &IID_IMAPIFolder, open<IMAPIFolder>(target).get(), 0, nullptr, MESSAGE_MOVE),
            "IMAPIFolder::CopyMessages");
    }
    /// Sends what is in the queue, as far as the store is concerned.
    void finish_queue() {
        file_sent_messages();
        for (const PropertyBag& row : queue()) {
            Bytes entry = to_bytes(row.bytes(PR_ENTRYID));
            check(store->SetLockState(open<IMessage>(entry, MAPI_BEST_ACCESS).get(), MSG_LOCKED),
                  "IMsgStore::SetLockState");
            check(store->FinishedMsg(0, narrow_size(entry.size()),
                                     reinterpret_cast<ENTRYID*>(entry.data())),
                  "IMsgStore::FinishedMsg");
        }
    }

    com::Ptr<kit::FakeSupport> support;
    com::Ptr<IMSLogon> logon;
    com::Ptr<IMsgStore> store;
    HRESULT result = S_OK;
};

/// A folder of its own for one test's stores, removed with what is in it.
class TestFolder {
public:
    explicit TestFolder(const char* name)
        : path(port::join_path(port::temporary_folder(),
                               port::from_utf8(std::string("remapi-store-") + name + "-" +
                                               std::to_string(port::current_process_id())))) {
        remove();
        port::create_folders(path);
    }
    ~TestFolder() { remove(); }
    String file(StringView name) const { return port::join_path(path, name); }

    const String path;

private:
    void remove() const {
        for (const String& name : port::list_folder(path))
            port::remove_file(port::join_path(path, name));
        port::remove_folder(path);
    }
};

}  // namespace remapi::localstore
