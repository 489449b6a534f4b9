// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What lies in the default store of a profile, read through Extended MAPI.
#pragma once

#include <vector>

#include "com/ptr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {

struct StoredRecipient {
    ULONG recipient_class = 0;
    String name;
    String type;
    String address;
};

struct StoredAttachment {
    String name;
    ULONG position = 0;
    std::string bytes;
};

struct StoredMessage {
    String subject;
    String body;
    String message_class;
    ULONG flags = 0;
    std::vector<StoredRecipient> recipients;
    std::vector<StoredAttachment> attachments;
};

/// A session on the default profile and its default store. Throws Error.
class Mailbox {
public:
    explicit Mailbox(const Subject& library);
    ~Mailbox();
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    /// Everything in the Outbox, in the order of submission.
    std::vector<StoredMessage> outbox();
    /// Everything in the folder directly below the IPM subtree that is shown as `name`.
    std::vector<StoredMessage> folder(StringView name);
    /// Deletes what lies in the Outbox and in `name`.
    void empty(StringView name);
    IMsgStore& store() { return *m_store; }
    IMAPISession& session() { return *m_session; }

private:
    com::Ptr<IMAPIFolder> open(const std::string& entry_id);
    com::Ptr<IMAPIFolder> find_folder(StringView name);
    std::vector<StoredMessage> read(IMAPIFolder& folder);

    com::Ptr<IMAPISession> m_session;
    com::Ptr<IMsgStore> m_store;
};

}  // namespace remapi::test
