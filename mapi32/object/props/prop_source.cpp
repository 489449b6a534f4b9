// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/prop_source.h"

#include "object/props/prop_stream.h"

namespace remapi::object {
namespace {

[[noreturn]] void throw_no_names() {
    throw Error(MAPI_E_NO_SUPPORT, "named properties of an object that has none");
}

}  // namespace

bool operator==(const PropName& left, const PropName& right) noexcept {
    return IsEqualGUID(left.set, right.set) && left.number == right.number &&
           (left.number || left.text == right.text);
}

void PropSource::save(ULONG) {}

com::Ptr<IUnknown> PropSource::open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                             ULONG options, ULONG flags) {
    return open_property_stream(*this, owner, tag, iid, options, flags);
}

SCODE PropSource::copy_object(IUnknown*, ULONG, const CopyRequest&) {
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

std::vector<ULONG> PropSource::ids_from_names(std::span<const PropName>, bool) {
    throw_no_names();
}

std::vector<std::optional<PropName>> PropSource::names_from_ids(std::span<const ULONG>) {
    throw_no_names();
}

std::vector<std::pair<ULONG, PropName>> PropSource::all_names() {
    throw_no_names();
}

}  // namespace remapi::object
