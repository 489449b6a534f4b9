// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/apartment.h"

namespace remapi::port {

ApartmentEntry enter_apartment(Apartment) noexcept {
    return {};
}

void leave_apartment() noexcept {}

}  // namespace remapi::port
