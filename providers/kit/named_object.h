// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/props/prop_object.h"

namespace remapi::kit {

/// Base of a store's faces: IMAPIProp, with the named properties that `Self::model_store()` maps
/// (by PropSource's three methods of the same names) and copying by the host that
/// `Self::required_support()` answers.
template <class Self, class Interface, class... Others>
class NamedObject : public object::PropObject<Self, Interface, Others...> {
public:
    std::vector<ULONG> ids_from_names(std::span<const object::PropName> names,
                                      bool create) override {
        return self().model_store().ids_from_names(names, create);
    }
    std::vector<std::optional<object::PropName>> names_from_ids(
        std::span<const ULONG> ids) override {
        return self().model_store().names_from_ids(ids);
    }
    std::vector<std::pair<ULONG, object::PropName>> all_names() override {
        return self().model_store().all_names();
    }

    /// The host's copy engine does it: streams, recipients, attachments, between any two providers.
    /// Errors: MAPI_E_DECLINE_COPY when it is the host that asks. Page: mapi/imapiprop-copyto.md
    STDMETHODIMP CopyTo(ULONG excluded_count, LPCIID excluded, SPropTagArray* excluded_tags,
                        ULONG_PTR ui_param, IMAPIProgress* progress, LPCIID iid, void* destination,
                        ULONG flags, SPropProblemArray** problems) noexcept override {
        return abi::guard("IMAPIProp::CopyTo", [&]() -> HRESULT {
            if ((flags & MAPI_DECLINE_OK) != 0) return MAPI_E_DECLINE_COPY;
            return self().required_support()->DoCopyTo(
                &abi::iid_of<Interface>(), primary(), excluded_count, excluded, excluded_tags,
                ui_param, progress, iid, destination, flags, problems);
        });
    }
    /// Errors: as CopyTo. Page: mapi/imapiprop-copyprops.md
    STDMETHODIMP CopyProps(SPropTagArray* tags, ULONG_PTR ui_param, IMAPIProgress* progress,
                           LPCIID iid, void* destination, ULONG flags,
                           SPropProblemArray** problems) noexcept override {
        return abi::guard("IMAPIProp::CopyProps", [&]() -> HRESULT {
            if ((flags & MAPI_DECLINE_OK) != 0) return MAPI_E_DECLINE_COPY;
            return self().required_support()->DoCopyProps(&abi::iid_of<Interface>(), primary(),
                                                          tags, ui_param, progress, iid,
                                                          destination, flags, problems);
        });
    }

private:
    Interface* primary() noexcept { return static_cast<Interface*>(this); }
    Self& self() noexcept { return static_cast<Self&>(*this); }
};

}  // namespace remapi::kit
