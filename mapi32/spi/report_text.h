// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a report says and how it identifies its original: plain values, no interfaces.
#pragma once

#include <vector>

#include "object/props/property_bag.h"
#include "spi/report.h"

namespace remapi::spi {

/// "REPORT.IPM.Note.NDR" of "IPM.Note"; an empty class counts as IPM.
String report_class(StringView original_class, ReportKind kind);
/// The report's subject: "Undeliverable: ..." and the like.
String report_subject(StringView original_subject, ReportKind kind);
/// The report's body, lines ended by CR LF: one paragraph for each recipient.
String report_body(const PropertyBag& original, const std::vector<PropertyBag>& recipients,
                   ReportKind kind);
/// The properties of a report about `original` at the time `now` (file time), those three texts
/// included.
PropertyBag report_properties(const PropertyBag& original,
                              const std::vector<PropertyBag>& recipients, ReportKind kind,
                              std::uint64_t now);

}  // namespace remapi::spi
