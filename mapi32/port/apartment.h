// SPDX-License-Identifier: LGPL-2.1-or-later
//
// COM's per-thread initialisation, which MAPIInitialize does for its caller on PE. Natively there
// is none.
#pragma once

#include <cstdint>

namespace remapi::port {

/// What came of entering an apartment: nothing to undo, to be undone by leave_apartment on the same
/// thread, or refused with the HRESULT in `code`.
struct ApartmentEntry {
    bool entered = false;
    std::int32_t code = 0;  ///< negative: COM refused; 0 otherwise
};

/// Whether calls to a thread's COM objects go through its message queue or come in on any thread.
enum class Apartment { SingleThreaded, MultiThreaded };

/// CoInitialize for the calling thread. A thread that is in another kind of apartment already is
/// fine as it is (quirk Q22).
ApartmentEntry enter_apartment(Apartment kind = Apartment::SingleThreaded) noexcept;
void leave_apartment() noexcept;

}  // namespace remapi::port
