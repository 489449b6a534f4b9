// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/backend/message_rows.h"
#include "providers/localstore/backend/queue_rows.h"
#include "providers/localstore/model/store.h"

namespace remapi::localstore {

/// How much of a message is read.
enum class Extent {
    Whole,
    Shown,  ///< what a table shows: small properties, long texts cut off; no content is touched
    Row,    ///< nothing but its row: for a message whose properties make no sense
};

/// What the row of a message says, and what is computed from it: enough for a table row, and the
/// core of an open message. A value; no two threads may change one at once.
struct MessageFacts {
    /// A new message that is not saved yet.
    explicit MessageFacts(std::shared_ptr<Store> its_store) : store(std::move(its_store)) {}
    /// Reads the message `id`, its queue row included. Errors: MAPI_E_NOT_FOUND;
    /// MAPI_E_CORRUPT_DATA when its properties make no sense.
    MessageFacts(std::shared_ptr<Store> its_store, Transaction& work, std::int64_t id,
                 Extent extent = Extent::Whole);

    std::optional<PropValue> load(ULONG tag) const;
    std::vector<ULONG> list() const;
    /// S_OK, or why a client may not set or delete the property: MAPI_E_COMPUTED.
    SCODE may_change(ULONG tag) const;
    /// Everything but large values, as a row of a table.
    PropertyBag as_row() const;
    bool is_saved() const noexcept { return row.id != 0; }
    ObjectId object_id() const noexcept { return {MAPI_MESSAGE, row.id}; }

    std::shared_ptr<Store> store;
    MessageRow row;  ///< but its properties
    PropertySet properties;
    std::optional<QueueRow> queue;  ///< while it is on its way out
    String folder_name;             ///< of the folder it lies in; only read as a whole
    bool writable = false;

    // Computed properties; PR_NULL stands for absent.
    PropValue subject_prefix() const;
    PropValue normalized_subject() const;
    PropValue message_flags() const;
    PropValue message_size() const;
    PropValue parent_entry_id() const;
    PropValue parent_display() const;
    PropValue recipients_object() const;
    PropValue attachments_object() const;
    PropValue submit_flags() const;
    PropValue message_status() const;
    PropValue has_attachments() const;
    PropValue access() const;
    PropValue access_level() const;
    PropValue mapping_signature() const;
    PropValue record_key() const;
    PropValue store_record_key() const;
    PropValue store_entry_id() const;
    PropValue object_type() const;
    PropValue entry_id() const;
    PropValue creation_time() const;
    PropValue modification_time() const;
    PropValue provider() const;
    PropValue deleted_on() const;
    PropValue queue_state() const;
    PropValue queue_error() const;
    PropValue queue_tries() const;
    PropValue queue_next_try() const;
};

/// Units of `subject` that are its prefix ("RE: "): one to three characters, no digits, colon,
/// space. Page: mapi/pidtagsubjectprefix-canonical-property.md
std::size_t subject_prefix_length(StringView subject) noexcept;

}  // namespace remapi::localstore
