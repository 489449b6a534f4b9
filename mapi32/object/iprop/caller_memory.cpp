// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/iprop/caller_memory.h"

namespace remapi::object {
namespace {

std::size_t bytes_of_name(const WCHAR* text) noexcept {
    return (std::char_traits<WCHAR>::length(text) + 1) * sizeof(WCHAR);
}

}  // namespace

void* CallerMemory::allocate(std::size_t bytes) const {
    void* block = nullptr;
    check(m_allocate(narrow_size(bytes), &block), "a caller's allocation routine");
    if (!block) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "a caller's allocation routine");
    return block;
}

void* CallerMemory::link(void* root, std::size_t bytes) const {
    void* block = nullptr;
    check(m_more(narrow_size(bytes), root, &block), "a caller's routine for linked memory");
    if (!block) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "a caller's routine for linked memory");
    return block;
}

SPropTagArray* CallerMemory::tags(std::span<const ULONG> tags) const {
    auto* const array = static_cast<SPropTagArray*>(
        allocate(offsetof(SPropTagArray, aulPropTag) + tags.size_bytes()));
    array->cValues = narrow_size(tags.size());
    if (!tags.empty()) std::memcpy(array->aulPropTag, tags.data(), tags.size_bytes());
    return array;
}

SPropProblemArray* CallerMemory::problems(const SPropProblemArray* problems) const {
    if (!problems) return nullptr;
    const std::size_t bytes =
        offsetof(SPropProblemArray, aProblem) + problems->cProblem * sizeof(SPropProblem);
    void* const copy = allocate(bytes);
    std::memcpy(copy, problems, bytes);
    return static_cast<SPropProblemArray*>(copy);
}

MAPINAMEID** CallerMemory::names(std::span<MAPINAMEID* const> names) const {
    void* const root = allocate(names.size_bytes());
    auto* const copies = static_cast<MAPINAMEID**>(root);
    try {
        for (std::size_t i = 0; i < names.size(); ++i) {
            copies[i] = nullptr;
            if (!names[i]) continue;
            const bool is_text = names[i]->ulKind == MNID_STRING;
            const std::size_t text = is_text ? bytes_of_name(names[i]->Kind.lpwstrName) : 0;
            auto* const block =
                static_cast<BYTE*>(link(root, sizeof(MAPINAMEID) + sizeof(GUID) + text));
            auto* const name = reinterpret_cast<MAPINAMEID*>(block);
            *name = *names[i];
            name->lpguid = reinterpret_cast<GUID*>(block + sizeof(MAPINAMEID));
            *name->lpguid = *names[i]->lpguid;
            if (is_text) {
                void* const at = block + sizeof(MAPINAMEID) + sizeof(GUID);
                std::memcpy(at, names[i]->Kind.lpwstrName, text);
                name->Kind.lpwstrName = static_cast<LPWSTR>(at);
            }
            copies[i] = name;
        }
    } catch (...) {
        free(root);
        throw;
    }
    return copies;
}

}  // namespace remapi::object
