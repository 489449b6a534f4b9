// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/report_text.h"

#include "text/text.h"

namespace remapi::spi {
namespace {

// One row of kTexts for each ReportKind, in its order.
struct Texts {
    StringView ending;
    StringView subject;
    StringView opening;
};
constexpr Texts kTexts[] = {
    {REMAPI_W(".DR"), REMAPI_W("Delivered: "), REMAPI_W("Your message was delivered to:\r\n")},
    {REMAPI_W(".NDR"), REMAPI_W("Undeliverable: "),
     REMAPI_W("Your message did not reach some or all of its recipients:\r\n")},
    {REMAPI_W(".IPNRN"), REMAPI_W("Read: "), REMAPI_W("Your message was read by:\r\n")},
    {REMAPI_W(".IPNNRN"), REMAPI_W("Not read: "), REMAPI_W("Your message was not read by:\r\n")},
};

const Texts& texts(ReportKind kind) noexcept {
    return kTexts[static_cast<std::size_t>(kind)];
}

/// What a report repeats of its original under another tag.
struct Copy {
    ULONG from;
    ULONG to;
};
constexpr Copy kCopies[] = {
    {PR_SUBJECT_W, PR_ORIGINAL_SUBJECT_W},
    {PR_CLIENT_SUBMIT_TIME, PR_ORIGINAL_SUBMIT_TIME},
    {PR_MESSAGE_DELIVERY_TIME, PR_ORIGINAL_DELIVERY_TIME},
    {PR_DISPLAY_TO_W, PR_ORIGINAL_DISPLAY_TO_W},
    {PR_DISPLAY_CC_W, PR_ORIGINAL_DISPLAY_CC_W},
    {PR_DISPLAY_BCC_W, PR_ORIGINAL_DISPLAY_BCC_W},
    {PR_SEARCH_KEY, PR_ORIGINAL_SEARCH_KEY},
    {PR_SENDER_NAME_W, PR_ORIGINAL_SENDER_NAME_W},
    {PR_SENDER_ENTRYID, PR_ORIGINAL_SENDER_ENTRYID},
    {PR_SENDER_ADDRTYPE_W, PR_ORIGINAL_SENDER_ADDRTYPE_W},
    {PR_SENDER_EMAIL_ADDRESS_W, PR_ORIGINAL_SENDER_EMAIL_ADDRESS_W},
    {PR_CONVERSATION_TOPIC_W, PR_CONVERSATION_TOPIC_W},
    {PR_CONVERSATION_INDEX, PR_CONVERSATION_INDEX},
    {PR_REPORT_TAG, PR_REPORT_TAG},
};

String code_text(const PropertyBag& recipient) {
    if (!recipient.find(PR_NDR_REASON_CODE)) return {};
    String result = REMAPI_W(" (reason ") +
                    text::decimal(static_cast<std::uint32_t>(recipient.number(PR_NDR_REASON_CODE)));
    if (recipient.find(PR_NDR_DIAG_CODE)) {
        result += REMAPI_W(", diagnostic ") +
                  text::decimal(static_cast<std::uint32_t>(recipient.number(PR_NDR_DIAG_CODE)));
    }
    return result + REMAPI_W(")");
}

String recipient_text(const PropertyBag& recipient) {
    const StringView name = recipient.text(PR_DISPLAY_NAME_W);
    const StringView address = recipient.text(PR_EMAIL_ADDRESS_W);
    String line = REMAPI_W("\r\n    ") + String(name.empty() ? address : name);
    if (!name.empty() && !address.empty() && name != address) {
        line += REMAPI_W(" <") + String(address) + REMAPI_W(">");
    }
    line += REMAPI_W("\r\n");
    StringView reason = recipient.text(PR_REPORT_TEXT_W);
    if (reason.empty()) reason = recipient.text(PR_SUPPLEMENTARY_INFO_W);
    const String codes = code_text(recipient);
    if (!reason.empty() || !codes.empty()) {
        line += REMAPI_W("        ") + String(reason) + codes + REMAPI_W("\r\n");
    }
    return line;
}

}  // namespace

String report_class(StringView original_class, ReportKind kind) {
    const StringView middle = original_class.empty() ? StringView(REMAPI_W("IPM")) : original_class;
    return REMAPI_W("REPORT.") + String(middle) + String(texts(kind).ending);
}

String report_subject(StringView original_subject, ReportKind kind) {
    return String(texts(kind).subject) + String(original_subject);
}

String report_body(const PropertyBag& original, const std::vector<PropertyBag>& recipients,
                   ReportKind kind) {
    String body(texts(kind).opening);
    for (const PropertyBag& recipient : recipients) body += recipient_text(recipient);
    body += REMAPI_W("\r\nSubject: ") + String(original.text(PR_SUBJECT_W)) + REMAPI_W("\r\n");
    return body;
}

PropertyBag report_properties(const PropertyBag& original,
                              const std::vector<PropertyBag>& recipients, ReportKind kind,
                              std::uint64_t now) {
    const String body = report_body(original, recipients, kind);
    PropertyBag report{{PR_MESSAGE_CLASS_W, report_class(original.text(PR_MESSAGE_CLASS_W), kind)},
                       {PR_SUBJECT_W, report_subject(original.text(PR_SUBJECT_W), kind)},
                       {PR_BODY_W, body},
                       {PR_REPORT_TEXT_W, body},
                       PropValue(PR_REPORT_TIME, PropValue::Data(now))};
    for (const Copy& copy : kCopies) {
        if (const PropValue* value = original.find_typed(copy.from))
            report.set(value->with_tag(copy.to));
    }
    return report;
}

}  // namespace remapi::spi
