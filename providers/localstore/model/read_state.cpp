// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/read_state.h"

namespace remapi::localstore {
namespace {

using Kind = Transaction::Kind;

constexpr ULONG kPending = MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;

void clear_request(Transaction& work, const MessageRow& row) {
    StoredProperties summary = decode_properties(row.summary);
    if (!summary.values.truth(PR_READ_RECEIPT_REQUESTED)) return;
    summary.values.set({PR_READ_RECEIPT_REQUESTED, false});
    rows::write_summary(work, row.id, encode_properties(summary));
}

}  // namespace

ReadRequest read_request(ULONG flags) {
    constexpr ULONG kKnown = SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY |
                             CLEAR_RN_PENDING | CLEAR_NRN_PENDING | MAPI_DEFERRED_ERRORS;
    if ((flags & ~kKnown) != 0) throw Error(MAPI_E_UNKNOWN_FLAGS, "setting a read flag");
    const bool clear = (flags & CLEAR_READ_FLAG) != 0;
    const bool suppress = (flags & SUPPRESS_RECEIPT) != 0;
    const bool only_report = (flags & GENERATE_RECEIPT_ONLY) != 0;
    if (clear && (suppress || only_report))
        throw Error(MAPI_E_INVALID_PARAMETER, "setting and clearing a read flag at once");
    ReadRequest request;
    if ((flags & CLEAR_RN_PENDING) != 0) request.forget |= MSGFLAG_RN_PENDING;
    if ((flags & CLEAR_NRN_PENDING) != 0) request.forget |= MSGFLAG_NRN_PENDING;
    request.cancel = suppress;
    request.unrequest = suppress && only_report;
    request.report = only_report && !suppress;
    if (clear) request.read = false;
    // What is asked to forget pending reports, and nothing else, leaves the read flag alone.
    if (!clear && !only_report && (suppress || request.forget == 0)) {
        request.read = true;
        request.report = !suppress;
    }
    return request;
}

ReadChange apply(const ReadRequest& request, ULONG flags) {
    ReadChange change;
    change.flags = flags & ~request.forget;
    // Associated messages are neither read nor unread. Page: mapi/imapifolder-createmessage.md
    const bool associated = (flags & MSGFLAG_ASSOCIATED) != 0;
    const bool was_read = (flags & MSGFLAG_READ) != 0;
    if (request.read && !associated) {
        if (*request.read && was_read) return change;
        change.flags = (change.flags & ~MSGFLAG_READ) | (*request.read ? MSGFLAG_READ : 0);
    }
    change.report = request.report && (change.flags & MSGFLAG_RN_PENDING) != 0;
    change.unrequested = request.unrequest;
    // A message that was read owes no report that it was not, and it is reported once only.
    if (change.report || request.cancel) change.flags &= ~kPending;
    return change;
}

std::optional<ReadDone> set_read_state(Transaction& work, std::int64_t message,
                                       const ReadRequest& request) {
    const auto row = rows::read_message(work, message);
    if (!row || row->deleted || (row->flags & MSGFLAG_SUBMIT) != 0) return std::nullopt;
    const ReadChange change = apply(request, row->flags);
    if (change.unrequested) clear_request(work, *row);
    if (change.flags != row->flags) rows::set_message_flags(work, message, change.flags, ~0u);
    return ReadDone{message, row->associated, change.flags != row->flags || change.unrequested,
                    change.report, row->folder};
}

std::vector<ReadDone> set_read_state(Store& store, std::int64_t folder,
                                     std::span<const std::int64_t> messages,
                                     const ReadRequest& request) {
    std::vector<ReadDone> done;
    Transaction work(*store.database(), Kind::Write);
    for (const std::int64_t message : messages) {
        const auto row = rows::read_message(work, message);
        if (!row || (folder != 0 && row->folder != folder)) continue;
        if (auto one = set_read_state(work, message, request)) done.push_back(*one);
    }
    work.commit();
    return done;
}

ULONG owed_reports(const MessageFacts& facts) {
    const PropertyBag& values = facts.properties.values();
    const bool arrives = facts.row.folder != 0 && (facts.row.flags & MSGFLAG_UNSENT) == 0 &&
                         (facts.row.flags & (MSGFLAG_READ | MSGFLAG_ASSOCIATED)) == 0 &&
                         values.find(PR_MESSAGE_DELIVERY_TIME);
    if (!arrives) return 0;
    // Page: mapi/pidtagreadreceiptrequested-canonical-property.md
    if (values.truth(PR_READ_RECEIPT_REQUESTED)) return kPending;
    return values.truth(PR_NON_RECEIPT_NOTIFICATION_REQUESTED) ? MSGFLAG_NRN_PENDING : 0;
}

std::vector<std::int64_t> claim_non_read(Store& store, std::int64_t folder,
                                         std::span<const std::int64_t> candidates) {
    std::vector<std::int64_t> owing;
    const auto owes = [&](const std::optional<MessageRow>& row) {
        constexpr ULONG kAsked = MSGFLAG_NRN_PENDING | MSGFLAG_READ | MSGFLAG_SUBMIT;
        return row && (folder == 0 || row->folder == folder) && !row->deleted &&
               (row->flags & kAsked) == MSGFLAG_NRN_PENDING;
    };
    {
        // Hardly any message owes one: nothing is written for the others.
        Transaction work(*store.database(), Kind::Read);
        for (const std::int64_t message : candidates) {
            if (owes(rows::read_message(work, message))) owing.push_back(message);
        }
    }
    if (owing.empty()) return owing;
    Transaction work(*store.database(), Kind::Durable);
    std::erase_if(owing, [&](std::int64_t message) {
        if (!owes(rows::read_message(work, message))) return true;
        rows::set_message_flags(work, message, 0, kPending);
        return false;
    });
    work.commit();
    return owing;
}

std::vector<std::int64_t> non_read_below(Store& store, std::int64_t folder) {
    std::vector<std::int64_t> messages;
    Transaction work(*store.database(), Kind::Read);
    std::vector<FolderDepth> folders = rows::folders_below(work, folder, true);
    folders.push_back({folder, 0});
    for (const FolderDepth& one : folders) {
        const auto unread = rows::messages_with_flag(work, one.id, MSGFLAG_NRN_PENDING);
        messages.insert(messages.end(), unread.begin(), unread.end());
    }
    return messages;
}

void owe_again(Store& store, std::int64_t message, ULONG flag) {
    Transaction work(*store.database(), Kind::Write);
    rows::set_message_flags(work, message, flag, flag);
    work.commit();
}

}  // namespace remapi::localstore
