// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/apartment.h"

#include <windows.h>
// order matters: the base types come first
#include <objbase.h>

namespace remapi::port {

ApartmentEntry enter_apartment(Apartment kind) noexcept {
    const HRESULT result =
        CoInitializeEx(nullptr, kind == Apartment::SingleThreaded ? COINIT_APARTMENTTHREADED
                                                                  : COINIT_MULTITHREADED);
    if (SUCCEEDED(result)) return {true, 0};
    return {false, result == RPC_E_CHANGED_MODE ? 0 : static_cast<std::int32_t>(result)};
}

void leave_apartment() noexcept {
    CoUninitialize();
}

}  // namespace remapi::port
