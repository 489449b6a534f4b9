// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/mapi/session.h"

#include "port/utf.h"
#include "text/text.h"
#include "tools/remapi/cli/failure.h"
#include "tools/remapi/mapi/errors.h"
#include "tools/remapi/mapi/library.h"
#include "tools/remapi/mapi/properties.h"

namespace remapi::tool {
namespace {

/// The Drafts folder, as a property of the Inbox and the root folder ([MS-OXOSFLD] 2.2.3).
constexpr ULONG kTagDraftsEntryId = PROP_TAG(PT_BINARY, 0x36D7);

std::string default_store_id(IMAPISession& session) {
    com::Ptr<IMAPITable> table;
    require(session.GetMsgStoresTable(0, table.put()), "listing the message stores");
    std::string result;
    for_each_row(*table, {PR_ENTRYID, PR_DEFAULT_STORE}, [&](const Values& row) {
        if (row.truth(PR_DEFAULT_STORE)) result = row.bytes(PR_ENTRYID);
    });
    if (result.empty())
        throw Failure(ExitCode::NotFound, "the profile has no default message store");
    return result;
}

bool is(StringView text, StringView name) noexcept {
    return text::equal_ignoring_case(text, name);
}

}  // namespace

Runtime::Runtime() {
    // No message loop here: notifications come on threads of MAPI's own.
    MAPIINIT_0 init = {0, MAPI_MULTITHREAD_NOTIFICATIONS};
    require(Library::the().initialize(&init), "initialising MAPI");
}

Runtime::~Runtime() {
    Library::the().uninitialize();
}

Session::Session(const std::optional<String>& profile) {
    FLAGS flags = MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_UNICODE | MAPI_NO_MAIL;
    flags |= profile ? MAPI_EXPLICIT_PROFILE : MAPI_USE_DEFAULT;
    require(Library::the().logon_ex(0, profile ? tstr(*profile) : nullptr, nullptr, flags,
                                    m_session.put()),
            profile ? "logging on with the profile \"" + port::to_utf8(*profile) + "\""
                    : "logging on with the default profile");
}

Session::~Session() {
    m_store.reset();
    m_session->Logoff(0, 0, 0);
}

IMsgStore& Session::store() {
    if (!m_store) {
        const std::string id = default_store_id(*m_session);
        require(
            m_session->OpenMsgStore(0, entry_id_size(id), entry_id(id), nullptr,
                                    MDB_NO_DIALOG | MDB_NO_MAIL | MAPI_BEST_ACCESS, m_store.put()),
            "opening the default message store");
    }
    return *m_store;
}

com::Ptr<IUnknown> Session::open(const std::string& id, ULONG& type) {
    com::Ptr<IUnknown> object;
    require(store().OpenEntry(entry_id_size(id), entry_id(id), nullptr, 0, &type, object.put()),
            "opening an object of the store");
    return object;
}

com::Ptr<IMAPIFolder> Session::open_folder(const std::string& id) {
    ULONG type = 0;
    const com::Ptr<IUnknown> object = open(id, type);
    com::Ptr<IMAPIFolder> folder = com::query<IMAPIFolder>(object.get());
    if (type != MAPI_FOLDER || !folder) throw Failure(ExitCode::NotFound, "this is no folder");
    return folder;
}

com::Ptr<IMessage> Session::open_message(const std::string& id) {
    ULONG type = 0;
    const com::Ptr<IUnknown> object = open(id, type);
    com::Ptr<IMessage> message = com::query<IMessage>(object.get());
    if (type != MAPI_MESSAGE || !message) throw Failure(ExitCode::NotFound, "this is no message");
    return message;
}

std::vector<Folder> Session::folders() {
    const OwnedValues tree(store(), {PR_IPM_SUBTREE_ENTRYID}, "asking the store for its folders");
    const com::Ptr<IMAPIFolder> top = open_folder(tree->bytes(PR_IPM_SUBTREE_ENTRYID));
    com::Ptr<IMAPITable> table;
    require(top->GetHierarchyTable(CONVENIENT_DEPTH | MAPI_UNICODE, table.put()),
            "listing the folders");
    std::vector<Folder> result;
    std::vector<String> paths;  // of the row's ancestors
    for_each_row(
        *table, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_DEPTH, PR_CONTENT_COUNT, PR_CONTENT_UNREAD},
        [&](const Values& row) {
            Folder folder;
            folder.name = row.text(PR_DISPLAY_NAME_W);
            folder.entry_id = row.bytes(PR_ENTRYID);
            folder.depth = row.number(PR_DEPTH, 1);
            folder.messages = row.number(PR_CONTENT_COUNT);
            folder.unread = row.number(PR_CONTENT_UNREAD);
            const std::size_t level = folder.depth > 0 ? folder.depth - 1 : 0;
            paths.resize(std::min(level, paths.size()));
            folder.path = paths.empty() ? folder.name : paths.back() + REMAPI_W("/") + folder.name;
            paths.push_back(folder.path);
            result.push_back(std::move(folder));
        });
    return result;
}

std::string Session::special_folder(StringView name) {
    if (is(name, REMAPI_W("Outbox"))) {
        return OwnedValues(store(), {PR_IPM_OUTBOX_ENTRYID}, "asking for the Outbox")
            ->bytes(PR_IPM_OUTBOX_ENTRYID);
    }
    if (is(name, REMAPI_W("Sent")) || is(name, REMAPI_W("Sent Items"))) {
        return OwnedValues(store(), {PR_IPM_SENTMAIL_ENTRYID}, "asking for Sent Items")
            ->bytes(PR_IPM_SENTMAIL_ENTRYID);
    }
    const bool drafts = is(name, REMAPI_W("Drafts"));
    if (!drafts && !is(name, REMAPI_W("Inbox"))) return {};
    ULONG size = 0;
    Buffer<ENTRYID> inbox;
    if (FAILED(store().GetReceiveFolder(nullptr, 0, &size, inbox.put(), nullptr))) return {};
    const std::string inbox_id(reinterpret_cast<const char*>(inbox.get()), size);
    if (!drafts) return inbox_id;
    return OwnedValues(*open_folder(inbox_id), {kTagDraftsEntryId}, "asking for Drafts")
        ->bytes(kTagDraftsEntryId);
}

Folder Session::find_folder(StringView name) {
    const std::string special = special_folder(name);
    std::vector<Folder> found;
    for (Folder& folder : folders()) {
        ULONG same = 0;
        if (!special.empty()) {
            store().CompareEntryIDs(entry_id_size(special), entry_id(special),
                                    entry_id_size(folder.entry_id), entry_id(folder.entry_id), 0,
                                    &same);
        }
        if (same || is(folder.path, name)) return std::move(folder);
        if (is(folder.name, name)) found.push_back(std::move(folder));
    }
    const std::string shown = port::to_utf8(name);
    if (found.empty())
        throw Failure(ExitCode::NotFound, "no folder \"" + shown + "\"; see `remapi folders`");
    if (found.size() > 1)
        throw Failure(ExitCode::Usage,
                      "several folders are called \"" + shown + "\"; give the path");
    return std::move(found.front());
}

com::Ptr<IMAPIFolder> Session::outbox() {
    const std::string id = special_folder(REMAPI_W("Outbox"));
    if (id.empty()) throw Failure(ExitCode::NotFound, "the store has no Outbox");
    return open_folder(id);
}

}  // namespace remapi::tool
