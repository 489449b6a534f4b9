// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/iprop/caller_memory.h"
#include "object/iprop/value_store.h"
#include "object/props/prop_object.h"
#include "port/mutex.h"

namespace remapi::object {

/// The object behind CreateIProp: properties in memory, each with what clients may do with it and
/// whether they did. It is not transacted: SaveChanges changes nothing. Any thread may call it.
/// Page: mapi/ipropdataimapiprop.md
class PropData final : public PropObject<PropData, IPropData> {
public:
    using Interfaces = com::Answers<IPropData, IMAPIProp>;

    explicit PropData(const CallerMemory& memory) noexcept : m_memory(memory) {}

    STDMETHODIMP GetProps(SPropTagArray* tags, ULONG flags, ULONG* count,
                          SPropValue** values) noexcept override;
    STDMETHODIMP GetPropList(ULONG flags, SPropTagArray** tags) noexcept override;
    STDMETHODIMP SetProps(ULONG count, SPropValue* values,
                          SPropProblemArray** problems) noexcept override;
    STDMETHODIMP DeleteProps(SPropTagArray* tags, SPropProblemArray** problems) noexcept override;
    STDMETHODIMP CopyTo(ULONG excluded_count, LPCIID excluded, SPropTagArray* excluded_tags,
                        ULONG_PTR ui_param, IMAPIProgress* progress, LPCIID iid, void* destination,
                        ULONG flags, SPropProblemArray** problems) noexcept override;
    STDMETHODIMP CopyProps(SPropTagArray* tags, ULONG_PTR ui_param, IMAPIProgress* progress,
                           LPCIID iid, void* destination, ULONG flags,
                           SPropProblemArray** problems) noexcept override;
    STDMETHODIMP GetNamesFromIDs(SPropTagArray** tags, GUID* set, ULONG flags, ULONG* count,
                                 MAPINAMEID*** names) noexcept override;
    STDMETHODIMP GetIDsFromNames(ULONG count, MAPINAMEID** names, ULONG flags,
                                 SPropTagArray** tags) noexcept override;

    /// @param access  IPROP_READONLY or IPROP_READWRITE; else MAPI_E_INVALID_PARAMETER
    /// Page: mapi/ipropdata-hrsetobjaccess.md
    STDMETHODIMP HrSetObjAccess(ULONG access) noexcept override;
    /// @param access  one for each tag. IPROP_CLEAN for a deleted one forgets that it was there. A
    ///                tag that there never was is left alone.
    /// Errors: MAPI_E_NO_ACCESS when the object is read-only; MAPI_E_INVALID_PARAMETER for flags
    /// that contradict each other; then nothing is changed. Page: mapi/ipropdata-hrsetpropaccess.md
    STDMETHODIMP HrSetPropAccess(SPropTagArray* tags, ULONG* access) noexcept override;
    /// @param tags    [in, out] null on input: all properties, deleted ones too, in a block of the
    ///                caller's allocator
    /// @param access  [out] a block of the caller's allocator; 0 for one that was deleted or is not
    ///                there. Page: mapi/ipropdata-hrgetpropaccess.md
    /// Differs: a modified property has its access level beside IPROP_DIRTY, as the page's table
    /// has it and not its remark; programs test bits. Test:
    /// PropertyObject.TellsWhatWasModifiedSinceItWasDeclaredClean
    STDMETHODIMP HrGetPropAccess(SPropTagArray** tags, ULONG** access) noexcept override;
    /// Page: mapi/ipropdata-hraddobjprops.md
    STDMETHODIMP HrAddObjProps(SPropTagArray* tags, SPropProblemArray** problems) noexcept override;

    // PropSource, for streams and copies.
    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue& value) override;
    SCODE erase(ULONG tag) override;
    bool writable() const override;
    void save(ULONG flags) override;
    std::vector<ULONG> ids_from_names(std::span<const PropName> names, bool create) override;
    std::vector<std::optional<PropName>> names_from_ids(std::span<const ULONG> ids) override;
    std::vector<std::pair<ULONG, PropName>> all_names() override;
    std::size_t large_value_bytes() const override { return 0; }

private:
    friend class com::Object<PropData, IPropData>;
    ~PropData() = default;

    struct Answer;
    Answer answer(const SPropTagArray* tags, ULONG flags);
    SPropValue pick(ULONG tag, ULONG flags, Answer& answer);
    SPropValue convert(const ValueStore::Slot& slot, ULONG type, ULONG flags, Answer& answer);
    SCODE put(const SPropValue& value, ULONG bytes);
    SCODE drop(ULONG tag);
    void give_problems(const SPropProblemArray* found, SPropProblemArray** problems) const;

    const CallerMemory m_memory;
    mutable port::Mutex m_mutex;  ///< guards all that follows
    ValueStore m_values;
    std::vector<ULONG> m_deleted;   ///< tags of what clients deleted
    std::vector<PropName> m_names;  ///< the first has the id 0x8000
    std::optional<GUID> m_signature;
    std::uint64_t m_changes = 0;
    bool m_writable = true;
};

/// Makes one. Errors: MAPI_E_INTERFACE_NOT_SUPPORTED for another interface than IPropData.
/// Page: mapi/createiprop.md
com::Ptr<IPropData> create_prop_data(const IID* iid, const CallerMemory& memory);

}  // namespace remapi::object
