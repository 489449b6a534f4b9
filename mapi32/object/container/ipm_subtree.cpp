// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/container/ipm_subtree.h"

#include "com/ptr.h"
#include "object/props/abi_value.h"
#include "object/util/calls.h"
#include "text/text.h"

namespace remapi::object {
namespace {

constexpr ULONG kInboxTag = PROP_TAG(PT_BINARY, PROP_ID_NULL);

struct StandardFolder {
    const WideChar* name;
    const WideChar* comment;
    ULONG tag;  ///< the store's property with its entry identifier
    ULONG valid_bit;
    bool in_subtree;  ///< of the IPM subtree, else of the root
    bool always;      ///< also without MAPI_FULL_IPM_TREE
};

// The subtree comes before what is in it.
constexpr StandardFolder kFolders[] = {
    {REMAPI_W("IPM_SUBTREE"), REMAPI_W("Root of the folders that are shown"),
     PR_IPM_SUBTREE_ENTRYID, FOLDER_IPM_SUBTREE_VALID, false, true},
    {REMAPI_W("Search Root"), REMAPI_W("Search results"), PR_FINDER_ENTRYID, FOLDER_FINDER_VALID,
     false, true},
    {REMAPI_W("Folder Views"), REMAPI_W("Views of one folder"), PR_VIEWS_ENTRYID,
     FOLDER_VIEWS_VALID, false, false},
    {REMAPI_W("Common Views"), REMAPI_W("Views of every folder"), PR_COMMON_VIEWS_ENTRYID,
     FOLDER_COMMON_VIEWS_VALID, false, false},
    {REMAPI_W("Deleted Items"), REMAPI_W("What was deleted"), PR_IPM_WASTEBASKET_ENTRYID,
     FOLDER_IPM_WASTEBASKET_VALID, true, true},
    {REMAPI_W("Inbox"), REMAPI_W("Mail that came in"), kInboxTag, FOLDER_IPM_INBOX_VALID, true,
     false},
    {REMAPI_W("Outbox"), REMAPI_W("Mail to be sent"), PR_IPM_OUTBOX_ENTRYID,
     FOLDER_IPM_OUTBOX_VALID, true, false},
    {REMAPI_W("Sent Items"), REMAPI_W("Mail that was sent"), PR_IPM_SENTMAIL_ENTRYID,
     FOLDER_IPM_SENTMAIL_VALID, true, false},
};

com::Ptr<IMAPIFolder> opened_folder(IMsgStore& store, BytesView id) {
    ULONG type = 0;
    com::Ptr<IMAPIFolder> folder;
    check(store.OpenEntry(narrow_size(id.size()),
                          reinterpret_cast<ENTRYID*>(const_cast<std::uint8_t*>(id.data())), nullptr,
                          MAPI_MODIFY, &type, folder.put_as<IUnknown>()),
          "IMsgStore::OpenEntry");
    if (!folder || type != MAPI_FOLDER) throw Error(MAPI_E_NOT_FOUND, "opening a folder");
    return folder;
}

com::Ptr<IMAPIFolder> created_folder(IMAPIFolder& parent, const StandardFolder& what) {
    com::Ptr<IMAPIFolder> folder;
    const auto create = [&](void* name, void* comment, ULONG flags) {
        return parent.CreateFolder(FOLDER_GENERIC, static_cast<LPTSTR>(name),
                                   static_cast<LPTSTR>(comment), nullptr, OPEN_IF_EXISTS | flags,
                                   folder.put());
    };
    HRESULT hr =
        create(const_cast<WideChar*>(what.name), const_cast<WideChar*>(what.comment), MAPI_UNICODE);
    if (hr == MAPI_E_BAD_CHARWIDTH) {
        hr = create(text::to_ansi(what.name).data(), text::to_ansi(what.comment).data(), 0);
    }
    check(hr, "IMAPIFolder::CreateFolder");
    if (!folder) throw Error(MAPI_E_CALL_FAILED, "CreateFolder made nothing");
    return folder;
}

/// One run over a store.
class Validation {
public:
    Validation(IMsgStore& store, ULONG flags) : m_store(store), m_flags(flags) {
        const auto mask = get_one_prop(&store, PR_VALID_FOLDER_MASK);
        m_mask = mask ? static_cast<ULONG>(mask->number()) : 0;
    }

    std::vector<PropValue> run() {
        for (const StandardFolder& folder : kFolders) {
            if (folder.always || (m_flags & MAPI_FULL_IPM_TREE) != 0) settle(folder);
        }
        m_values.insert(m_values.begin(), PropValue(PR_VALID_FOLDER_MASK, m_mask));
        if (m_changed) save();
        return std::move(m_values);
    }

private:
    // What the store says of the folder, if that is to be believed.
    std::optional<Bytes> known_id(const StandardFolder& folder) {
        if ((m_mask & folder.valid_bit) == 0) return std::nullopt;
        auto id = folder.tag == kInboxTag ? receive_folder() : stored_id(folder.tag);
        if (!id || (m_flags & MAPI_FORCE_CREATE) == 0) return id;
        try {
            opened_folder(m_store, *id);
            return id;
        } catch (const Error&) {
            return std::nullopt;  // it is made again
        }
    }
    std::optional<Bytes> stored_id(ULONG tag) {
        const auto value = get_one_prop(&m_store, tag);
        if (!value || !value->get_if<Bytes>() || value->bytes().empty()) return std::nullopt;
        return value->bytes();
    }
    std::optional<Bytes> receive_folder() {
        ULONG size = 0;
        Buffer<ENTRYID> id;
        const HRESULT hr = m_store.GetReceiveFolder(nullptr, 0, &size, id.put(), nullptr);
        if (FAILED(hr) || !id || size == 0) return std::nullopt;
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(id.get());
        return Bytes(bytes, bytes + size);
    }

    void settle(const StandardFolder& folder) {
        std::optional<Bytes> id = known_id(folder);
        const bool is_inbox = folder.tag == kInboxTag;
        if (!id) {
            const auto made = created_folder(parent_of(folder), folder);
            id = get_required_prop(made.get(), PR_ENTRYID).bytes();
            m_changed = true;
            m_mask |= folder.valid_bit;
            if (folder.tag == PR_IPM_SUBTREE_ENTRYID) m_subtree = made;
            // The caller says what arrives in an Inbox: only a new one is told.
            if (is_inbox) m_values.emplace_back(kInboxTag, *id);
        }
        if (folder.tag == PR_IPM_SUBTREE_ENTRYID) m_subtree_id = *id;
        if (!is_inbox) m_values.emplace_back(folder.tag, *id);
    }

    IMAPIFolder& parent_of(const StandardFolder& folder) {
        if (!folder.in_subtree) {
            if (!m_root) m_root = opened_folder(m_store, BytesView());
            return *m_root;
        }
        if (!m_subtree) m_subtree = opened_folder(m_store, m_subtree_id);
        return *m_subtree;
    }

    void save() {
        std::vector<PropValue> stored;
        for (const PropValue& value : m_values) {
            if (value.tag() != kInboxTag) stored.push_back(value);
        }
        set_props(&m_store, stored);
        check(m_store.SaveChanges(KEEP_OPEN_READWRITE), "IMsgStore::SaveChanges");
    }

    IMsgStore& m_store;
    ULONG m_flags;
    ULONG m_mask = 0;
    bool m_changed = false;
    com::Ptr<IMAPIFolder> m_root;
    com::Ptr<IMAPIFolder> m_subtree;
    Bytes m_subtree_id;
    std::vector<PropValue> m_values;
};

}  // namespace

HRESULT validate_ipm_subtree(IMsgStore* store, ULONG flags, ULONG* count, SPropValue** values,
                             MAPIERROR** error) {
    if (error) *error = nullptr;
    if (values) *values = nullptr;
    if (!store || (values && !count)) return MAPI_E_INVALID_PARAMETER;
    if ((flags & ~static_cast<ULONG>(MAPI_FORCE_CREATE | MAPI_FULL_IPM_TREE)) != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    if (count) *count = 0;
    try {
        const std::vector<PropValue> found = Validation(*store, flags).run();
        if (!values) return S_OK;
        Buffer<SPropValue> block = pack(found);
        *count = narrow_size(found.size());
        *values = block.release();
        return S_OK;
    } catch (const Error& failure) {
        if (error && FAILED(store->GetLastError(failure.code(), 0, error))) *error = nullptr;
        throw;
    }
}

}  // namespace remapi::object
