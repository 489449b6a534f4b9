// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Entry identifiers as text, wrapped, and joined with their store; conversation indexes; UIDs.
#include <algorithm>
#include <cstring>

#include "abi/guard.h"
#include "format/compound_entry_id.h"
#include "format/conversation_index.h"
#include "format/encoded_id.h"
#include "format/entry_id.h"
#include "format/guid.h"
#include "format/hex.h"
#include "format/wrapped_entry_id.h"
#include "memory/buffer.h"
#include "object/props/abi_value.h"
#include "object/util/entry_id_calls.h"
#include "port/clock.h"
#include "port/random.h"
#include "text/text.h"

namespace format = remapi::format;
namespace object = remapi::object;
using remapi::Buffer;
using remapi::Bytes;
using remapi::BytesView;
using remapi::check;
using remapi::Error;
using remapi::abi::guard;

namespace {

/// An entry identifier of the caller's. Throws Error(MAPI_E_INVALID_PARAMETER) when there is none.
BytesView given(ULONG size, const void* bytes) {
    if (!bytes || size == 0) throw Error(MAPI_E_INVALID_PARAMETER, "no entry id");
    return remapi::view_bytes(bytes, size);
}

/// The identifier's digits in a block of the caller's.
LPTSTR digits_block(BytesView entry_id) {
    constexpr std::size_t kMost = (0xFFFFFFFFu - 1) / 2;
    if (entry_id.size() > kMost) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "a text over 4 GiB");
    auto digits = Buffer<char>::allocate(entry_id.size() * 2 + 1);
    format::write_hex(entry_id, digits.get());
    return reinterpret_cast<LPTSTR>(digits.release());
}

/// The identifier that a text of digits spells.
Bytes from_digits(LPCTSTR digits) {
    auto bytes = format::bytes_from_hex(reinterpret_cast<const char*>(digits));
    if (!bytes || bytes->empty()) throw Error(MAPI_E_INVALID_ENTRYID, "no digits of an entry id");
    return std::move(*bytes);
}

/// What HrComposeEID answers: without a store the identifier alone.
Bytes composed(ULONG key_size, LPBYTE key, ULONG entry_size, LPENTRYID entry) {
    const BytesView entry_id = given(entry_size, entry);
    if (key_size == 0) return remapi::to_bytes(entry_id);
    return format::compose_entry_id(given(key_size, key), entry_id);
}

/// Both results of HrDecomposeEID and HrDecomposeMsgID.
struct Decomposed {
    ULONG* store_size;
    LPENTRYID* store;
    ULONG* entry_size;
    LPENTRYID* entry;

    bool complete() const noexcept { return store_size && store && entry_size && entry; }
    void clear() const noexcept {
        *store_size = *entry_size = 0;
        *store = *entry = nullptr;
    }
    void fill(IMAPISession* session, BytesView entry_id) const {
        const auto parts = format::decompose_entry_id(entry_id);
        Buffer<ENTRYID> store_block;
        Bytes store_id;
        if (parts) {
            if (!session) throw Error(MAPI_E_INVALID_PARAMETER, "no session to look for the store");
            store_id = object::store_with_record_key(*session, parts->store_key);
            store_block = Buffer<ENTRYID>::attach(object::pack_entry_id(store_id));
        }
        const BytesView object_id = parts ? parts->entry_id : entry_id;
        *entry = object::pack_entry_id(object_id);
        *entry_size = remapi::narrow_size(object_id.size());
        *store = store_block.release();
        *store_size = remapi::narrow_size(store_id.size());
    }
};

}  // namespace

extern "C" {

/// Wraps the entry identifier of a message store, so that it can be opened without its profile.
/// @param flags     MAPI_UNICODE: `dll_name` is UTF-16
/// @param dll_name  the provider's module as registered, without the "32"
/// @param wrapped   [out] freed by the caller with MAPIFreeBuffer
/// Errors: MAPI_E_UNKNOWN_FLAGS; MAPI_E_INVALID_PARAMETER without a name, an identifier or a place
/// for the result; MAPI_E_INVALID_ENTRYID for one under 4 bytes. Page: mapi/wrapstoreentryid.md
HRESULT WINAPI WrapStoreEntryID(ULONG flags, LPTSTR dll_name, ULONG size, LPENTRYID entry,
                                ULONG* wrapped_size, LPENTRYID* wrapped) {
    return guard("WrapStoreEntryID", [&]() -> HRESULT {
        if (!wrapped_size || !wrapped) return MAPI_E_INVALID_PARAMETER;
        *wrapped_size = 0;
        *wrapped = nullptr;
        if ((flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (!dll_name) return MAPI_E_INVALID_PARAMETER;
        const BytesView entry_id = given(size, entry);
        const std::string name = remapi::text::to_ansi(remapi::text::from_tstr(dll_name, flags));
        const Bytes result = format::wrap_store_entry_id(name, entry_id);
        *wrapped = object::pack_entry_id(result);
        *wrapped_size = remapi::narrow_size(result.size());
        return S_OK;
    });
}

/// An entry identifier as text: two hexadecimal digits for each byte.
/// @param digits  [out] freed by the caller with MAPIFreeBuffer
/// Errors: MAPI_E_INVALID_PARAMETER without an identifier or `digits`; MAPI_E_NOT_ENOUGH_MEMORY.
/// Page: mapi/hrszfromentryid.md
HRESULT WINAPI HrSzFromEntryID(ULONG size, LPENTRYID entry, LPTSTR* digits) {
    return guard("HrSzFromEntryID", [&]() -> HRESULT {
        if (!digits) return MAPI_E_INVALID_PARAMETER;
        *digits = nullptr;
        *digits = digits_block(given(size, entry));
        return S_OK;
    });
}

/// The entry identifier that a text of hexadecimal digits spells.
/// @param entry  [out] freed by the caller with MAPIFreeBuffer
/// Errors: MAPI_E_INVALID_PARAMETER without a text or a place for the result;
/// MAPI_E_INVALID_ENTRYID. Page: mapi/hrentryidfromsz.md
HRESULT WINAPI HrEntryIDFromSz(LPTSTR digits, ULONG* size, LPENTRYID* entry) {
    return guard("HrEntryIDFromSz", [&]() -> HRESULT {
        if (!size || !entry) return MAPI_E_INVALID_PARAMETER;
        *size = 0;
        *entry = nullptr;
        if (!digits) return MAPI_E_INVALID_PARAMETER;
        const Bytes entry_id = from_digits(digits);
        *entry = object::pack_entry_id(entry_id);
        *size = remapi::narrow_size(entry_id.size());
        return S_OK;
    });
}

/// The conversation index of a reply to the message with the index `parent`, or of a new thread.
/// @param parent  null when `parent_size` is 0. What is no index starts a new thread too
/// @param index   [out] freed by the caller with MAPIFreeBuffer
/// Errors: MAPI_E_INVALID_PARAMETER; MAPI_E_CALL_FAILED without a source of randomness.
/// Page: mapi/sccreateconversationindex.md
SCODE WINAPI ScCreateConversationIndex(ULONG parent_size, LPBYTE parent, ULONG* index_size,
                                       LPBYTE* index) {
    return guard("ScCreateConversationIndex", [&]() -> HRESULT {
        if (!index_size || !index) return MAPI_E_INVALID_PARAMETER;
        *index_size = 0;
        *index = nullptr;
        if (parent_size > 0 && !parent) return MAPI_E_INVALID_PARAMETER;
        std::uint8_t random = 0;
        if (!remapi::port::random_bytes(&random, sizeof random)) return MAPI_E_CALL_FAILED;
        const Bytes result = format::reply_to_conversation(remapi::view_bytes(parent, parent_size),
                                                           remapi::port::file_time_now(), random,
                                                           format::new_guid());
        *index = reinterpret_cast<LPBYTE>(object::pack_entry_id(result));
        *index_size = remapi::narrow_size(result.size());
        return S_OK;
    });
}

/// A new unique identifier. Undocumented.
/// Errors: MAPI_E_INVALID_PARAMETER without `uid`; MAPI_E_CALL_FAILED without a source of
/// randomness.
SCODE WINAPI ScGenerateMuid(LPMAPIUID uid) {
    return guard("ScGenerateMuid", [&]() -> HRESULT {
        if (!uid) return MAPI_E_INVALID_PARAMETER;
        *uid = format::new_uid();
        return S_OK;
    });
}

/// Joins an object's entry identifier with the record key of its store.
/// @param key    none when `key_size` is 0: the result is a copy of the object's identifier
/// @param whole  [out] freed by the caller with MAPIFreeBuffer
/// Errors: MAPI_E_INVALID_PARAMETER; MAPI_E_INVALID_ENTRYID for one under 4 bytes.
/// Page: mapi/hrcomposeeid.md
HRESULT WINAPI HrComposeEID(LPMAPISESSION, ULONG key_size, LPBYTE key, ULONG entry_size,
                            LPENTRYID entry, ULONG* whole_size, LPENTRYID* whole) {
    return guard("HrComposeEID", [&]() -> HRESULT {
        if (!whole_size || !whole) return MAPI_E_INVALID_PARAMETER;
        *whole_size = 0;
        *whole = nullptr;
        const Bytes result = composed(key_size, key, entry_size, entry);
        *whole = object::pack_entry_id(result);
        *whole_size = remapi::narrow_size(result.size());
        return S_OK;
    });
}

/// Takes what HrComposeEID made apart and frees it with MAPIFreeBuffer when that succeeds. Any
/// other identifier is copied.
/// @param session  knows the stores; needed for a compound identifier only
/// @param store    [out] the store's entry identifier, or null; freed by the caller
/// @param object   [out] the object's; freed by the caller
/// Errors: MAPI_E_INVALID_PARAMETER; MAPI_E_NOT_FOUND when the session knows no such store.
/// Page: mapi/hrdecomposeeid.md
HRESULT WINAPI HrDecomposeEID(LPMAPISESSION session, ULONG size, LPENTRYID whole, ULONG* store_size,
                              LPENTRYID* store, ULONG* object_size, LPENTRYID* object) {
    return guard("HrDecomposeEID", [&]() -> HRESULT {
        const Decomposed result = {store_size, store, object_size, object};
        if (!result.complete()) return MAPI_E_INVALID_PARAMETER;
        result.clear();
        result.fill(session, given(size, whole));
        remapi::memory::free_buffer(whole);
        return S_OK;
    });
}

/// HrComposeEID, then HrSzFromEntryID.
/// @param digits  [out] freed by the caller with MAPIFreeBuffer
/// Errors: those of both. Page: mapi/hrcomposemsgid.md
HRESULT WINAPI HrComposeMsgID(LPMAPISESSION, ULONG key_size, LPBYTE key, ULONG entry_size,
                              LPENTRYID entry, LPTSTR* digits) {
    return guard("HrComposeMsgID", [&]() -> HRESULT {
        if (!digits) return MAPI_E_INVALID_PARAMETER;
        *digits = nullptr;
        *digits = digits_block(composed(key_size, key, entry_size, entry));
        return S_OK;
    });
}

/// HrEntryIDFromSz, then HrDecomposeEID.
/// Errors: those of both. Page: mapi/hrdecomposemsgid.md
HRESULT WINAPI HrDecomposeMsgID(LPMAPISESSION session, LPTSTR digits, ULONG* store_size,
                                LPENTRYID* store, ULONG* object_size, LPENTRYID* object) {
    return guard("HrDecomposeMsgID", [&]() -> HRESULT {
        const Decomposed result = {store_size, store, object_size, object};
        if (!result.complete()) return MAPI_E_INVALID_PARAMETER;
        result.clear();
        if (!digits) return MAPI_E_INVALID_PARAMETER;
        result.fill(session, from_digits(digits));
        return S_OK;
    });
}

/// Writes an identifier in its short text form, with a terminating zero. Undocumented.
/// @param out  CchOfEncoding(size) characters
void WINAPI EncodeID(LPBYTE bytes, ULONG size, LPSTR out) {
    guard("EncodeID", [&]() -> HRESULT {
        if (!out) return MAPI_E_INVALID_PARAMETER;
        *out = 0;
        const std::string text = format::encode_id(remapi::view_bytes(bytes, size));
        std::memcpy(out, text.c_str(), text.size() + 1);
        return S_OK;
    });
}

/// Reads what EncodeID wrote. Answers FALSE for anything else. Undocumented.
/// @param out   CbOfEncoded(text) bytes
/// @param size  [out] how many were written, 0 on failure
BOOL WINAPI FDecodeID(LPSTR zero_terminated, LPBYTE out, ULONG* size) {
    if (size) *size = 0;
    if (!zero_terminated || !out || !size) return FALSE;
    return remapi::abi::guard_value<BOOL>("FDecodeID", FALSE, [&]() -> BOOL {
        const auto bytes = format::decode_id(zero_terminated);
        if (!bytes) return FALSE;
        std::copy(bytes->begin(), bytes->end(), out);
        *size = remapi::narrow_size(bytes->size());
        return TRUE;
    });
}

/// Characters that EncodeID writes for `size` bytes, the terminating zero among them; 0 when they
/// are more than 2^32. Undocumented.
ULONG WINAPI CchOfEncoding(ULONG size) {
    const std::uint64_t length = format::encoded_id_length(size) + 1;
    return length > 0xFFFFFFFFu ? 0 : static_cast<ULONG>(length);
}

/// Room that is enough for what FDecodeID reads from a text; 0 without one. Undocumented.
ULONG WINAPI CbOfEncoded(LPCSTR zero_terminated) {
    if (!zero_terminated) return 0;
    return static_cast<ULONG>(format::encoded_id_room(std::strlen(zero_terminated)));
}

}  // extern "C"
