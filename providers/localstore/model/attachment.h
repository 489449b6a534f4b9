// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/model/message.h"

namespace remapi::localstore {

/// An open attachment of an open message, which outlives it. Changes are in memory until save hands
/// them to the message, and with it to the database. Any thread may call it.
class Attachment final : public EmbeddedHome {
public:
    Attachment(Message& message, AttachmentContent content, bool writable)
        : m_message(message), m_content(std::move(content)), m_writable(writable) {}

    bool writable() const;
    ULONG number() const noexcept { return m_content.number; }
    const std::shared_ptr<Store>& store() const noexcept { return m_message.store(); }

    std::optional<PropValue> load(ULONG tag) const;
    std::optional<PropValue> load_whole(ULONG tag, std::size_t limit) const;
    std::shared_ptr<LargeValue> find_large(ULONG tag) const;
    std::vector<ULONG> list() const;
    SCODE set(const PropValue& value);
    SCODE set_large(ULONG tag, std::shared_ptr<LargeValue> value);
    SCODE remove(ULONG tag);

    /// The embedded message's content, for opening it; nullopt when there is none.
    std::optional<MessageContent> embedded() const;
    /// The content of a new embedded message.
    MessageContent new_embedded() const;
    void keep(std::shared_ptr<const MessageContent> content) override;

    /// Page: mapi/imapiprop-savechanges.md. `flags`: KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE.
    /// Errors: MAPI_E_NO_ACCESS.
    void save(ULONG flags);

private:
    void check_writable() const;

    Message& m_message;
    mutable port::Mutex m_mutex;
    AttachmentContent m_content;
    bool m_writable;
};

/// What GetProps answers for an attachment; also a row of the attachment table.
std::optional<PropValue> load_attachment_property(const Store& store,
                                                  const AttachmentContent& content, ULONG tag);
PropertyBag attachment_row(const Store& store, const AttachmentContent& content);

}  // namespace remapi::localstore
