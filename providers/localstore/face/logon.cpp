// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/logon.h"

#include "abi/remapi_tags.h"
#include "config/config.h"
#include "log/log.h"
#include "object/props/abi_value.h"
#include "object/util/calls.h"
#include "port/utf.h"

namespace remapi::localstore {
namespace {

/// The provider's own section of the profile; null when the host has none, for a temporary logon
/// say.
com::Ptr<IProfSect> open_section(IMAPISupport* support) {
    com::Ptr<IProfSect> section;
    const HRESULT hr = support->OpenProfileSection(nullptr, MAPI_MODIFY, section.put());
    if (SUCCEEDED(hr)) return section;
    REMAPI_WARN(Store, "the store's profile section cannot be opened: 0x%08x",
                static_cast<unsigned>(hr));
    return nullptr;
}

String section_text(IProfSect* section, ULONG tag) {
    const auto value = section ? object::get_one_prop(section, tag) : std::nullopt;
    return value && value->is_text() ? value->text() : String();
}

/// The store that an entry id names: at the place the id tells, else at the one the profile tells.
std::shared_ptr<Store> open_named(BytesView entry_id, StringView profile_path) {
    const auto id = parse_store_entry_id(entry_id);
    if (!id) throw Error(MAPI_E_INVALID_ENTRYID, "logging on to a store of another provider");
    for (const StringView path : {StringView(id->path), profile_path}) {
        if (path.empty() || !port::exists(path)) continue;
        auto store = Store::open(path, Database::Open::Existing);
        if (format::same_uid(store->uid(), id->store)) return store;
    }
    REMAPI_ERROR(Store, "the store %s is not there", log::utf8(StringView(id->path)).c_str());
    throw Error(MAPI_E_LOGON_FAILED, "logging on to a store that is not there");
}

/// A file name that every platform takes, made of a profile's name.
String file_name_of(StringView profile_name) {
    String name;
    for (const WideChar unit : profile_name) {
        const bool forbidden =
            unit < 0x20 || StringView(REMAPI_W("<>:\"/\\|?*")).find(unit) != StringView::npos;
        name.push_back(forbidden ? REMAPI_W('_') : unit);
    }
    while (!name.empty() && (name.back() == REMAPI_W('.') || name.back() == REMAPI_W(' ')))
        name.pop_back();
    return name.empty() ? String(REMAPI_W("default")) : name;
}

std::shared_ptr<Store> open_of_profile(const String& path, const String& name, bool was_there) {
    if (was_there && !port::exists(path)) {
        REMAPI_WARN(Store, "the store %s has disappeared, a new one is made",
                    log::utf8(StringView(path)).c_str());
    }
    return Store::open(path, Database::Open::OrCreate, name);
}

Bytes wrapped_entry_id(IMAPISupport* support, const Store& store) {
    Bytes own = store_entry_id(store.uid(), store.path());
    ULONG size = 0;
    Buffer<ENTRYID> wrapped;
    check(support->WrapStoreEntryID(narrow_size(own.size()), reinterpret_cast<ENTRYID*>(own.data()),
                                    &size, wrapped.put()),
          "IMAPISupport::WrapStoreEntryID");
    return to_bytes(view_bytes(wrapped.get(), size));
}

void write_section(IProfSect* section, const Store& store, const Bytes& wrapped,
                   const String& name) {
    std::vector<PropValue> values{{kTagStorePath, store.path()},
                                  {PR_ENTRYID, wrapped},
                                  {PR_RECORD_KEY, store.uid()},
                                  {PR_MDB_PROVIDER, kProviderUid}};
    if (section_text(section, PR_DISPLAY_NAME_W).empty())
        values.emplace_back(PR_DISPLAY_NAME_W, name);
    // Unchanged values are not written: many logons read, few write.
    std::erase_if(values, [&](const PropValue& value) {
        const auto now = object::get_one_prop(section, value.tag());
        return now && *now == value;
    });
    if (values.empty()) return;
    object::set_props(section, values);
    check(section->SaveChanges(KEEP_OPEN_READWRITE), "IProfSect::SaveChanges");
}

void register_with_host(IMAPISupport* support, const Store& store, const String& name,
                        ULONG flags) {
    MAPIUID uid = store.uid();
    check(support->SetProviderUID(&uid, 0), "IMAPISupport::SetProviderUID");
    const std::vector<PropValue> row{{PR_DISPLAY_NAME_W, name},
                                     {PR_PROVIDER_DISPLAY_W, text_of(Text::StoreName)},
                                     {PR_STATUS_CODE, static_cast<std::int64_t>(STATUS_AVAILABLE)},
                                     {PR_RESOURCE_METHODS, 0}};
    const auto packed = object::pack(row);
    HRESULT hr = support->ModifyStatusRow(narrow_size(row.size()), packed.get(), 0);
    if (FAILED(hr))
        REMAPI_WARN(Store, "IMAPISupport::ModifyStatusRow: 0x%08x", static_cast<unsigned>(hr));
    if ((flags & MDB_TEMPORARY) != 0) return;
    hr = support->ModifyProfile(0);
    if (FAILED(hr))
        REMAPI_WARN(Store, "IMAPISupport::ModifyProfile: 0x%08x", static_cast<unsigned>(hr));
}

}  // namespace

String default_store_path(StringView profile_name) {
    const std::string configured = config::get("store.folder");
    String folder = configured.empty() ? port::join_path(config::data_folder(), REMAPI_W("stores"))
                                       : port::from_utf8(configured);
    return port::join_path(folder, file_name_of(profile_name) + REMAPI_W(".rms"));
}

com::Ptr<MsgStore> log_on(const LogonRequest& request) {
    const com::Ptr<IProfSect> section = open_section(request.support);
    String path = section_text(section.get(), kTagStorePath);
    const String wanted_name = section_text(section.get(), PR_DISPLAY_NAME_W);
    std::shared_ptr<Store> store;
    if (!request.entry_id.empty()) {
        store = open_named(request.entry_id, path);
    } else {
        const bool was_there =
            !path.empty() && object::get_one_prop(section.get(), PR_RECORD_KEY).has_value();
        if (path.empty()) path = default_store_path(request.profile_name);
        store = open_of_profile(path, wanted_name, was_there);
    }
    const Bytes wrapped = wrapped_entry_id(request.support, *store);
    store->set_public_entry_id(wrapped);
    const String name(store->properties().text(PR_DISPLAY_NAME_W));
    if (section) write_section(section.get(), *store, wrapped, name);
    register_with_host(request.support, *store, name, request.flags);

    LogonFacts facts;
    facts.support = com::Ptr<IMAPISupport>::share(request.support);
    facts.writable = request.spooler || (request.flags & (MDB_WRITE | MAPI_BEST_ACCESS)) != 0;
    facts.spooler = request.spooler;
    if (section) {
        const auto is_default = object::get_one_prop(section.get(), PR_DEFAULT_STORE);
        facts.default_store = is_default && is_default->truth();
    }
    return com::make<MsgStore>(std::move(store), std::move(facts));
}

}  // namespace remapi::localstore
