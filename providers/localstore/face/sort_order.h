// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <vector>

#include "format/bytes.h"

namespace remapi::localstore {

/// A sort order as a folder keeps it, and back. FORMAT.md has the layout.
class SortOrder {
public:
    /// What a folder keeps; empty: none. Errors: MAPI_E_CORRUPT_DATA.
    explicit SortOrder(BytesView kept);
    /// What a client wants it to keep. Errors: MAPI_E_INVALID_PARAMETER for counts that contradict
    /// each other or an order that is none.
    explicit SortOrder(const SSortOrderSet& order);

    /// Null when there is none.
    SSortOrderSet* get() const noexcept { return m_words.empty() ? nullptr : set(); }
    Bytes kept() const;

private:
    SSortOrderSet* set() const noexcept;
    void reserve(ULONG sorts);

    mutable std::vector<ULONG> m_words;  ///< memory of the structure, aligned for it
};

}  // namespace remapi::localstore
