// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/guard.h"
#include "format/one_off.h"
#include "object/props/abi_value.h"
#include "spi/support_object.h"
#include "text/text.h"

namespace remapi::spi {

// Page: mapi/imapisupport-createoneoff.md
STDMETHODIMP Support::CreateOneOff(LPTSTR name, LPTSTR type, LPTSTR address, ULONG flags,
                                   ULONG* bytes, LPENTRYID* entry) noexcept {
    return abi::guard("IMAPISupport::CreateOneOff", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::CreateOneOff");
        if (!type || !address || !bytes || !entry) return MAPI_E_INVALID_PARAMETER;
        *bytes = 0;
        *entry = nullptr;
        if ((flags & ~(MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        format::OneOff one_off;
        one_off.address_type = text::from_tstr(type, flags);
        one_off.email_address = text::from_tstr(address, flags);
        one_off.display_name = name ? text::from_tstr(name, flags) : one_off.email_address;
        one_off.unicode = (flags & MAPI_UNICODE) != 0;
        const bool internet = text::equal_ignoring_case(one_off.address_type, REMAPI_W("SMTP"));
        one_off.no_rich_info = internet || (flags & MAPI_SEND_NO_RICH_INFO) != 0;
        const Bytes encoded = format::encode_one_off(one_off);
        *entry = object::pack_entry_id(encoded);
        *bytes = narrow_size(encoded.size());
        return S_OK;
    });
}

// Page: mapi/imapisupport-compareentryids.md
STDMETHODIMP Support::CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                      LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return abi::guard("IMAPISupport::CompareEntryIDs", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store, ProviderKind::AddressBook)) {
            return lacking("IMAPISupport::CompareEntryIDs");
        }
        if (!same) return MAPI_E_INVALID_PARAMETER;
        *same = FALSE;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        return host()->session()->CompareEntryIDs(left_bytes, left, right_bytes, right, 0, same);
    });
}

// Page: mapi/imapisupport-opentemplateid.md. No provider of this session takes foreign templates.
STDMETHODIMP Support::OpenTemplateID(ULONG, LPENTRYID, ULONG, LPMAPIPROP, LPCIID, LPMAPIPROP* bound,
                                     LPMAPIPROP) noexcept {
    if (!serves(ProviderKind::AddressBook)) return lacking("IMAPISupport::OpenTemplateID");
    if (!bound) return MAPI_E_INVALID_PARAMETER;
    *bound = nullptr;
    return MAPI_E_UNKNOWN_ENTRYID;
}

// Page: mapi/imapisupport-openentry.md
STDMETHODIMP Support::OpenEntry(ULONG bytes, LPENTRYID entry, LPCIID iid, ULONG flags, ULONG* type,
                                LPUNKNOWN* object) noexcept {
    return abi::guard("IMAPISupport::OpenEntry", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::OpenEntry");
        if (!object || !entry || bytes == 0) return MAPI_E_INVALID_PARAMETER;
        *object = nullptr;
        ULONG opened = 0;
        const HRESULT hr = host()->session()->OpenEntry(bytes, entry, iid, flags, &opened, object);
        if (SUCCEEDED(hr) && type) *type = opened;
        return hr;
    });
}

// Page: mapi/imapisupport-getoneofftable.md. Templates come with the dialogs that show them.
STDMETHODIMP Support::GetOneOffTable(ULONG, LPMAPITABLE* table) noexcept {
    if (table) *table = nullptr;
    return lacking("IMAPISupport::GetOneOffTable");
}

// Page: mapi/imapisupport-address.md
STDMETHODIMP Support::Address(ULONG_PTR* ui_param, LPADRPARM parameters, LPADRLIST* list) noexcept {
    return abi::guard("IMAPISupport::Address", [&]() -> HRESULT {
        if (!serves(ProviderKind::AddressBook)) return lacking("IMAPISupport::Address");
        return host()->address_book()->Address(ui_param, parameters, list);
    });
}

// Page: mapi/imapisupport-details.md
STDMETHODIMP Support::Details(ULONG_PTR* ui_param, LPFNDISMISS dismiss, LPVOID dismiss_context,
                              ULONG bytes, LPENTRYID entry, LPFNBUTTON button,
                              LPVOID button_context, LPTSTR button_text, ULONG flags) noexcept {
    return abi::guard("IMAPISupport::Details", [&]() -> HRESULT {
        if (!serves(ProviderKind::AddressBook)) return lacking("IMAPISupport::Details");
        return host()->address_book()->Details(ui_param, dismiss, dismiss_context, bytes, entry,
                                               button, button_context, button_text, flags);
    });
}

// Page: mapi/imapisupport-newentry.md
STDMETHODIMP Support::NewEntry(ULONG_PTR ui_param, ULONG flags, ULONG container_bytes,
                               LPENTRYID container, ULONG template_bytes, LPENTRYID entry_template,
                               ULONG* entry_bytes, LPENTRYID* entry) noexcept {
    return abi::guard("IMAPISupport::NewEntry", [&]() -> HRESULT {
        if (!serves(ProviderKind::AddressBook)) return lacking("IMAPISupport::NewEntry");
        return host()->address_book()->NewEntry(ui_param, flags, container_bytes, container,
                                                template_bytes, entry_template, entry_bytes, entry);
    });
}

// Page: mapi/imapisupport-openaddressbook.md
STDMETHODIMP Support::OpenAddressBook(LPCIID iid, ULONG flags, LPADRBOOK* book) noexcept {
    return abi::guard("IMAPISupport::OpenAddressBook", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::OpenAddressBook");
        if (!book) return MAPI_E_INVALID_PARAMETER;
        *book = nullptr;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (iid && !IsEqualGUID(*iid, IID_IAddrBook)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        *book = host()->address_book().detach();
        return S_OK;
    });
}

}  // namespace remapi::spi
