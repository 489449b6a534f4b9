// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/guard.h"
#include "com/object.h"
#include "object/props/prop_calls.h"

namespace remapi::object {

/// Base of every object that has IMAPIProp's methods (Interface is IMAPIProp or derived from it):
/// the eleven methods, over the PropSource that `Self` implements. Any thread may call them.
///
///   class Profile final : public PropObject<Profile, IProfSect> {
///   public:
///       using Interfaces = com::Answers<IProfSect, IMAPIProp>;
///       std::optional<PropValue> load(ULONG tag) override; ...
template <class Self, class Interface, class... Others>
class PropObject : public com::Object<Self, Interface, Others...>, public PropSource {
public:
    STDMETHODIMP GetLastError(HRESULT, ULONG flags, MAPIERROR** error) noexcept override {
        return abi::guard("IMAPIProp::GetLastError", [&] { return get_last_error(flags, error); });
    }

    STDMETHODIMP SaveChanges(ULONG flags) noexcept override {
        return abi::guard("IMAPIProp::SaveChanges", [&]() -> HRESULT {
            source().save(flags);
            return S_OK;
        });
    }

    STDMETHODIMP GetProps(SPropTagArray* tags, ULONG flags, ULONG* count,
                          SPropValue** values) noexcept override {
        return abi::guard("IMAPIProp::GetProps",
                          [&] { return get_props(source(), tags, flags, count, values); });
    }

    STDMETHODIMP GetPropList(ULONG flags, SPropTagArray** tags) noexcept override {
        return abi::guard("IMAPIProp::GetPropList",
                          [&] { return get_prop_list(source(), flags, tags); });
    }

    STDMETHODIMP OpenProperty(ULONG tag, LPCIID iid, ULONG options, ULONG flags,
                              IUnknown** object) noexcept override {
        return abi::guard("IMAPIProp::OpenProperty", [&] {
            return object::open_property(source(), owner(), tag, iid, options, flags, object);
        });
    }

    STDMETHODIMP SetProps(ULONG count, SPropValue* values,
                          SPropProblemArray** problems) noexcept override {
        return abi::guard("IMAPIProp::SetProps",
                          [&] { return set_props(source(), count, values, problems); });
    }

    STDMETHODIMP DeleteProps(SPropTagArray* tags, SPropProblemArray** problems) noexcept override {
        return abi::guard("IMAPIProp::DeleteProps",
                          [&] { return delete_props(source(), tags, problems); });
    }

    STDMETHODIMP CopyTo(ULONG excluded_count, LPCIID excluded, SPropTagArray* excluded_tags,
                        ULONG_PTR ui_param, IMAPIProgress* progress, LPCIID iid, void* destination,
                        ULONG flags, SPropProblemArray** problems) noexcept override {
        return abi::guard("IMAPIProp::CopyTo", [&] {
            return copy_to(source(), owner(),
                           {excluded_count, excluded, excluded_tags, ui_param, progress, iid,
                            destination, flags, problems});
        });
    }

    STDMETHODIMP CopyProps(SPropTagArray* tags, ULONG_PTR ui_param, IMAPIProgress* progress,
                           LPCIID iid, void* destination, ULONG flags,
                           SPropProblemArray** problems) noexcept override {
        return abi::guard("IMAPIProp::CopyProps", [&] {
            return copy_props(
                source(), owner(),
                {0, nullptr, tags, ui_param, progress, iid, destination, flags, problems});
        });
    }

    STDMETHODIMP GetNamesFromIDs(SPropTagArray** tags, GUID* set, ULONG flags, ULONG* count,
                                 MAPINAMEID*** names) noexcept override {
        return abi::guard("IMAPIProp::GetNamesFromIDs", [&] {
            return get_names_from_ids(source(), tags, set, flags, count, names);
        });
    }

    STDMETHODIMP GetIDsFromNames(ULONG count, MAPINAMEID** names, ULONG flags,
                                 SPropTagArray** tags) noexcept override {
        return abi::guard("IMAPIProp::GetIDsFromNames",
                          [&] { return get_ids_from_names(source(), count, names, flags, tags); });
    }

protected:
    /// This object as the IUnknown that whatever it opens keeps alive.
    IUnknown* owner() noexcept { return static_cast<Interface*>(this); }

private:
    PropSource& source() noexcept { return *this; }
};

}  // namespace remapi::object
