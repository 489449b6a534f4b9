// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/read_reports.h"

#include "log/log.h"
#include "object/util/calls.h"
#include "providers/localstore/face/message_face.h"

namespace remapi::localstore {
namespace {

void submit_report(MsgStore& store, std::int64_t about, bool was_read) {
    auto shared = com::Ptr<MsgStore>::share(&store);
    const auto message = MessageFace::open(shared, about, {});
    const std::int64_t outbox = store.model_store().special(Special::Outbox);
    com::Ptr<IMessage> report(
        com::make<MessageFace>(shared, std::make_unique<Message>(store.model(), outbox, false)));
    object::set_prop(report.get(), {PR_DELETE_AFTER_SUBMIT, true});
    IMessage* filled = report.get();
    check(
        store.required_support()->ReadReceipt(was_read ? 0 : MAPI_NON_READ, message.get(), &filled),
        "IMAPISupport::ReadReceipt");
    if (filled) check(filled->SubmitMessage(0), "IMessage::SubmitMessage");
}

void send(MsgStore& store, std::int64_t about, bool was_read) {
    try {
        submit_report(store, about, was_read);
    } catch (const Error& error) {
        REMAPI_WARN(Store, "a %s report could not be sent: %s (0x%08x)",
                    was_read ? "read" : "non-read", error.what(),
                    static_cast<unsigned>(error.code()));
        owe_again(store.model_store(), about, was_read ? MSGFLAG_RN_PENDING : MSGFLAG_NRN_PENDING);
    }
}

}  // namespace

void send_read_report(MsgStore& store, std::int64_t message) {
    send(store, message, true);
}

void send_non_read_reports(MsgStore& store, std::int64_t folder,
                           std::span<const std::int64_t> messages) {
    for (const std::int64_t message : claim_non_read(store.model_store(), folder, messages))
        send(store, message, false);
}

}  // namespace remapi::localstore
