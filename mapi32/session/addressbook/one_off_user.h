// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A one-off recipient as an object, and as the properties of a recipient row.
// Page: mapi/imailuserimapiprop.md
#pragma once

#include "format/one_off.h"
#include "object/props/bag_object.h"

namespace remapi::session {

/// Everything that can be said about a one-off recipient whose entry id is `entry_id`: name, type,
/// address, entry id, record and search key, object and display type, whether it takes rich text.
PropertyBag one_off_properties(const format::OneOff& one_off, BytesView entry_id);

/// Read-only: what it says is what its entry id says. Any thread.
class OneOffUser final : public object::BagObject<OneOffUser, IMailUser> {
public:
    using Interfaces = com::Answers<IMailUser, IMAPIProp>;
    explicit OneOffUser(PropertyBag values) : BagObject(std::move(values), false) {}

private:
    template <class, class, class...>
    friend class com::Object;
    ~OneOffUser() = default;
};

}  // namespace remapi::session
