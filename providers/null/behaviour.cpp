// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/null/behaviour.h"

#include <stdlib.h>
#include <unistd.h>

#include <cfenv>
#include <stdexcept>

#include "memory/buffer.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"

namespace remapi::null_provider {
namespace {

LONG asked_answer(IMAPISupport* support) {
    com::Ptr<IProfSect> section;
    if (FAILED(support->OpenProfileSection(nullptr, 0, section.put()))) return S_OK;
    const object::TagArray wanted{kTagLogonAnswer};
    ULONG count = 0;
    Buffer<SPropValue> values;
    if (FAILED(section->GetProps(wanted.get(), 0, &count, values.put())) || count != 1) return S_OK;
    return values[0].ulPropTag == kTagLogonAnswer ? values[0].Value.l : S_OK;
}

void fault() {
    volatile int* volatile nowhere = nullptr;
    *nowhere = 1;
}

void stray() {
    const char* const mark = getenv("REMAPI_STRAYED_AT");
    if (chdir("..") == 0 && mark)
        *reinterpret_cast<bool*>(static_cast<std::uintptr_t>(strtoull(mark, nullptr, 16))) = true;
    std::fesetround(FE_TOWARDZERO);  // of both units, x87 and SSE, where there are two
}

MAPIERROR* refusal(ULONG flags) {
    auto error = Buffer<MAPIERROR>::allocate();
    error->ulVersion = MAPI_ERROR_VERSION;
    const String text(std::begin(kRefusal), std::end(kRefusal) - 1);
    if ((flags & MAPI_UNICODE) != 0) {
        error->lpszError = reinterpret_cast<LPTSTR>(error.link_text<WideChar>(text));
    } else {
        error->lpszError = reinterpret_cast<LPTSTR>(error.link_text<char>(kRefusal));
    }
    return error.release();
}

}  // namespace

HRESULT behave(IMAPISupport* support, ULONG flags, MAPIERROR** error) {
    const LONG answer = asked_answer(support);
    if (answer == kFault) fault();
    if (answer == kThrow) throw std::runtime_error(kRefusal);
    if (answer == kStray) stray();
    if (FAILED(answer) && error) *error = refusal(flags);
    return FAILED(answer) ? answer : S_OK;
}

}  // namespace remapi::null_provider
