// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A logged-on session and the folders of its default store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "com/ptr.h"
#include "port/wide.h"

namespace remapi::tool {

/// Keeps MAPI initialised for a scope. Throws Failure when it cannot be.
class Runtime {
public:
    Runtime();
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;
};

/// One folder of the person's tree.
struct Folder {
    String name;
    String path;  ///< names from the top, separated by '/'
    std::string entry_id;
    std::uint32_t messages = 0;
    std::uint32_t unread = 0;
    std::uint32_t depth = 0;
};

/// A session of its own; logs off at the end. One thread.
class Session {
public:
    /// @param profile  nullopt takes the default profile
    /// Throws Failure when the logon fails.
    explicit Session(const std::optional<String>& profile);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    IMAPISession& object() noexcept { return *m_session; }
    /// The default message store. Throws Failure(NotFound) when the profile has none.
    IMsgStore& store();

    /// Every folder below the top of the person's tree, a parent before its children.
    std::vector<Folder> folders();
    /// The folder of that path or name, case ignored, or one of "Inbox", "Outbox", "Sent", "Drafts"
    /// by what it is for. Throws Failure(NotFound); Failure(Usage) when the name fits several.
    Folder find_folder(StringView name);
    /// The store's Outbox. Throws Failure(NotFound).
    com::Ptr<IMAPIFolder> outbox();

    com::Ptr<IMAPIFolder> open_folder(const std::string& entry_id);
    com::Ptr<IMessage> open_message(const std::string& entry_id);

private:
    /// The entry identifier of a folder by what it is for; empty when there is none.
    std::string special_folder(StringView name);
    com::Ptr<IUnknown> open(const std::string& entry_id, ULONG& type);

    Runtime m_runtime;
    com::Ptr<IMAPISession> m_session;
    com::Ptr<IMsgStore> m_store;
};

}  // namespace remapi::tool
