// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property objects in memory.
#include "abi/guard.h"
#include "object/iprop/prop_data.h"
#include "port/module.h"

/// Makes an object with properties in memory.
/// @param iid       IID_IMAPIPropData or null
/// @param allocate  with `more` and `free`: what everything that the object gives out comes from;
///                  MAPI's own or a provider's host's
/// @param reserved  null
/// @param object    [out] released by the caller
/// Errors: MAPI_E_INTERFACE_NOT_SUPPORTED for another interface; MAPI_E_INVALID_PARAMETER for a
/// routine or `object` missing, or something reserved. Page: mapi/createiprop.md
extern "C" SCODE WINAPI CreateIProp(LPCIID iid, ALLOCATEBUFFER* allocate, ALLOCATEMORE* more,
                                    FREEBUFFER* free, LPVOID reserved, LPPROPDATA* object) {
    return remapi::abi::guard("CreateIProp", [&]() -> HRESULT {
        if (!object) return MAPI_E_INVALID_PARAMETER;
        *object = nullptr;
        if (!allocate || !more || !free || reserved) return MAPI_E_INVALID_PARAMETER;
        remapi::port::pin_own_module();  // the object may outlive the caller's reference to us
        *object = remapi::object::create_prop_data(iid, {allocate, more, free}).detach();
        return S_OK;
    });
}
