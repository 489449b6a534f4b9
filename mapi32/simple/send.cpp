// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/send.h"

#include <atomic>

#include "com/ptr.h"
#include "config/config.h"
#include "log/log.h"
#include "memory/buffer.h"
#include "port/output.h"
#include "session/session.h"
#include "simple/attachments.h"
#include "simple/recipients.h"
#include "text/text.h"

namespace remapi::simple {
namespace {

enum class Policy { Prompt, Send, Draft };

Policy policy_of(IMAPISession& session) {
    std::string name = config::get("send.policy");
    if (!config::find("send.policy")) {
        if (const auto own = session::send_policy(session)) name = text::to_utf8(*own);
    }
    if (name == "send") return Policy::Send;
    return name == "draft" ? Policy::Draft : Policy::Prompt;
}

/// The bytes of a binary property, empty when the object has none.
std::string binary_property(IMAPIProp& object, ULONG tag) {
    SizedSPropTagArray(1, tags) = {1, {tag}};
    ULONG count = 0;
    Buffer<SPropValue> value;
    check(object.GetProps(reinterpret_cast<LPSPropTagArray>(&tags), 0, &count, value.put()),
          "IMAPIProp::GetProps");
    if (count != 1 || value[0].ulPropTag != tag) return {};
    return std::string(reinterpret_cast<const char*>(value[0].Value.bin.lpb),
                       value[0].Value.bin.cb);
}

com::Ptr<IMAPIFolder> open_folder(IMsgStore& store, const std::string& id) {
    ULONG type = 0;
    com::Ptr<IUnknown> opened;
    auto* entry_id = reinterpret_cast<LPENTRYID>(const_cast<char*>(id.data()));
    check(store.OpenEntry(narrow_size(id.size()), id.empty() ? nullptr : entry_id, nullptr,
                          MAPI_MODIFY, &type, opened.put()),
          "IMsgStore::OpenEntry");
    com::Ptr<IMAPIFolder> folder = com::query<IMAPIFolder>(opened.get());
    if (!folder) throw Error(MAPI_E_CORRUPT_DATA, "a special folder of the store is no folder");
    return folder;
}

/// Drafts, wherever the store names it: on the Inbox, on its root, on itself. The Outbox without
/// one.
com::Ptr<IMAPIFolder> drafts_folder(IMsgStore& store) {
    constexpr ULONG kDrafts = PROP_TAG(PT_BINARY, 0x36D7);  // PR_IPM_DRAFTS_ENTRYID
    ULONG size = 0;
    Buffer<ENTRYID> inbox;
    std::string id = binary_property(store, kDrafts);
    if (id.empty() && SUCCEEDED(store.GetReceiveFolder(nullptr, 0, &size, inbox.put(), nullptr))) {
        const std::string inbox_id(reinterpret_cast<const char*>(inbox.get()), size);
        id = binary_property(*open_folder(store, inbox_id), kDrafts);
    }
    if (id.empty()) id = binary_property(*open_folder(store, std::string()), kDrafts);
    if (id.empty()) id = binary_property(store, PR_IPM_OUTBOX_ENTRYID);
    return open_folder(store, id);
}

void set_properties(IMessage& message, IMsgStore& store, const MessageRequest& request) {
    const String message_class =
        request.message_class.empty() ? String(REMAPI_W("IPM.Note")) : request.message_class;
    const std::string sent_items = binary_property(store, PR_IPM_SENTMAIL_ENTRYID);
    SPropValue values[8] = {};
    ULONG count = 0;
    const auto add_text = [&](ULONG tag, const String& text) {
        values[count].ulPropTag = tag;
        values[count++].Value.lpszW = unowned(text);
    };
    add_text(PR_MESSAGE_CLASS_W, message_class);
    add_text(PR_SUBJECT_W, request.subject);
    add_text(PR_CONVERSATION_TOPIC_W, request.subject);
    add_text(PR_BODY_W, request.body);
    values[count].ulPropTag = PR_READ_RECEIPT_REQUESTED;
    values[count++].Value.b = request.receipt_requested ? TRUE : FALSE;
    values[count].ulPropTag = PR_DELETE_AFTER_SUBMIT;
    values[count++].Value.b = FALSE;
    if (!sent_items.empty()) {
        values[count].ulPropTag = PR_SENTMAIL_ENTRYID;
        values[count].Value.bin.cb = narrow_size(sent_items.size());
        values[count++].Value.bin.lpb =
            reinterpret_cast<LPBYTE>(const_cast<char*>(sent_items.data()));
    }
    check(message.SetProps(count, values, nullptr), "IMessage::SetProps");
}

/// Says once per process that messages wait in Drafts: the person expects a window or a sent
/// message.
void tell_about_drafts() {
    static constinit std::atomic<bool> told{false};
    if (told.exchange(true)) return;
    const String text = REMAPI_W(
        "The message was not sent: it is kept in the Drafts folder.\n\n"
        "Remapi asks before a program sends mail, and has no compose window yet. To let programs "
        "send at "
        "once, set send.policy to \"send\", or use: remapi profile create ... --policy send");
    if (config::get_flag("ui.dialogs")) {
        port::tell_person(REMAPI_W("Remapi"), text);
    } else {
        REMAPI_WARN(Simple, "%s", log::utf8(text).c_str());
    }
}

}  // namespace

void send(IMAPISession& session, const MessageRequest& request, FLAGS flags) {
    const std::vector<ResolvedRecipient> recipients = resolve(session, request.recipients);
    Policy policy = policy_of(session);
    if (recipients.empty()) {
        if (!(flags & MAPI_DIALOG))
            throw SimpleError(MAPI_E_UNKNOWN_RECIPIENT, "a message without recipients");
        if (policy == Policy::Send) policy = Policy::Prompt;  // only a person can add one
    }
    const com::Ptr<IMsgStore> store =
        session::open_default_store(session, MDB_NO_DIALOG | MDB_WRITE);
    const com::Ptr<IMAPIFolder> folder =
        policy == Policy::Send ? open_folder(*store, binary_property(*store, PR_IPM_OUTBOX_ENTRYID))
                               : drafts_folder(*store);
    com::Ptr<IMessage> message;
    check(folder->CreateMessage(nullptr, 0, message.put()), "IMAPIFolder::CreateMessage");
    set_properties(*message, *store, request);
    add_recipients(*message, recipients);
    for (const FileRequest& file : request.files) attach_file(*message, file, request.body.size());
    if (policy == Policy::Send) {
        check(message->SubmitMessage(0), "IMessage::SubmitMessage");
        return;
    }
    check(message->SaveChanges(0), "IMessage::SaveChanges");
    if (policy == Policy::Prompt) tell_about_drafts();
}

}  // namespace remapi::simple
