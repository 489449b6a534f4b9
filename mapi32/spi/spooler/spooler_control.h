// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How the spooler program stops a RunQueue that runs on another of its threads.
#pragma once

#include "abi/mapi.h"

namespace remapi::spi {

/// Asked for at an IRemapiSpooler with QueryInterface. {7C1F4E53-3B7D-4C0A-9A56-52454D415049}
struct IRemapiSpoolerControl : IUnknown {
    /// Lets RunQueue end after the message in hand, now and in later calls. Any thread.
    virtual HRESULT STDMETHODCALLTYPE Stop() = 0;
};

constexpr GUID kIidRemapiSpoolerControl = {
    0x7C1F4E53, 0x3B7D, 0x4C0A, {0x9A, 0x56, 0x52, 0x45, 0x4D, 0x41, 0x50, 0x49}};

}  // namespace remapi::spi
