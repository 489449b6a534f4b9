// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Reports about messages, composed through IMessage: delivery and non-delivery from what a
// transport said about recipients, read and non-read. Pages: mapi/mapi-report-messages.md,
// mapi/required-report-message-properties.md, mapi/optional-report-message-properties.md
#pragma once

#include "abi/mapi.h"

namespace remapi::spi {

/// The last part of a report's message class.
enum class ReportKind { Delivered, NotDelivered, Read, NotRead };

/// Writes a report about `original` and some of its `recipients` into `report`, an empty message
/// that the caller then saves: message class REPORT.<class>.NDR or .DR, subject, a body that names
/// each recipient with the transport's PR_REPORT_TEXT or PR_SUPPLEMENTARY_INFO and its codes,
/// times, what identifies the original, the recipients with their PR_NDR_REASON_CODE and
/// PR_NDR_DIAG_CODE, and (non-delivery) the original as an embedded message, where the store can
/// hold one. Errors: what the messages' own methods answer.
void compose_report(IMessage* original, const ADRLIST& recipients, ReportKind kind,
                    IMessage* report);

/// Composes the reports that `recipients` need and saves each, unread, in the receive folder of its
/// class in `store`. Rows with PR_DELIVER_TIME were delivered and are reported only when the row or
/// the message asks by PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED; all others are non-deliveries,
/// reported unless PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED is FALSE. Returns how many reports
/// were made. Errors: what the store answers. Page: mapi/imapisupport-statusrecips.md
ULONG deliver_reports(IMsgStore* store, IMessage* original, const ADRLIST& recipients);

/// Writes a read (or non-read) report about `message` into `report`, addressed to whom the message
/// names in PR_READ_RECEIPT_ENTRYID or PR_REPORT_ENTRYID, else to its sender; the caller submits
/// it. Errors: MAPI_E_NOT_FOUND when the message names nobody; what the messages answer. Page:
/// mapi/imapisupport-readreceipt.md
void compose_read_report(IMessage* message, bool was_read, IMessage* report);

}  // namespace remapi::spi
