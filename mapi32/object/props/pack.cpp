// SPDX-License-Identifier: LGPL-2.1-or-later
//
// PropValue -> SPropValue. A Room first only counts what is taken from it, then hands out real
// memory: the same code walks the values both times, so the two cannot disagree.
#include "format/dates.h"
#include "object/props/abi_value.h"
#include "text/text.h"

namespace remapi::object {
namespace {

constexpr std::size_t kAlignment = 8;  // enough for every type in the SPropValue union

constexpr std::size_t aligned(std::size_t size) noexcept {
    return (size + kAlignment - 1) & ~(kAlignment - 1);
}

/// Bytes handed out one after another; without a block it only counts them.
class Room {
public:
    explicit Room(std::uint8_t* block = nullptr) noexcept : m_block(block) {}

    /// Null while counting.
    template <class T>
    T* take(std::size_t count) {
        const std::size_t bytes = aligned(memory::array_bytes(count, sizeof(T)));
        if (bytes > 0xFFFFFFFFu - m_used)
            throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "values over 4 GiB");
        T* taken = m_block ? reinterpret_cast<T*>(m_block + m_used) : nullptr;
        m_used += bytes;
        return taken;
    }
    template <class Char>
    Char* take_text(std::basic_string_view<Char> text) {
        Char* copy = take<Char>(text.size() + 1);
        if (!copy) return nullptr;
        std::memcpy(copy, text.data(), text.size() * sizeof(Char));
        copy[text.size()] = Char{0};
        return copy;
    }
    BYTE* take_bytes(const Bytes& bytes) {
        BYTE* copy = take<BYTE>(bytes.size());
        if (copy && !bytes.empty()) std::memcpy(copy, bytes.data(), bytes.size());
        return copy;
    }
    std::size_t used() const noexcept { return m_used; }

private:
    std::uint8_t* m_block;
    std::size_t m_used = 0;
};

template <class To, class From, class Convert>
To* put_array(Room& room, const std::vector<From>& values, Convert convert) {
    To* elements = room.take<To>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        To element = convert(values[i]);
        if (elements) elements[i] = element;
    }
    return elements;
}

template <class To, class From>
To* put_array(Room& room, const std::vector<From>& values) {
    return put_array<To>(room, values, [](const From& value) { return static_cast<To>(value); });
}

CURRENCY currency(std::int64_t number) noexcept {
    CURRENCY value;
    value.int64 = number;
    return value;
}

LARGE_INTEGER large_integer(std::int64_t number) noexcept {
    LARGE_INTEGER value;
    value.QuadPart = number;
    return value;
}

/// Puts one value; `out` may lie on the stack while counting.
class Packer {
public:
    Packer(Room& room, SPropValue& out, ULONG tag, UINT code_page) noexcept
        : m_room(room), m_out(out), m_type(PROP_TYPE(tag)), m_code_page(code_page) {
        m_out.ulPropTag = tag;
    }

    void operator()(std::monostate) const {}
    void operator()(std::int16_t value) const { m_out.Value.i = value; }
    void operator()(std::int32_t value) const { m_out.Value.l = value; }
    void operator()(float value) const { m_out.Value.flt = value; }
    void operator()(double value) const { m_out.Value.dbl = value; }
    void operator()(std::int64_t value) const { m_out.Value.li.QuadPart = value; }
    void operator()(std::uint64_t value) const { m_out.Value.ft = format::file_time_struct(value); }
    void operator()(bool value) const { m_out.Value.b = value ? 1 : 0; }
    void operator()(const GUID& value) const {
        m_out.Value.lpguid = m_room.take<GUID>(1);
        if (m_out.Value.lpguid) *m_out.Value.lpguid = value;
    }
    void operator()(const String& value) const {
        if (m_type == PT_UNICODE) {
            m_out.Value.lpszW = m_room.take_text<WCHAR>(value);
        } else {
            m_out.Value.lpszA = m_room.take_text<char>(text::to_ansi(value, m_code_page));
        }
    }
    void operator()(const Bytes& value) const {
        m_out.Value.bin = {narrow_size(value.size()), m_room.take_bytes(value)};
    }
    void operator()(const std::vector<std::int16_t>& values) const {
        m_out.Value.MVi = {narrow_size(values.size()), put_array<short>(m_room, values)};
    }
    void operator()(const std::vector<std::int32_t>& values) const {
        m_out.Value.MVl = {narrow_size(values.size()), put_array<LONG>(m_room, values)};
    }
    void operator()(const std::vector<float>& values) const {
        m_out.Value.MVflt = {narrow_size(values.size()), put_array<float>(m_room, values)};
    }
    void operator()(const std::vector<double>& values) const {
        m_out.Value.MVdbl = {narrow_size(values.size()), put_array<double>(m_room, values)};
    }
    void operator()(const std::vector<std::int64_t>& values) const {
        if (m_type == PT_MV_CURRENCY) {
            m_out.Value.MVcur = {narrow_size(values.size()),
                                 put_array<CURRENCY>(m_room, values, currency)};
        } else {
            m_out.Value.MVli = {narrow_size(values.size()),
                                put_array<LARGE_INTEGER>(m_room, values, large_integer)};
        }
    }
    void operator()(const std::vector<std::uint64_t>& values) const {
        m_out.Value.MVft = {narrow_size(values.size()),
                            put_array<FILETIME>(m_room, values, format::file_time_struct)};
    }
    void operator()(const std::vector<GUID>& values) const {
        m_out.Value.MVguid = {narrow_size(values.size()), put_array<GUID>(m_room, values)};
    }
    void operator()(const std::vector<String>& values) const {
        if (m_type == PT_MV_UNICODE) {
            m_out.Value.MVszW = {narrow_size(values.size()),
                                 put_array<LPWSTR>(m_room, values, [this](const String& text) {
                                     return m_room.take_text<WCHAR>(text);
                                 })};
        } else {
            m_out.Value.MVszA = {
                narrow_size(values.size()),
                put_array<LPSTR>(m_room, values, [this](const String& text) {
                    return m_room.take_text<char>(text::to_ansi(text, m_code_page));
                })};
        }
    }
    void operator()(const std::vector<Bytes>& values) const {
        m_out.Value.MVbin = {
            narrow_size(values.size()),
            put_array<SBinary>(m_room, values, [this](const Bytes& bytes) {
                return SBinary{narrow_size(bytes.size()), m_room.take_bytes(bytes)};
            })};
    }

private:
    Room& m_room;
    SPropValue& m_out;
    ULONG m_type;
    UINT m_code_page;
};

void put_value(Room& room, const PropValue& value, SPropValue& out, UINT code_page) {
    std::visit(Packer(room, out, value.tag(), code_page), value.data());
}

std::size_t measure(std::span<const PropValue> values, UINT code_page) {
    Room counter;
    for (const PropValue& value : values) {
        SPropValue ignored = {};
        put_value(counter, value, ignored, code_page);
    }
    return counter.used();
}

void put_values(Room& room, std::span<const PropValue> values, SPropValue* out, UINT code_page) {
    for (std::size_t i = 0; i < values.size(); ++i) put_value(room, values[i], out[i], code_page);
}

}  // namespace

Buffer<SPropValue> pack(std::span<const PropValue> values, UINT code_page) {
    if (values.empty()) return {};
    const std::size_t array = aligned(memory::array_bytes(values.size(), sizeof(SPropValue)));
    auto block = Buffer<SPropValue>::allocate_bytes(array + measure(values, code_page));
    Room room(reinterpret_cast<std::uint8_t*>(block.get()) + array);
    put_values(room, values, block.get(), code_page);
    return block;
}

Buffer<SPropValue> pack(const PropValue& value, UINT code_page) {
    return pack(std::span(&value, 1), code_page);
}

void pack_into(SPropValue* out, std::span<const PropValue> values, void* root, UINT code_page) {
    const std::size_t bytes = measure(values, code_page);
    void* block = bytes == 0 ? nullptr : Buffer<BYTE>::link_to(root, bytes);
    // A counting Room hands out nothing, which is right when there is nothing to hand out.
    Room room(static_cast<std::uint8_t*>(block));
    put_values(room, values, out, code_page);
}

RowSet pack_rows(std::span<const std::vector<PropValue>> rows, UINT code_page) {
    RowSet set = RowSet::allocate(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        set[i].lpProps = pack(rows[i], code_page).release();
        set[i].cValues = narrow_size(rows[i].size());
    }
    return set;
}

ADRLIST* pack_address_list(std::span<const std::vector<PropValue>> entries, UINT code_page) {
    // The two structures are laid out alike by definition, so that each can be used as the other.
    // Page: mapi/adrlist.md
    static_assert(sizeof(ADRLIST) == sizeof(SRowSet) && sizeof(ADRENTRY) == sizeof(SRow));
    return reinterpret_cast<ADRLIST*>(pack_rows(entries, code_page).release());
}

ENTRYID* pack_entry_id(BytesView bytes) {
    if (bytes.empty()) return nullptr;
    auto block = Buffer<ENTRYID>::allocate_bytes(bytes.size());
    std::memcpy(block.get(), bytes.data(), bytes.size());
    return block.release();
}

ENTRYID* pack_entry_id(BytesView bytes, void* root) {
    if (bytes.empty()) return nullptr;
    void* copy = Buffer<ENTRYID>::link_to(root, bytes.size());
    std::memcpy(copy, bytes.data(), bytes.size());
    return static_cast<ENTRYID*>(copy);
}

LPTSTR pack_text(StringView text, ULONG flags) {
    if ((flags & MAPI_UNICODE) != 0) {
        auto block = Buffer<WCHAR>::allocate(text.size() + 1);
        std::memcpy(block.get(), text.data(), text.size() * sizeof(WCHAR));
        return reinterpret_cast<LPTSTR>(block.release());
    }
    const std::string ansi = text::to_ansi(text);
    auto block = Buffer<char>::allocate(ansi.size() + 1);
    std::memcpy(block.get(), ansi.data(), ansi.size());
    return reinterpret_cast<LPTSTR>(block.release());
}

void put_problems(std::span<const Problem> problems, SPropProblemArray** out) {
    if (!out) return;
    *out = nullptr;
    if (problems.empty()) return;
    const std::size_t bytes =
        offsetof(SPropProblemArray, aProblem) +
        std::size_t{memory::array_bytes(problems.size(), sizeof(SPropProblem))};
    auto block = Buffer<SPropProblemArray>::allocate_bytes(bytes);
    block->cProblem = narrow_size(problems.size());
    for (std::size_t i = 0; i < problems.size(); ++i) {
        block->aProblem[i] = {problems[i].index, problems[i].tag, problems[i].code};
    }
    *out = block.release();
}

}  // namespace remapi::object
