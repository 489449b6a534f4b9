// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/attach_face.h"

#include "object/storage/storage_from_stream.h"

namespace remapi::localstore {

AttachFace::AttachFace(com::Ptr<MessageFace> message, AttachmentContent content, bool writable)
    : m_message(std::move(message)),
      m_attachment(
          std::make_shared<Attachment>(m_message->message(), std::move(content), writable)) {}

void AttachFace::save(ULONG flags) {
    m_attachment->save(flags);
    m_message->attachments_changed();
}

com::Ptr<IUnknown> AttachFace::open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                             ULONG options, ULONG flags) {
    const bool is_data = PROP_ID(tag) == PROP_ID(PR_ATTACH_DATA_OBJ);
    if (is_data && IsEqualGUID(iid, IID_IMessage)) return open_embedded(flags);
    if (is_data && IsEqualGUID(iid, IID_IStorage)) return open_storage(flags);
    // An OLE object's stream is the same bytes under the other type of the same property.
    const ULONG stored = is_data ? PR_ATTACH_DATA_BIN : tag;
    return open_value_stream(*this, *this, owner, stored, iid, options, flags);
}

com::Ptr<IUnknown> AttachFace::open_storage(ULONG flags) {
    const bool create = (flags & MAPI_CREATE) != 0;
    const bool writing = create || (flags & MAPI_MODIFY) != 0;
    const auto stream = open_value_stream(*this, *this, owner(), PR_ATTACH_DATA_BIN, IID_IStream,
                                          writing ? STGM_READWRITE : STGM_READ, flags);
    const ULONG how = create ? STGSTRM_CREATE | STGSTRM_MODIFY : writing ? STGSTRM_MODIFY : 0;
    com::Ptr<IStorage> storage;
    check(object::storage_from_stream(stream.get(), &IID_IStream, how, storage.put()),
          "opening an attachment as a storage");
    return storage;
}

com::Ptr<IUnknown> AttachFace::open_embedded(ULONG flags) {
    const bool create = (flags & MAPI_CREATE) != 0;
    const bool writing = create || (flags & MAPI_MODIFY) != 0;
    if (writing && !writable())
        throw Error(MAPI_E_NO_ACCESS, "opening an embedded message for writing");
    std::optional<MessageContent> content = create ? std::nullopt : m_attachment->embedded();
    if (!content && !create) throw Error(MAPI_E_NOT_FOUND, "opening an embedded message");
    if (!content) content = m_attachment->new_embedded();
    auto message = std::make_unique<Message>(std::move(*content), writing, m_attachment);
    return com::make<MessageFace>(m_message->msg_store(), std::move(message), owner());
}

}  // namespace remapi::localstore
