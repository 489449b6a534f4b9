// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/addressbook/recipients.h"

#include <algorithm>

#include "object/props/abi_value.h"
#include "object/props/property_bag.h"
#include "object/props/tag_array.h"
#include "session/addressbook/one_off_user.h"
#include "session/addressbook/typed_address.h"

namespace remapi::session {
namespace {

using Values = std::vector<PropValue>;

const PropValue* find(const Values& values, ULONG tag) {
    const auto found = std::find_if(values.begin(), values.end(), [&](const PropValue& value) {
        return value.id() == PROP_ID(tag) && !value.is_error();
    });
    return found == values.end() ? nullptr : &*found;
}

StringView text_of(const Values& values, ULONG tag) {
    const PropValue* value = find(values, tag);
    return value && value->is_text() ? StringView(value->text()) : StringView();
}

bool is_resolved(const Values& values) {
    const PropValue* id = find(values, PR_ENTRYID);
    return id && id->type() == PT_BINARY && !id->bytes().empty();
}

/// What an unresolved recipient is: its own type and address, or what its name spells.
std::optional<format::OneOff> one_off_of(const Values& values) {
    const StringView name = text_of(values, PR_DISPLAY_NAME);
    const StringView type = text_of(values, PR_ADDRTYPE);
    const StringView address = text_of(values, PR_EMAIL_ADDRESS);
    if (address.empty()) return parse_typed_address(name);
    if (type.empty()) {
        std::optional<format::OneOff> parsed = parse_typed_address(address);
        if (parsed && !name.empty()) parsed->display_name = name;
        return parsed;
    }
    format::OneOff result;
    result.display_name = name.empty() ? address : name;
    result.address_type = type;
    result.email_address = address;
    result.no_rich_info = is_internet_address(address);
    return result;
}

void replace_entry(ADRENTRY& entry, const Values& values) {
    Buffer<SPropValue> block = object::pack(values);
    Buffer<SPropValue>::attach(entry.rgPropVals).reset();
    entry.cValues = narrow_size(values.size());
    entry.rgPropVals = block.release();
}

void resolve(ADRENTRY& entry, Values values, format::OneOff one_off, ULONG flags) {
    one_off.unicode = true;
    const Bytes id = format::encode_one_off(one_off);
    const PropertyBag known = one_off_properties(one_off, id);
    for (const PropValue& added : known.values()) {
        std::erase_if(values, [&](const PropValue& value) { return value.id() == added.id(); });
        values.push_back(added.with_tag(object::tag_in_width(added.tag(), flags)));
    }
    replace_entry(entry, values);
}

/// What `book` knows about the entry `id`, one slot for each tag.
Values ask_book(IAddrBook& book, const Bytes& id, std::span<const ULONG> tags) {
    Values slots;
    for (const ULONG tag : tags) slots.push_back(PropValue::error(tag, MAPI_E_NOT_FOUND));
    com::Ptr<IMAPIProp> entry;
    ULONG type = 0;
    const HRESULT opened = book.OpenEntry(
        narrow_size(id.size()), reinterpret_cast<ENTRYID*>(const_cast<std::uint8_t*>(id.data())),
        &IID_IMAPIProp, 0, &type, entry.put_as<IUnknown>());
    if (FAILED(opened)) return slots;
    const object::TagArray wanted(tags);
    Buffer<SPropValue> values;
    ULONG count = 0;
    const HRESULT read = entry->GetProps(wanted.get(), MAPI_UNICODE, &count, values.put());
    if (FAILED(read) || count != tags.size()) return slots;
    return object::from_abi(count, values.get());
}

Values prepared(IAddrBook& book, const Values& values, std::span<const ULONG> tags) {
    std::vector<ULONG> missing;
    for (const ULONG tag : tags) {
        if (!find(values, tag)) missing.push_back(tag);
    }
    const Values asked =
        missing.empty() ? Values() : ask_book(book, find(values, PR_ENTRYID)->bytes(), missing);
    Values result;
    for (const ULONG tag : tags) {
        const PropValue* own = find(values, tag);
        if (own) {
            result.push_back(*own);
            continue;
        }
        const std::size_t slot = static_cast<std::size_t>(
            std::find(missing.begin(), missing.end(), tag) - missing.begin());
        result.push_back(asked[slot]);
    }
    for (const PropValue& value : values) {
        const bool wanted = std::any_of(tags.begin(), tags.end(),
                                        [&](ULONG tag) { return PROP_ID(tag) == value.id(); });
        if (!wanted) result.push_back(value);
    }
    return result;
}

}  // namespace

HRESULT resolve_one_offs(ADRLIST& list, ULONG flags) {
    bool all = true;
    for (ULONG i = 0; i < list.cEntries; ++i) {
        ADRENTRY& entry = list.aEntries[i];
        Values values = object::from_abi(entry.cValues, entry.rgPropVals);
        if (values.empty() || is_resolved(values)) continue;
        std::optional<format::OneOff> one_off = one_off_of(values);
        if (one_off) {
            resolve(entry, std::move(values), std::move(*one_off), flags);
        } else {
            all = false;
        }
    }
    return all ? S_OK : MAPI_E_NOT_FOUND;
}

void prepare_recipients(IAddrBook& book, ADRLIST& list, std::span<const ULONG> tags) {
    if (tags.empty()) return;
    for (ULONG i = 0; i < list.cEntries; ++i) {
        ADRENTRY& entry = list.aEntries[i];
        const Values values = object::from_abi(entry.cValues, entry.rgPropVals);
        if (is_resolved(values)) replace_entry(entry, prepared(book, values, tags));
    }
}

}  // namespace remapi::session
