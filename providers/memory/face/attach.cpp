// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/memory/face/attach.h"

#include "port/clock.h"
#include "providers/memory/model/computed.h"

namespace remapi::memory_store {

PropertyBag AttachFace::all_properties() {
    const port::Lock lock(m_mutex);
    PropertyBag bag = attachment_properties(model_store(), m_attachment);
    bag.set({PR_ACCESS_LEVEL, m_writable ? MAPI_MODIFY : 0});
    return bag;
}

std::optional<PropValue> AttachFace::load(ULONG tag) {
    const PropertyBag bag = all_properties();
    const PropValue* found = bag.find(tag);
    return found ? std::optional(*found) : std::nullopt;
}

std::vector<ULONG> AttachFace::list() {
    return all_properties().tags();
}

bool AttachFace::writable() const {
    const port::Lock lock(m_mutex);
    return m_writable;
}

SCODE AttachFace::store(const PropValue& value) {
    if (is_attachment_property_computed(value.tag())) return MAPI_E_COMPUTED;
    const port::Lock lock(m_mutex);
    m_attachment.values.set(value);
    return S_OK;
}

SCODE AttachFace::erase(ULONG tag) {
    if (is_attachment_property_computed(tag)) return MAPI_E_COMPUTED;
    const port::Lock lock(m_mutex);
    const bool is_object = PROP_ID(tag) == PROP_ID(PR_ATTACH_DATA_OBJ) && m_attachment.embedded;
    if (is_object) m_attachment.embedded.reset();
    return is_object || m_attachment.values.remove(tag) ? S_OK : MAPI_E_NOT_FOUND;
}

void AttachFace::save(ULONG flags) {
    Attachment saved;
    {
        const port::Lock lock(m_mutex);
        if (!m_writable) throw Error(MAPI_E_NO_ACCESS, "saving an attachment opened for reading");
        m_attachment.modified = port::file_time_now();
        if (m_attachment.created == 0) m_attachment.created = m_attachment.modified;
        saved = m_attachment;
    }
    m_message->put_attachment(saved);
    const port::Lock lock(m_mutex);
    if ((flags & KEEP_OPEN_READWRITE) == 0) m_writable = false;
}

com::Ptr<IUnknown> AttachFace::open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                             ULONG options, ULONG flags) {
    const bool is_data = PROP_ID(tag) == PROP_ID(PR_ATTACH_DATA_OBJ);
    if (is_data && IsEqualGUID(iid, IID_IMessage)) return open_embedded(owner, flags);
    return PropSource::open_property(owner, tag, iid, options, flags);
}

com::Ptr<IUnknown> AttachFace::open_embedded(IUnknown* owner, ULONG flags) {
    const bool create = (flags & MAPI_CREATE) != 0;
    MessageContent content;
    {
        const port::Lock lock(m_mutex);
        if (!create && !m_attachment.embedded)
            throw Error(MAPI_E_NOT_FOUND, "opening an embedded message");
        if (!create) content = *m_attachment.embedded;
    }
    // It is the attachment's with its own SaveChanges, and the message's with the attachment's.
    const auto keep = [this](const MessageContent& saved) {
        const port::Lock lock(m_mutex);
        if (!m_writable) throw Error(MAPI_E_NO_ACCESS, "saving an embedded message");
        m_attachment.embedded = std::make_shared<const MessageContent>(saved);
    };
    const bool writing = create || (flags & MAPI_MODIFY) != 0;
    return com::make<MessageFace>(m_message->msg_store(), std::move(content), writing,
                                  com::Ptr<IUnknown>::share(owner), keep);
}

}  // namespace remapi::memory_store
