// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/report.h"

#include "log/log.h"
#include "memory/buffer.h"
#include "port/clock.h"
#include "spi/props.h"
#include "spi/report_text.h"

namespace remapi::spi {
namespace {

PropertyBag identity_of(IMessage* original) {
    return read_properties(original, {PR_MESSAGE_CLASS_W,
                                      PR_SUBJECT_W,
                                      PR_CLIENT_SUBMIT_TIME,
                                      PR_MESSAGE_DELIVERY_TIME,
                                      PR_DISPLAY_TO_W,
                                      PR_DISPLAY_CC_W,
                                      PR_DISPLAY_BCC_W,
                                      PR_SEARCH_KEY,
                                      PR_SENDER_NAME_W,
                                      PR_SENDER_ENTRYID,
                                      PR_SENDER_ADDRTYPE_W,
                                      PR_SENDER_EMAIL_ADDRESS_W,
                                      PR_SENDER_SEARCH_KEY,
                                      PR_CONVERSATION_TOPIC_W,
                                      PR_CONVERSATION_INDEX,
                                      PR_REPORT_TAG,
                                      PR_REPORT_ENTRYID,
                                      PR_REPORT_NAME_W,
                                      PR_READ_RECEIPT_ENTRYID,
                                      PR_SENT_REPRESENTING_NAME_W,
                                      PR_SENT_REPRESENTING_ENTRYID,
                                      PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED,
                                      PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED});
}

void embed(IMessage* original, IMessage* report, StringView name) {
    ULONG number = 0;
    com::Ptr<IAttach> attachment;
    check(report->CreateAttach(nullptr, 0, &number, attachment.put()), "IMessage::CreateAttach");
    write_properties(attachment.get(), {{PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG},
                                        {PR_RENDERING_POSITION, -1},
                                        {PR_DISPLAY_NAME_W, name}});
    com::Ptr<IMessage> copy;
    check(attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                                   copy.put_as<IUnknown>()),
          "opening an embedded message");
    check(original->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMessage, copy.get(), 0, nullptr),
          "IMessage::CopyTo");
    check(copy->SaveChanges(0), "IMessage::SaveChanges");
    check(attachment->SaveChanges(0), "IAttach::SaveChanges");
}

void compose(IMessage* original, const PropertyBag& identity,
             const std::vector<PropertyBag>& recipients, ReportKind kind, IMessage* report) {
    const std::uint64_t now = port::file_time_now();
    PropertyBag values = report_properties(identity, recipients, kind, now);
    values.set(PropValue(PR_MESSAGE_DELIVERY_TIME, PropValue::Data(now)));
    values.set({PR_MESSAGE_FLAGS, 0});  // received, unread
    values.set({PR_SENDER_NAME_W, REMAPI_W("Mail Delivery System")});
    write_properties(report, values);
    std::vector<PropertyBag> rows = recipients;
    for (PropertyBag& row : rows) row.remove(PR_ROWID);
    write_recipients(report, 0, rows);
    if (kind != ReportKind::NotDelivered) return;
    try {
        embed(original, report, identity.text(PR_SUBJECT_W));
    } catch (const Error& error) {
        // The report matters more than what hangs on it.
        REMAPI_WARN(Spi, "a report goes without its original: %s", error.what());
    }
}

void deliver(IMsgStore* store, IMessage* original, const PropertyBag& identity,
             const std::vector<PropertyBag>& recipients, ReportKind kind) {
    String message_class = report_class(identity.text(PR_MESSAGE_CLASS_W), kind);
    ULONG bytes = 0;
    Buffer<ENTRYID> folder_entry;
    check(store->GetReceiveFolder(reinterpret_cast<LPTSTR>(message_class.data()), MAPI_UNICODE,
                                  &bytes, folder_entry.put(), nullptr),
          "IMsgStore::GetReceiveFolder");
    com::Ptr<IMAPIFolder> folder;
    ULONG type = 0;
    check(store->OpenEntry(bytes, folder_entry.get(), &IID_IMAPIFolder, MAPI_MODIFY, &type,
                           folder.put_as<IUnknown>()),
          "opening a receive folder");
    com::Ptr<IMessage> report;
    check(folder->CreateMessage(nullptr, 0, report.put()), "IMAPIFolder::CreateMessage");
    compose(original, identity, recipients, kind, report.get());
    check(report->SaveChanges(0), "IMessage::SaveChanges");
}

bool asked_for(const PropertyBag& row, const PropertyBag& message, bool delivered) {
    const ULONG tag = delivered ? PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED
                                : PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED;
    return row.truth(tag, message.truth(tag, !delivered));
}

/// One of the ways in which a message names the one to tell.
struct Addressee {
    ULONG entry_tag;
    ULONG name_tag;
};
constexpr Addressee kAddressees[] = {
    {PR_READ_RECEIPT_ENTRYID, PR_SENDER_NAME_W},
    {PR_REPORT_ENTRYID, PR_REPORT_NAME_W},
    {PR_SENT_REPRESENTING_ENTRYID, PR_SENT_REPRESENTING_NAME_W},
    {PR_SENDER_ENTRYID, PR_SENDER_NAME_W},
};

PropertyBag addressee_of(const PropertyBag& message) {
    for (const Addressee& way : kAddressees) {
        const BytesView entry = message.bytes(way.entry_tag);
        if (entry.empty()) continue;
        PropertyBag row{{PR_RECIPIENT_TYPE, MAPI_TO}, {PR_ENTRYID, entry}};
        if (const StringView name = message.text(way.name_tag); !name.empty())
            row.set({PR_DISPLAY_NAME_W, name});
        return row;
    }
    const StringView address = message.text(PR_SENDER_EMAIL_ADDRESS_W);
    if (address.empty())
        throw Error(MAPI_E_NOT_FOUND, "a read report for a message without a sender");
    return PropertyBag{{PR_RECIPIENT_TYPE, MAPI_TO},
                       {PR_DISPLAY_NAME_W, message.text(PR_SENDER_NAME_W)},
                       {PR_ADDRTYPE_W, message.text(PR_SENDER_ADDRTYPE_W)},
                       {PR_EMAIL_ADDRESS_W, address}};
}

}  // namespace

void compose_report(IMessage* original, const ADRLIST& recipients, ReportKind kind,
                    IMessage* report) {
    compose(original, identity_of(original), rows_of(recipients), kind, report);
}

ULONG deliver_reports(IMsgStore* store, IMessage* original, const ADRLIST& recipients) {
    const PropertyBag identity = identity_of(original);
    std::vector<PropertyBag> delivered;
    std::vector<PropertyBag> failed;
    for (PropertyBag& row : rows_of(recipients)) {
        const bool arrived = row.find_typed(PR_DELIVER_TIME) != nullptr;
        if (asked_for(row, identity, arrived))
            (arrived ? delivered : failed).push_back(std::move(row));
    }
    ULONG made = 0;
    if (!failed.empty()) {
        deliver(store, original, identity, failed, ReportKind::NotDelivered);
        ++made;
    }
    if (!delivered.empty()) {
        deliver(store, original, identity, delivered, ReportKind::Delivered);
        ++made;
    }
    return made;
}

void compose_read_report(IMessage* message, bool was_read, IMessage* report) {
    const PropertyBag identity = identity_of(message);
    const std::vector<PropertyBag> reader = {
        PropertyBag{{PR_DISPLAY_NAME_W, identity.text(PR_DISPLAY_TO_W)}}};
    PropertyBag values = report_properties(
        identity, reader, was_read ? ReportKind::Read : ReportKind::NotRead, port::file_time_now());
    values.set({PR_DELETE_AFTER_SUBMIT, true});
    write_properties(report, values);
    write_recipients(report, 0, {addressee_of(identity)});
}

}  // namespace remapi::spi
