// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/props/prop_source.h"
#include "providers/localstore/model/large_value.h"

namespace remapi::localstore {

/// An object whose text and binary properties can be opened as streams of any length.
class ValueOwner {
public:
    virtual const std::shared_ptr<Database>& value_database() const = 0;
    virtual std::shared_ptr<LargeValue> find_large_value(ULONG tag) const = 0;
    virtual std::optional<PropValue> load_whole_value(ULONG tag, std::size_t limit) const = 0;
    virtual SCODE set_large_value(ULONG tag, std::shared_ptr<LargeValue> value) = 0;

protected:
    ~ValueOwner() = default;
};

/// IMAPIProp::OpenProperty for IStream. Binary and Unicode values are read and written in place, in
/// pieces; what was written reaches the object by Commit or the last Release. Other types:
/// object/'s memory stream. Throws as object::open_property_stream. Page:
/// mapi/imapiprop-openproperty.md
com::Ptr<IUnknown> open_value_stream(ValueOwner& values, object::PropSource& source,
                                     IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags);

}  // namespace remapi::localstore
