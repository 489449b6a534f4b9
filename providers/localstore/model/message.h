// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/model/message_content.h"
#include "providers/localstore/model/read_state.h"

namespace remapi::localstore {

/// Where an embedded message goes when it is saved: its attachment.
class EmbeddedHome {
public:
    virtual ~EmbeddedHome() = default;
    virtual void keep(std::shared_ptr<const MessageContent> content) = 0;
};

/// An open message. Changes are in memory until save. Any thread may call it.
class Message {
public:
    /// A new message in `folder`.
    Message(std::shared_ptr<Store> store, std::int64_t folder, bool associated);
    /// How a saved message is opened.
    struct Access {
        bool writing = false;
        bool best = false;     ///< reading will do where writing is refused
        bool spooler = false;  ///< may write a message that is on its way out
        bool deleted = false;  ///< it was deleted and can only be read
    };
    /// The saved message `id`. Errors: MAPI_E_NOT_FOUND; MAPI_E_SUBMITTED for writing to a message
    /// on its way out, unless this process hands it over or the spooler asks.
    Message(std::shared_ptr<Store> store, std::int64_t id, Access access);
    /// A message embedded in an attachment.
    Message(MessageContent content, bool writable, std::shared_ptr<EmbeddedHome> home);

    const std::shared_ptr<Store>& store() const noexcept { return m_store; }
    bool writable() const;
    ObjectId object_id() const;
    std::int64_t folder() const;
    bool associated() const;
    /// What is in memory now.
    MessageContent snapshot() const;

    std::optional<PropValue> load(ULONG tag) const;
    std::optional<PropValue> load_whole(ULONG tag, std::size_t limit) const;
    std::shared_ptr<LargeValue> find_large(ULONG tag) const;
    std::vector<ULONG> list() const;
    /// S_OK or the problem. Errors thrown: MAPI_E_SUBMITTED after submission.
    SCODE set(const PropValue& value);
    SCODE set_large(ULONG tag, std::shared_ptr<LargeValue> value);
    SCODE remove(ULONG tag);

    std::vector<Recipient> recipients() const;
    /// Page: mapi/imessage-modifyrecipients.md. `flags`: MODRECIP_; 0 replaces the whole list.
    /// Errors: MAPI_E_INVALID_PARAMETER for a row to be changed that does not exist.
    void modify_recipients(ULONG flags, const std::vector<std::vector<PropValue>>& rows);

    std::vector<AttachmentContent> attachments() const;
    /// A number that no attachment of this message has had. Page: mapi/imessage-createattach.md
    ULONG new_attachment_number();
    /// Errors: MAPI_E_NOT_FOUND.
    AttachmentContent attachment(ULONG number) const;
    /// Adds an attachment or replaces the one with its number; saved with the message.
    void put_attachment(AttachmentContent attachment);
    /// Errors: MAPI_E_NOT_FOUND.
    void delete_attachment(ULONG number);

    /// Writes everything. `flags`: KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE, FORCE_SAVE.
    /// Answers what happened, for tables and sinks; nullopt when nothing did in a folder.
    /// Errors: MAPI_E_NO_ACCESS, MAPI_E_OBJECT_CHANGED, MAPI_E_OBJECT_DELETED, MAPI_E_SUBMITTED and
    /// those of the database.
    std::optional<Change> save(ULONG flags);

    /// Saves the message and puts it into the outgoing queue, durably and in one step; from then on
    /// this object is closed. `submit_flags`: SUBMITFLAG_PREPROCESS.
    Change submit(ULONG submit_flags);

    /// What setting the read flag led to.
    struct ReadOutcome {
        std::optional<Change> change;
        bool report = false;  ///< a read report has become due: the caller sends it
    };
    /// Changes the read flag of a saved message at once, without an edit. Errors: MAPI_E_SUBMITTED,
    /// MAPI_E_OBJECT_DELETED. Page: mapi/imessage-setreadflag.md
    ReadOutcome set_read_state(const ReadRequest& request);
    /// Reads the queue row again.
    void refresh_queue();

private:
    void allow_access(Access access);
    void check_writable() const;
    bool set_queue_property(const PropValue& value);
    void write(Transaction& work, MessageContent& content, bool force);
    Change change_of(const MessageContent& content, bool created) const;

    const std::shared_ptr<Store> m_store;
    const std::shared_ptr<EmbeddedHome> m_home;
    bool m_for_spooler = false;
    mutable port::Mutex m_mutex;
    MessageContent m_content;
    bool m_dirty = false;
    bool m_queue_dirty = false;
    bool m_submitted = false;
};

}  // namespace remapi::localstore
