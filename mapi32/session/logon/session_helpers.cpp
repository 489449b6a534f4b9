// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What session.h offers over a session's public interface.
#include "abi/remapi_tags.h"
#include "log/log.h"
#include "session/profile/profile.h"
#include "session/session.h"
#include "spi/props.h"

namespace remapi::session {
namespace {

std::optional<String> read_profile_text(IMAPISession& session, MAPIUID section, ULONG tag) {
    com::Ptr<IProfSect> object;
    if (FAILED(session.OpenProfileSection(&section, nullptr, 0, object.put()))) return std::nullopt;
    const PropertyBag values = spi::read_properties(object.get(), {tag});
    if (!values.find_typed(tag)) return std::nullopt;
    return String(values.text(tag));
}

/// Every row of the message store table.
std::vector<PropertyBag> store_rows(IMAPISession& session) {
    com::Ptr<IMAPITable> table;
    check(session.GetMsgStoresTable(MAPI_UNICODE, table.put()), "IMAPISession::GetMsgStoresTable");
    return spi::read_rows(table.get());
}

com::Ptr<IMsgStore> open_row(IMAPISession& session, const PropertyBag& row, ULONG flags) {
    const Bytes id = to_bytes(row.bytes(PR_ENTRYID));
    com::Ptr<IMsgStore> store;
    check(session.OpenMsgStore(0, narrow_size(id.size()),
                               reinterpret_cast<ENTRYID*>(const_cast<std::uint8_t*>(id.data())),
                               nullptr, flags, store.put()),
          "IMAPISession::OpenMsgStore");
    return store;
}

}  // namespace

String profile_name(IMAPISession& session) {
    std::optional<String> name =
        read_profile_text(session, profile_instance_section(), PR_PROFILE_NAME_W);
    if (!name) throw Error(MAPI_E_INVALID_OBJECT, "a session without a profile");
    return std::move(*name);
}

std::optional<String> send_policy(IMAPISession& session) {
    return read_profile_text(session, profile_instance_section(), kTagSendPolicy);
}

com::Ptr<IMsgStore> open_default_store(IMAPISession& session, ULONG flags) {
    for (const PropertyBag& row : store_rows(session)) {
        if (row.truth(PR_DEFAULT_STORE)) return open_row(session, row, flags);
    }
    throw Error(MAPI_E_NOT_FOUND, "the profile has no default store");
}

std::vector<com::Ptr<IMsgStore>> open_stores(IMAPISession& session, ULONG flags) {
    std::vector<com::Ptr<IMsgStore>> stores;
    for (const PropertyBag& row : store_rows(session)) {
        try {
            stores.push_back(open_row(session, row, flags));
        } catch (const Error& error) {
            REMAPI_WARN(Session, "the store \"%s\" is left out: %s",
                        log::utf8(row.text(PR_DISPLAY_NAME_W)).c_str(), error.what());
        }
    }
    return stores;
}

}  // namespace remapi::session
