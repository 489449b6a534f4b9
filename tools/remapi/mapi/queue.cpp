// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/mapi/queue.h"

#include "abi/remapi_tags.h"
#include "tools/remapi/cli/failure.h"
#include "tools/remapi/mapi/errors.h"
#include "tools/remapi/mapi/properties.h"

namespace remapi::tool {
namespace {

QueuedMessage read_entry(Session& session, const std::string& id) {
    const com::Ptr<IMessage> message = session.open_message(id);
    const OwnedValues values(
        *message,
        {PR_SUBJECT_W, PR_DISPLAY_TO_W, PR_CLIENT_SUBMIT_TIME, kTagQueueState, kTagQueueLastError,
         kTagQueueTries, kTagQueueNextTry, kTagInternetMessageId},
        "reading a queued message");
    QueuedMessage entry;
    entry.id = id;
    entry.subject = values->text(PR_SUBJECT_W);
    entry.to = values->text(PR_DISPLAY_TO_W);
    entry.submitted = values->time(PR_CLIENT_SUBMIT_TIME);
    entry.state = values->text(kTagQueueState);
    entry.last_error = values->text(kTagQueueLastError);
    entry.tries = values->number(kTagQueueTries);
    entry.next_try = values->time(kTagQueueNextTry);
    entry.message_id = values->text(kTagInternetMessageId);
    return entry;
}

}  // namespace

std::vector<QueuedMessage> read_queue(Session& session) {
    const com::Ptr<IMAPIFolder> outbox = session.outbox();
    com::Ptr<IMAPITable> table;
    require(outbox->GetContentsTable(MAPI_UNICODE, table.put()), "listing the Outbox");
    std::vector<std::string> ids;
    for_each_row(*table, {PR_ENTRYID, PR_MESSAGE_FLAGS}, [&](const Values& row) {
        if (row.number(PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT) ids.push_back(row.bytes(PR_ENTRYID));
    });
    std::vector<QueuedMessage> result;
    for (const std::string& id : ids) {
        try {
            result.push_back(read_entry(session, id));
        } catch (const Failure& failure) {
            // Sent since the table was read.
            if (failure.code() != ExitCode::NotFound) throw;
        }
    }
    return result;
}

QueueRun run_queue(Session& session, std::uint32_t timeout_ms) {
    com::Ptr<IRemapiSpooler> spooler;
    require(session.object().QueryInterface(kIidRemapiSpooler, spooler.put_as<void>()),
            "asking for Remapi's spooler (is this another vendor's mapi32?)");
    ULONG sent = 0;
    ULONG waiting = 0;
    ULONG failed = 0;
    require(spooler->RunQueue(kSpoolOnce | kSpoolNow, timeout_ms, &sent, &waiting, &failed),
            "sending what waits");
    return {sent, waiting, failed};
}

}  // namespace remapi::tool
