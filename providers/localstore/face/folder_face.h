// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/face/msg_store.h"
#include "providers/localstore/face/steps.h"
#include "providers/localstore/model/folder.h"

namespace remapi::localstore {

/// An open folder: the COM face of a Folder. Changes are made at once. Any thread may call it.
class FolderFace final : public NamedObject<FolderFace, IMAPIFolder> {
public:
    using Interfaces = com::Answers<IMAPIFolder, IMAPIContainer, IMAPIProp>;

    FolderFace(com::Ptr<MsgStore> store, std::int64_t id, bool writable);

    // IMAPIContainer
    STDMETHODIMP GetContentsTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP GetHierarchyTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP OpenEntry(ULONG entry_size, LPENTRYID entry, LPCIID iid, ULONG flags, ULONG* type,
                           LPUNKNOWN* object) noexcept override;
    STDMETHODIMP SetSearchCriteria(LPSRestriction restriction, LPENTRYLIST containers,
                                   ULONG flags) noexcept override;
    STDMETHODIMP GetSearchCriteria(ULONG flags, LPSRestriction* restriction,
                                   LPENTRYLIST* containers, ULONG* state) noexcept override;

    // IMAPIFolder
    STDMETHODIMP CreateMessage(LPCIID iid, ULONG flags, LPMESSAGE* message) noexcept override;
    STDMETHODIMP CopyMessages(LPENTRYLIST messages, LPCIID iid, LPVOID target, ULONG_PTR ui_param,
                              LPMAPIPROGRESS progress, ULONG flags) noexcept override;
    STDMETHODIMP DeleteMessages(LPENTRYLIST messages, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                ULONG flags) noexcept override;
    STDMETHODIMP CreateFolder(ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid, ULONG flags,
                              LPMAPIFOLDER* folder) noexcept override;
    STDMETHODIMP CopyFolder(ULONG entry_size, LPENTRYID entry, LPCIID iid, LPVOID target,
                            LPTSTR new_name, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                            ULONG flags) noexcept override;
    STDMETHODIMP DeleteFolder(ULONG entry_size, LPENTRYID entry, ULONG_PTR ui_param,
                              LPMAPIPROGRESS progress, ULONG flags) noexcept override;
    STDMETHODIMP SetReadFlags(LPENTRYLIST messages, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                              ULONG flags) noexcept override;
    STDMETHODIMP GetMessageStatus(ULONG entry_size, LPENTRYID entry, ULONG flags,
                                  ULONG* status) noexcept override;
    STDMETHODIMP SetMessageStatus(ULONG entry_size, LPENTRYID entry, ULONG status, ULONG mask,
                                  ULONG* old_status) noexcept override;
    STDMETHODIMP SaveContentsSort(LPSSortOrderSet order, ULONG flags) noexcept override;
    STDMETHODIMP EmptyFolder(ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                             ULONG flags) noexcept override;

    // PropSource
    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue& value) override;
    SCODE erase(ULONG tag) override;
    bool writable() const override { return m_folder.writable(); }
    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override;

    Store& model_store() noexcept { return m_store->model_store(); }
    com::Ptr<IMAPISupport> required_support() { return m_store->required_support(); }

private:
    friend class com::Object<FolderFace, IMAPIFolder>;
    ~FolderFace() = default;

    /// The messages that `list` names, those of other stores left out; null: all of this folder.
    std::vector<std::int64_t> messages_of(const ENTRYLIST* list);
    std::int64_t message_of(ULONG entry_size, const ENTRYID* entry);
    void announce(ULONG event, const MessageDone& done, std::int64_t parent,
                  std::int64_t old_parent);
    void announce_deleted(std::span<const MessageDone> deleted, Removal how);
    void announce_folder(ULONG event, std::int64_t folder, std::int64_t parent,
                         std::int64_t old_parent = 0);
    void check_writable() const;
    /// Throws Error(MAPI_E_NO_ACCESS) in a search folder.
    void check_holds_messages(const char* attempted) const;
    /// How a method with these flags deletes.
    Removal removal(ULONG flags) const;
    Steps steps(bool dialog, ULONG_PTR ui_param, IMAPIProgress* progress);
    HRESULT copy_messages(const ENTRYLIST& messages, std::int64_t target, bool move, Steps& steps);
    void move_folder(std::int64_t child, std::int64_t target, StringView new_name);
    HRESULT copy_folder(std::int64_t child, std::int64_t target, StringView new_name,
                        bool recursive, Steps& steps);
    /// False when some of them stay.
    bool delete_messages(std::span<const std::int64_t> messages, Removal how, Steps& steps);
    /// False when it stays.
    bool delete_folder(std::int64_t child, ULONG flags, Removal how);
    com::Ptr<IMAPITable> contents_table(ULONG flags);
    com::Ptr<IMAPITable> hierarchy_table(ULONG flags);

    const com::Ptr<MsgStore> m_store;
    Folder m_folder;
};

}  // namespace remapi::localstore
