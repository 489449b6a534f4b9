// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Reading properties and tables.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

#include "com/ptr.h"
#include "memory/buffer.h"
#include "port/wide.h"

namespace remapi::tool {

/// Borrowed values of one object or one row. What an object does not have is in there as PT_ERROR
/// and counts as absent.
class Values {
public:
    Values(const SPropValue* values, ULONG count) : m_values(values), m_count(count) {}
    explicit Values(const SRow& row) : Values(row.lpProps, row.cValues) {}

    /// The value with exactly that tag, null if there is none.
    const SPropValue* find(ULONG tag) const noexcept;
    /// PT_UNICODE; empty when absent.
    String text(ULONG tag) const;
    /// PT_LONG.
    std::uint32_t number(ULONG tag, std::uint32_t fallback = 0) const noexcept;
    /// PT_BOOLEAN; false when absent.
    bool truth(ULONG tag) const noexcept;
    /// PT_SYSTIME in 100 ns since 1601 UTC; 0 when absent.
    std::uint64_t time(ULONG tag) const noexcept;
    /// PT_BINARY; empty when absent.
    std::string bytes(ULONG tag) const;

private:
    const SPropValue* m_values;
    ULONG m_count;
};

/// Values of an object, owned.
class OwnedValues {
public:
    /// Throws Failure(Failed) when the object answers with an error.
    OwnedValues(IMAPIProp& object, std::initializer_list<ULONG> tags, const std::string& what);
    const Values& operator*() const noexcept { return m_view; }
    const Values* operator->() const noexcept { return &m_view; }

private:
    Buffer<SPropValue> m_values;
    Values m_view{nullptr, 0};
};

/// Calls `row` for each row of `table` with the columns `tags`, in the table's order.
void for_each_row(IMAPITable& table, std::initializer_list<ULONG> tags,
                  const std::function<void(const Values&)>& row);

/// A text property of any length: the value itself, or read through a stream when the object only
/// offers that. Empty when absent.
String long_text(IMAPIProp& object, ULONG tag);

/// Where the entry identifier in `bytes` starts, for calls that take one.
inline LPENTRYID entry_id(const std::string& bytes) noexcept {
    return bytes.empty() ? nullptr : reinterpret_cast<LPENTRYID>(const_cast<char*>(bytes.data()));
}
inline ULONG entry_id_size(const std::string& bytes) noexcept {
    return static_cast<ULONG>(bytes.size());
}

/// `text` as the LPTSTR of a call with MAPI_UNICODE.
inline LPTSTR tstr(const String& text) noexcept {
    return reinterpret_cast<LPTSTR>(const_cast<WideChar*>(text.c_str()));
}

}  // namespace remapi::tool
