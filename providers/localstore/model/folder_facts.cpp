// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/property_def.h"
#include "providers/localstore/backend/search_rows.h"
#include "providers/localstore/model/folder.h"
#include "providers/localstore/model/tags.h"

namespace remapi::localstore {
namespace {

using object::Access;
using object::PropertyDef;
using object::Source;

/// Pages name it; the headers lack it. Page: mapi/pidtagipmdraftsentryid-canonical-property.md
constexpr ULONG kTagDraftsEntryId = PROP_TAG(PT_BINARY, 0x36D7);

constexpr auto kFolderProperties = std::to_array<PropertyDef<FolderFacts>>({
    {PR_PARENT_ENTRYID, Access::ReadOnly, Source::Computed, &FolderFacts::parent_entry_id},
    {PR_ACCESS, Access::ReadOnly, Source::Computed, &FolderFacts::access},
    {PR_ACCESS_LEVEL, Access::ReadOnly, Source::Computed, &FolderFacts::access_level},
    {PR_MAPPING_SIGNATURE, Access::ReadOnly, Source::Computed, &FolderFacts::mapping_signature},
    {PR_RECORD_KEY, Access::ReadOnly, Source::Computed, &FolderFacts::record_key},
    {PR_STORE_RECORD_KEY, Access::ReadOnly, Source::Computed, &FolderFacts::store_record_key},
    {PR_STORE_ENTRYID, Access::ReadOnly, Source::Computed, &FolderFacts::store_entry_id},
    {PR_OBJECT_TYPE, Access::ReadOnly, Source::Computed, &FolderFacts::object_type},
    {PR_ENTRYID, Access::ReadOnly, Source::Computed, &FolderFacts::entry_id},
    {PR_DISPLAY_NAME_W, Access::ReadWrite, Source::Computed, &FolderFacts::display_name},
    {PR_CREATION_TIME, Access::ReadOnly, Source::Computed, &FolderFacts::creation_time},
    {PR_LAST_MODIFICATION_TIME, Access::ReadOnly, Source::Computed,
     &FolderFacts::modification_time},
    {PR_MDB_PROVIDER, Access::ReadOnly, Source::Computed, &FolderFacts::provider},
    {PR_FOLDER_TYPE, Access::ReadOnly, Source::Computed, &FolderFacts::folder_type},
    {PR_CONTENT_COUNT, Access::ReadOnly, Source::Computed, &FolderFacts::content_count},
    {PR_CONTENT_UNREAD, Access::ReadOnly, Source::Computed, &FolderFacts::unread_count},
    {PR_SUBFOLDERS, Access::ReadOnly, Source::Computed, &FolderFacts::sub_folders},
    {PR_STATUS, Access::ReadWrite, Source::Computed, &FolderFacts::status},
    {PR_CONTAINER_HIERARCHY, Access::ReadOnly, Source::Computed, &FolderFacts::hierarchy_object},
    {PR_CONTAINER_CONTENTS, Access::ReadOnly, Source::Computed, &FolderFacts::contents_object},
    {PR_FOLDER_ASSOCIATED_CONTENTS, Access::ReadOnly, Source::Computed,
     &FolderFacts::associated_object},
    {PR_ASSOC_CONTENT_COUNT, Access::ReadOnly, Source::Computed, &FolderFacts::associated_count},
    {kTagDraftsEntryId, Access::ReadOnly, Source::Computed, &FolderFacts::drafts_entry_id},
    {PR_DISPLAY_TYPE, Access::ReadOnly, Source::Computed, &FolderFacts::display_type},
    {kTagDeletedMessageCount, Access::ReadOnly, Source::Computed,
     &FolderFacts::deleted_message_count},
    {kTagDeletedFolderCount, Access::ReadOnly, Source::Computed,
     &FolderFacts::deleted_folder_count},
    {kTagDeletedAssociatedCount, Access::ReadOnly, Source::Computed,
     &FolderFacts::deleted_associated_count},
    {kTagDeletedOn, Access::ReadOnly, Source::Computed, &FolderFacts::deleted_on},
});
static_assert(object::ascending_by_id(kFolderProperties));

}  // namespace

FolderFacts::FolderFacts(std::shared_ptr<Store> its_store, Transaction& work, std::int64_t id)
    : store(std::move(its_store)) {
    auto found = rows::read_folder(work, id);
    if (!found) throw Error(MAPI_E_NOT_FOUND, "reading a folder");
    row = std::move(*found);
    values = decode_properties(row.properties).values;
    row.properties.clear();
    if (row.kind != FOLDER_SEARCH) return;
    const rows::ResultCounts counts = rows::count_results(work, id);
    row.content_count = counts.all;
    row.unread_count = counts.unread;
}

std::optional<PropValue> FolderFacts::load(ULONG tag) const {
    if (const auto* def = object::find_def(kFolderProperties, tag)) {
        PropValue value = (this->*def->compute)();
        return value.tag() == PR_NULL ? std::nullopt : std::optional(std::move(value));
    }
    const PropValue* found = values.find(tag);
    return found ? std::optional(*found) : std::nullopt;
}

std::vector<ULONG> FolderFacts::list() const {
    std::vector<ULONG> tags = values.tags();
    for (const auto& def : kFolderProperties) {
        if ((this->*def.compute)().tag() != PR_NULL) tags.push_back(def.tag);
    }
    return tags;
}

SCODE FolderFacts::may_change(ULONG tag) const {
    const auto* def = object::find_def(kFolderProperties, tag);
    return def && def->access == Access::ReadOnly ? MAPI_E_COMPUTED : S_OK;
}

PropertyBag FolderFacts::as_row(ULONG depth) const {
    PropertyBag bag = values;
    for (const auto& def : kFolderProperties) bag.set((this->*def.compute)());
    bag.set({PR_DEPTH, depth});
    return bag;
}

PropValue FolderFacts::parent_entry_id() const {
    // The root is its own parent. Page: mapi/pidtagparententryid-canonical-property.md
    return {PR_PARENT_ENTRYID, store->folder_entry_id(row.parent == 0 ? row.id : row.parent)};
}

PropValue FolderFacts::access() const {
    constexpr ULONG kAll = MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_CREATE_HIERARCHY |
                           MAPI_ACCESS_CREATE_CONTENTS | MAPI_ACCESS_CREATE_ASSOCIATED;
    const ULONG removal = row.parent == 0 ? 0 : MAPI_ACCESS_DELETE;
    return {PR_ACCESS, static_cast<std::int64_t>(kAll | removal)};
}

PropValue FolderFacts::access_level() const {
    return {PR_ACCESS_LEVEL, static_cast<std::int64_t>(writable ? MAPI_MODIFY : 0)};
}

PropValue FolderFacts::mapping_signature() const {
    return {PR_MAPPING_SIGNATURE, store->uid()};
}

PropValue FolderFacts::record_key() const {
    return {PR_RECORD_KEY, object_record_key(store->uid(), object_id())};
}

PropValue FolderFacts::store_record_key() const {
    return {PR_STORE_RECORD_KEY, store->uid()};
}

PropValue FolderFacts::store_entry_id() const {
    const Bytes id = store->public_entry_id();
    return id.empty() ? PropValue() : PropValue(PR_STORE_ENTRYID, id);
}

PropValue FolderFacts::object_type() const {
    return {PR_OBJECT_TYPE, static_cast<std::int64_t>(MAPI_FOLDER)};
}

PropValue FolderFacts::entry_id() const {
    return {PR_ENTRYID, store->entry_id(object_id())};
}

PropValue FolderFacts::display_name() const {
    return {PR_DISPLAY_NAME_W, row.name};
}

PropValue FolderFacts::creation_time() const {
    return {PR_CREATION_TIME, row.created};
}

PropValue FolderFacts::modification_time() const {
    return {PR_LAST_MODIFICATION_TIME, row.modified};
}

PropValue FolderFacts::provider() const {
    return {PR_MDB_PROVIDER, kProviderUid};
}

PropValue FolderFacts::drafts_entry_id() const {
    // Clients look for it at the Inbox and at the root.
    const bool here =
        row.id == store->special(Special::Inbox) || row.id == store->special(Special::Root);
    return here ? PropValue(kTagDraftsEntryId, store->special_entry_id(Special::Drafts))
                : PropValue();
}

PropValue FolderFacts::folder_type() const {
    return {PR_FOLDER_TYPE, row.kind};
}

PropValue FolderFacts::display_type() const {
    return {PR_DISPLAY_TYPE, DT_FOLDER};
}

PropValue FolderFacts::status() const {
    const PropValue* set = values.find(PR_STATUS);
    return set ? *set : PropValue(PR_STATUS, 0);
}

PropValue FolderFacts::content_count() const {
    return {PR_CONTENT_COUNT, row.content_count};
}

PropValue FolderFacts::unread_count() const {
    return {PR_CONTENT_UNREAD, row.unread_count};
}

PropValue FolderFacts::sub_folders() const {
    return {PR_SUBFOLDERS, row.folder_count != 0};
}

PropValue FolderFacts::hierarchy_object() const {
    return {PR_CONTAINER_HIERARCHY, 1};
}

PropValue FolderFacts::contents_object() const {
    return {PR_CONTAINER_CONTENTS, 1};
}

PropValue FolderFacts::associated_object() const {
    return {PR_FOLDER_ASSOCIATED_CONTENTS, 1};
}

PropValue FolderFacts::associated_count() const {
    return {PR_ASSOC_CONTENT_COUNT, row.associated_count};
}

PropValue FolderFacts::deleted_message_count() const {
    return {kTagDeletedMessageCount, row.deleted_message_count};
}

PropValue FolderFacts::deleted_folder_count() const {
    return {kTagDeletedFolderCount, row.deleted_folder_count};
}

PropValue FolderFacts::deleted_associated_count() const {
    return {kTagDeletedAssociatedCount, row.deleted_associated_count};
}

PropValue FolderFacts::deleted_on() const {
    return row.deleted ? PropValue(kTagDeletedOn, *row.deleted) : PropValue();
}

}  // namespace remapi::localstore
