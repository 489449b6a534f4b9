// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMessage::SubmitMessage.
#include "abi/remapi_tags.h"
#include "format/dates.h"
#include "format/guid.h"
#include "object/props/abi_value.h"
#include "port/clock.h"
#include "port/process.h"
#include "port/utf.h"
#include "providers/localstore/face/message_face.h"

namespace remapi::localstore {
namespace {

bool is_domain_unit(WideChar unit) {
    return (unit >= REMAPI_W('a') && unit <= REMAPI_W('z')) ||
           (unit >= REMAPI_W('A') && unit <= REMAPI_W('Z')) ||
           (unit >= REMAPI_W('0') && unit <= REMAPI_W('9')) || unit == REMAPI_W('-') ||
           unit == REMAPI_W('.');
}

/// `text` if it can stand to the right of the @ of a message id, else empty.
String domain_or_nothing(StringView text) {
    if (text.empty() || text.front() == REMAPI_W('.') || text.back() == REMAPI_W('.')) return {};
    for (const WideChar unit : text) {
        if (!is_domain_unit(unit)) return {};
    }
    return String(text);
}

/// A new Internet message id: random to the left of the @, the sender's domain or this machine's
/// name to the right.
String new_message_id(StringView sender_address) {
    const std::size_t at = sender_address.rfind(REMAPI_W('@'));
    String domain =
        at == StringView::npos ? String() : domain_or_nothing(sender_address.substr(at + 1));
    if (domain.empty()) domain = domain_or_nothing(port::host_name());
    if (domain.empty()) domain = REMAPI_W("remapi.invalid");
    return REMAPI_W("<") + port::from_utf8(format::uid_text(format::new_uid())) + REMAPI_W("@") +
           domain + REMAPI_W(">");
}

String text_or_empty(const Message& message, ULONG tag) {
    const auto value = message.load(tag);
    return value && value->is_text() ? value->text() : String();
}

}  // namespace

void MessageFace::prepare_submission() {
    std::vector<std::vector<PropValue>> rows;
    for (const Recipient& recipient : m_message->recipients()) {
        PropertyBag row = recipient.values;
        row.set({PR_ROWID, recipient.row_id});
        // Nobody has taken responsibility yet; those of a message sent again are PrepareSubmit's.
        if (!row.find(PR_RESPONSIBILITY)) row.set({PR_RESPONSIBILITY, false});
        rows.emplace_back(row.values().begin(), row.values().end());
    }
    m_message->modify_recipients(MODRECIP_MODIFY, rows);
    m_message->set({PR_CLIENT_SUBMIT_TIME, port::file_time_now()});
    if (text_or_empty(*m_message, kTagInternetMessageId).empty()) {
        String sender = text_or_empty(*m_message, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W);
        if (sender.empty()) sender = text_or_empty(*m_message, PR_SENDER_EMAIL_ADDRESS_W);
        m_message->set({kTagInternetMessageId, new_message_id(sender)});
    }
}

/// Makes the message durable in the outgoing queue and tells the host. On success this object is
/// closed: all that may follow is Release. On an error it stays open, as it was but for recipients
/// that were completed. Errors: MAPI_E_NO_RECIPIENTS; MAPI_E_SUBMITTED when it is in the queue
/// already; what PrepareSubmit and ExpandRecips answer (MAPI_E_AMBIGUOUS_RECIP, MAPI_E_NOT_FOUND);
/// what saving answers. Page: mapi/imessage-submitmessage.md,
/// mapi/sending-messages-message-store-provider-tasks.md
STDMETHODIMP MessageFace::SubmitMessage(ULONG flags) noexcept {
    return abi::guard("IMessage::SubmitMessage", [&]() -> HRESULT {
        if ((flags & ~FORCE_SUBMIT) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (!writable()) return MAPI_E_NO_ACCESS;
        if (m_message->recipients().empty()) return MAPI_E_NO_RECIPIENTS;
        const auto host = m_store->required_support();
        const auto message_flags = m_message->load(PR_MESSAGE_FLAGS);
        if (message_flags && (message_flags->number() & MSGFLAG_RESEND) != 0) {
            ULONG reserved = 0;
            check(host->PrepareSubmit(this, &reserved), "IMAPISupport::PrepareSubmit");
        }
        prepare_submission();
        ULONG needs = 0;
        check(host->ExpandRecips(this, &needs), "IMAPISupport::ExpandRecips");
        // Expanding may remove duplicates, empty distribution lists, everybody.
        if (m_message->recipients().empty()) return MAPI_E_NO_RECIPIENTS;
        const ULONG submit_flags = (needs & NEEDS_PREPROCESSING) != 0 ? SUBMITFLAG_PREPROCESS : 0;
        m_store->announce(m_message->submit(submit_flags));
        m_store->announce_submission();
        return S_OK;
    });
}

}  // namespace remapi::localstore
