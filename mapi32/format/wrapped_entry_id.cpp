// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/wrapped_entry_id.h"

#include "format/entry_id.h"

namespace remapi::format {
namespace {

constexpr std::size_t kIdAlignment = 4;  // of the private identifier within the wrapper

constexpr std::size_t padding_after(std::size_t size) noexcept {
    return (kIdAlignment - size % kIdAlignment) % kIdAlignment;
}

}  // namespace

Bytes wrap_store_entry_id(std::string_view dll_name, BytesView private_id) {
    if (private_id.size() < kEntryIdFlagBytes) {
        throw Error(MAPI_E_INVALID_ENTRYID, "wrapping a store entry id under 4 bytes");
    }
    Writer writer;
    writer.bytes(private_id.first(kEntryIdFlagBytes));
    writer.bytes(view_bytes(kStoreWrapUid));
    writer.u8(0);  // version
    writer.u8(0);  // flag
    writer.text8(dll_name);
    for (std::size_t i = padding_after(writer.size()); i > 0; --i) writer.u8(0);
    writer.bytes(private_id);
    return writer.take();
}

std::optional<WrappedStoreId> unwrap_store_entry_id(BytesView entry_id) {
    if (!is_wrapped_store_id(entry_id)) return std::nullopt;
    Reader reader(entry_id_rest(entry_id));
    const std::uint8_t version = reader.u8();
    reader.u8();  // flag: nothing depends on it
    const std::string_view name = reader.text8();
    reader.bytes(padding_after(entry_id.size() - reader.rest().size()));
    if (version != 0 || reader.failed() || reader.rest().size() < kEntryIdFlagBytes)
        return std::nullopt;

    WrappedStoreId wrapped;
    std::memcpy(wrapped.flags, entry_id.data(), sizeof wrapped.flags);
    wrapped.dll_name = name;
    wrapped.private_id = to_bytes(reader.rest());
    return wrapped;
}

bool is_wrapped_store_id(BytesView entry_id) noexcept {
    return entry_id_has_uid(entry_id, kStoreWrapUid);
}

}  // namespace remapi::format
