// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/mapi/queue.h"

#include "abi/remapi_tags.h"
#include "tools/remapi/mapi/errors.h"
#include "tools/remapi/mapi/properties.h"

namespace remapi::tool {
namespace {

QueuedMessage entry_of(const Values& row) {
    QueuedMessage entry;
    entry.id = row.bytes(PR_ENTRYID);
    entry.subject = row.text(PR_SUBJECT_W);
    entry.to = row.text(PR_DISPLAY_TO_W);
    entry.submitted = row.time(PR_CLIENT_SUBMIT_TIME);
    entry.state = row.text(kTagQueueState);
    entry.last_error = row.text(kTagQueueLastError);
    entry.tries = row.number(kTagQueueTries);
    entry.next_try = row.time(kTagQueueNextTry);
    entry.given_up = entry.next_try == kQueueNextTryNever;
    if (entry.given_up) entry.next_try = 0;
    entry.message_id = row.text(kTagInternetMessageId);
    return entry;
}

}  // namespace

std::vector<QueuedMessage> read_queue(Session& session) {
    com::Ptr<IMAPITable> table;
    require(session.store().GetOutgoingQueue(MAPI_UNICODE, table.put()),
            "reading the outgoing queue");
    std::vector<QueuedMessage> result;
    for_each_row(*table,
                 {PR_ENTRYID, PR_SUBJECT_W, PR_DISPLAY_TO_W, PR_CLIENT_SUBMIT_TIME, kTagQueueState,
                  kTagQueueLastError, kTagQueueTries, kTagQueueNextTry, kTagInternetMessageId},
                 [&](const Values& row) { result.push_back(entry_of(row)); });
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
