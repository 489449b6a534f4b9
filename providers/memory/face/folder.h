// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/memory/face/msg_store.h"

namespace remapi::memory_store {

/// The COM face of a folder. Changes are made at once. Any thread may call it.
class FolderFace final : public kit::NamedObject<FolderFace, IMAPIFolder> {
public:
    using Interfaces = com::Answers<IMAPIFolder, IMAPIContainer, IMAPIProp>;

    FolderFace(com::Ptr<MsgStore> store, Number id, bool writable)
        : m_store(std::move(store)), m_id(id), m_writable(writable) {}

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
    bool writable() const override { return m_writable; }
    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override;

    // For kit::NamedObject.
    Store& model_store() noexcept { return m_store->model_store(); }
    com::Ptr<IMAPISupport> required_support() { return m_store->required_support(); }

private:
    friend class com::Object<FolderFace, IMAPIFolder>;
    ~FolderFace() = default;

    PropertyBag all_properties();
    void check_writable() const;
    Number required(ULONG entry_size, const ENTRYID* entry, ULONG type);
    /// The messages that `list` names, as far as they are this store's; null: all of the folder.
    std::vector<Number> messages_of(const ENTRYLIST* list);
    /// The folder that `target` is in this store; nullopt when it is another store's.
    std::optional<Number> own_folder(void* target);
    HRESULT copy_messages(const ENTRYLIST& messages, Number target, bool move);
    void announce_message(ULONG event, Number message, Number parent);
    void announce_folder(ULONG event, Number folder, Number parent = 0, Number old_parent = 0);

    const com::Ptr<MsgStore> m_store;
    const Number m_id;
    const bool m_writable;
};

}  // namespace remapi::memory_store
