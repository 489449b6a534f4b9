// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/task_memory.h"

#include <cstring>

#include "abi/error.h"

namespace remapi::object {

LPOLESTR task_text(StringView text) {
    if (text.empty()) return nullptr;
    auto* const copy = static_cast<LPOLESTR>(task_allocate((text.size() + 1) * sizeof(WideChar)));
    if (!copy) throw Error(STG_E_INSUFFICIENTMEMORY, "handing out a name");
    std::memcpy(copy, text.data(), text.size() * sizeof(WideChar));
    copy[text.size()] = 0;
    return copy;
}

}  // namespace remapi::object
