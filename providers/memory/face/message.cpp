// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A message's own properties, saving and submitting it.
#include "providers/memory/face/message.h"

#include "port/clock.h"
#include "providers/kit/read_flags.h"
#include "providers/memory/model/computed.h"

namespace remapi::memory_store {

MessageFace::MessageFace(com::Ptr<MsgStore> store, Message message, bool writable)
    : m_store(std::move(store)), m_message(std::move(message)), m_writable(writable) {}

MessageFace::MessageFace(com::Ptr<MsgStore> store, MessageContent content, bool writable,
                         com::Ptr<IUnknown> attachment, SaveTo save)
    : m_store(std::move(store)),
      m_attachment(std::move(attachment)),
      m_save_to(std::move(save)),
      m_message{.content = std::move(content)},
      m_writable(writable) {}

PropertyBag MessageFace::all_properties() {
    const port::Lock lock(m_mutex);
    PropertyBag bag = message_properties(model_store(), m_message);
    bag.set({PR_ACCESS_LEVEL, m_writable ? MAPI_MODIFY : 0});
    return bag;
}

std::optional<PropValue> MessageFace::load(ULONG tag) {
    const PropertyBag bag = all_properties();
    const PropValue* found = bag.find(tag);
    return found ? std::optional(*found) : std::nullopt;
}

std::vector<ULONG> MessageFace::list() {
    return all_properties().tags();
}

bool MessageFace::writable() const {
    const port::Lock lock(m_mutex);
    return m_writable;
}

void MessageFace::change(const std::function<void(Message&)>& change) {
    const port::Lock lock(m_mutex);
    if (!m_writable) throw Error(MAPI_E_NO_ACCESS, "changing a message opened for reading");
    change(m_message);
}

SCODE MessageFace::store(const PropValue& value) {
    if (is_message_property_computed(value.tag())) return MAPI_E_COMPUTED;
    SCODE answer = S_OK;
    change([&](Message& message) {
        if (PROP_ID(value.tag()) != PROP_ID(PR_MESSAGE_FLAGS)) {
            message.content.values.set(value);
        } else if (message.content.created != 0) {
            answer = MAPI_E_COMPUTED;  // how it starts out can be said only once
        } else {
            constexpr ULONG kOurs = MSGFLAG_ASSOCIATED | MSGFLAG_HASATTACH | MSGFLAG_SUBMIT |
                                    MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;
            message.content.flags = static_cast<ULONG>(value.number()) & ~kOurs;
        }
    });
    return answer;
}

SCODE MessageFace::erase(ULONG tag) {
    const bool is_flags = PROP_ID(tag) == PROP_ID(PR_MESSAGE_FLAGS);
    if (is_flags || is_message_property_computed(tag)) return MAPI_E_COMPUTED;
    bool removed = false;
    change([&](Message& message) { removed = message.content.values.remove(tag); });
    return removed ? S_OK : MAPI_E_NOT_FOUND;
}

com::Ptr<IUnknown> MessageFace::open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                              ULONG options, ULONG flags) {
    if (IsEqualGUID(iid, IID_IMAPITable)) {
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_RECIPIENTS)) return recipient_table(options);
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_ATTACHMENTS)) return attachment_table(options);
    }
    return PropSource::open_property(owner, tag, iid, options, flags);
}

void MessageFace::save(ULONG flags) {
    constexpr ULONG kKnown =
        KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS;
    if ((flags & ~kKnown) != 0) throw Error(MAPI_E_UNKNOWN_FLAGS, "saving a message");
    Change told;
    {
        const port::Lock lock(m_mutex);
        if (!m_writable) throw Error(MAPI_E_NO_ACCESS, "saving a message opened for reading");
        if (m_save_to) {
            MessageContent& content = m_message.content;
            content.modified = port::file_time_now();
            if (content.created == 0) content.created = content.modified;
            m_save_to(content);
        } else {
            told.event = m_message.id == 0 ? fnevObjectCreated : fnevObjectModified;
            model_store().save(m_message, (flags & FORCE_SAVE) != 0);
            told.object = {MAPI_MESSAGE, m_message.id};
            told.parent = m_message.folder;
        }
        if ((flags & KEEP_OPEN_READWRITE) == 0) m_writable = false;
    }
    if (!m_save_to) m_store->announce(told);
}

/// Sets or clears MSGFLAG_READ, of a saved message at once and without an edit. Read reports are
/// not sent. Errors: as kit::read_flag_change. Page: mapi/imessage-setreadflag.md
STDMETHODIMP MessageFace::SetReadFlag(ULONG flags) noexcept {
    return abi::guard("IMessage::SetReadFlag", [&]() -> HRESULT {
        const kit::ReadFlagChange wanted = kit::read_flag_change(flags);
        Change told;
        {
            const port::Lock lock(m_mutex);
            ULONG& own = m_message.content.flags;
            own = (own & ~wanted.mask) | (wanted.flags & wanted.mask);
            if (m_message.id == 0) return S_OK;
            told.object = {MAPI_MESSAGE, m_message.id};
            told.parent = model_store().message(m_message.id).folder;
            model_store().set_flags(told.parent, m_message.id, wanted.flags, wanted.mask);
        }
        m_store->announce(told);
        return S_OK;
    });
}

void MessageFace::prepare_submission() {
    change([](Message& message) {
        message.content.values.set({PR_CLIENT_SUBMIT_TIME, port::file_time_now()});
        for (Recipient& recipient : message.content.recipients) {
            // Nobody has taken responsibility yet; that of a resent message is PrepareSubmit's.
            if (!recipient.values.find(PR_RESPONSIBILITY))
                recipient.values.set({PR_RESPONSIBILITY, false});
        }
    });
}

/// Puts the message into the outgoing queue; on success it is closed. Errors:
/// MAPI_E_NO_RECIPIENTS; MAPI_E_NO_SUPPORT for an embedded message; what the host answers for
/// recipients. Pages: mapi/imessage-submitmessage.md,
/// mapi/sending-messages-message-store-provider-tasks.md
STDMETHODIMP MessageFace::SubmitMessage(ULONG flags) noexcept {
    return abi::guard("IMessage::SubmitMessage", [&]() -> HRESULT {
        if ((flags & ~FORCE_SUBMIT) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (m_save_to) return MAPI_E_NO_SUPPORT;
        if (!writable()) return MAPI_E_NO_ACCESS;
        const auto has_recipients = [this] {
            const port::Lock lock(m_mutex);
            return !m_message.content.recipients.empty();
        };
        if (!has_recipients()) return MAPI_E_NO_RECIPIENTS;
        const auto host = required_support();
        if ((load(PR_MESSAGE_FLAGS)->number() & MSGFLAG_RESEND) != 0) {
            ULONG reserved = 0;
            check(host->PrepareSubmit(this, &reserved), "IMAPISupport::PrepareSubmit");
        }
        prepare_submission();
        ULONG needs = 0;
        check(host->ExpandRecips(this, &needs), "IMAPISupport::ExpandRecips");
        if (!has_recipients()) return MAPI_E_NO_RECIPIENTS;  // expanding has left nobody

        Change told;
        {
            const port::Lock lock(m_mutex);
            told.event = m_message.id == 0 ? fnevObjectCreated : fnevObjectModified;
            const bool preprocess = (needs & NEEDS_PREPROCESSING) != 0;
            model_store().submit(m_message, preprocess ? SUBMITFLAG_PREPROCESS : 0);
            m_writable = false;
            told.object = {MAPI_MESSAGE, m_message.id};
            told.parent = m_message.folder;
        }
        m_store->announce(told);  // the outgoing queue's table is told with the others
        return S_OK;
    });
}

}  // namespace remapi::memory_store
