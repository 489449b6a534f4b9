// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/restriction/restriction.h"
#include "providers/localstore/model/message_content.h"

namespace remapi::localstore {

/// Says of saved messages whether they satisfy a restriction: with all their properties, large
/// texts up to 16 MiB included, their recipients and attachments.
class MessageMatcher {
public:
    MessageMatcher(std::shared_ptr<Store> store, Restriction restriction);

    /// False also for a message whose properties make no sense, which is logged.
    /// Errors: MAPI_E_TOO_COMPLEX.
    bool matches(Transaction& work, std::int64_t message) const;

private:
    void add_large(Transaction& work, std::int64_t message, PropertyBag& values) const;

    const std::shared_ptr<Store> m_store;
    const Restriction m_restriction;
    const std::vector<ULONG> m_tags;  ///< that the restriction looks at
};

}  // namespace remapi::localstore
