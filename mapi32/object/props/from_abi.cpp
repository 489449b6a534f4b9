// SPDX-License-Identifier: LGPL-2.1-or-later
//
// SPropValue -> PropValue. A multi-valued member is a count and a pointer, whatever its element
// type.
#include "format/dates.h"
#include "object/props/abi_value.h"
#include "text/text.h"

namespace remapi::object {
namespace {

[[noreturn]] void throw_missing() {
    throw Error(MAPI_E_INVALID_PARAMETER, "a property value with a null pointer for data");
}

template <class To, class From, class Convert>
std::vector<To> array_of(ULONG count, const From* elements, Convert convert) {
    if (count > 0 && !elements) throw_missing();
    std::vector<To> result;
    result.reserve(count);
    for (ULONG i = 0; i < count; ++i) result.push_back(convert(elements[i]));
    return result;
}

template <class To, class From>
std::vector<To> array_of(ULONG count, const From* elements) {
    return array_of<To>(count, elements,
                        [](const From& element) { return static_cast<To>(element); });
}

String wide_text(const WCHAR* text) {
    if (!text) throw_missing();
    return String(text);
}

String ansi_text(const char* text, UINT code_page) {
    if (!text) throw_missing();
    return text::to_wide(std::string_view(text), code_page);
}

Bytes binary(const SBinary& value) {
    if (value.cb > 0 && !value.lpb) throw_missing();
    return to_bytes(view_bytes(value));
}

PropValue::Data single_data(const SPropValue& value, UINT code_page) {
    const auto& v = value.Value;
    switch (PROP_TYPE(value.ulPropTag)) {
        case PT_NULL:
            return std::monostate{};
        case PT_I2:
            return static_cast<std::int16_t>(v.i);
        case PT_LONG:
        case PT_ERROR:
        case PT_OBJECT:
            return static_cast<std::int32_t>(v.l);
        case PT_R4:
            return v.flt;
        case PT_DOUBLE:
        case PT_APPTIME:
            return v.dbl;
        case PT_CURRENCY:
            return static_cast<std::int64_t>(v.cur.int64);
        case PT_I8:
            return static_cast<std::int64_t>(v.li.QuadPart);
        case PT_SYSTIME:
            return format::file_time_value(v.ft);
        case PT_BOOLEAN:
            return v.b != 0;
        case PT_STRING8:
            return ansi_text(v.lpszA, code_page);
        case PT_UNICODE:
            return wide_text(v.lpszW);
        case PT_BINARY:
            return binary(v.bin);
        case PT_CLSID:
            if (!v.lpguid) throw_missing();
            return *v.lpguid;
        case PT_SRESTRICTION:
        case PT_ACTIONS:
            throw Error(MAPI_E_TYPE_NO_SUPPORT, "a restriction or rule action as a property");
        default:
            throw Error(MAPI_E_INVALID_PARAMETER, "a property value of an unknown type");
    }
}

PropValue::Data multiple_data(const SPropValue& value, UINT code_page) {
    const auto& v = value.Value;
    switch (PROP_TYPE(value.ulPropTag)) {
        case PT_MV_I2:
            return array_of<std::int16_t>(v.MVi.cValues, v.MVi.lpi);
        case PT_MV_LONG:
            return array_of<std::int32_t>(v.MVl.cValues, v.MVl.lpl);
        case PT_MV_R4:
            return array_of<float>(v.MVflt.cValues, v.MVflt.lpflt);
        case PT_MV_DOUBLE:
            return array_of<double>(v.MVdbl.cValues, v.MVdbl.lpdbl);
        case PT_MV_APPTIME:
            return array_of<double>(v.MVat.cValues, v.MVat.lpat);
        case PT_MV_CLSID:
            return array_of<GUID>(v.MVguid.cValues, v.MVguid.lpguid);
        case PT_MV_CURRENCY:
            return array_of<std::int64_t>(v.MVcur.cValues, v.MVcur.lpcur,
                                          [](const CURRENCY& currency) { return currency.int64; });
        case PT_MV_I8:
            return array_of<std::int64_t>(
                v.MVli.cValues, v.MVli.lpli,
                [](const LARGE_INTEGER& number) { return number.QuadPart; });
        case PT_MV_SYSTIME:
            return array_of<std::uint64_t>(v.MVft.cValues, v.MVft.lpft, format::file_time_value);
        case PT_MV_BINARY:
            return array_of<Bytes>(v.MVbin.cValues, v.MVbin.lpbin, binary);
        case PT_MV_UNICODE:
            return array_of<String>(v.MVszW.cValues, v.MVszW.lppszW,
                                    [](const WCHAR* text) { return wide_text(text); });
        case PT_MV_STRING8:
            return array_of<String>(v.MVszA.cValues, v.MVszA.lppszA, [code_page](const char* text) {
                return ansi_text(text, code_page);
            });
        default:
            throw Error(MAPI_E_INVALID_PARAMETER, "a property value of an unknown type");
    }
}

}  // namespace

PropValue from_abi(const SPropValue& value, UINT code_page) {
    const ULONG type = PROP_TYPE(value.ulPropTag);
    if ((type & MV_INSTANCE) != 0) {
        // One value of many, as a table shows it: a single value under a multi-valued tag.
        SPropValue single = value;
        single.ulPropTag =
            CHANGE_PROP_TYPE(value.ulPropTag, (type & ~static_cast<ULONG>(MVI_FLAG)));
        return PropValue(single.ulPropTag, single_data(single, code_page));
    }
    return PropValue(value.ulPropTag, (type & MV_FLAG) != 0 ? multiple_data(value, code_page)
                                                            : single_data(value, code_page));
}

std::vector<PropValue> from_abi(ULONG count, const SPropValue* values, UINT code_page) {
    if (count > 0 && !values) throw_missing();
    std::vector<PropValue> result;
    result.reserve(count);
    for (ULONG i = 0; i < count; ++i) result.push_back(from_abi(values[i], code_page));
    return result;
}

std::vector<std::vector<PropValue>> from_abi(const ADRLIST* list, UINT code_page) {
    std::vector<std::vector<PropValue>> entries;
    if (!list) return entries;
    entries.reserve(list->cEntries);
    for (ULONG i = 0; i < list->cEntries; ++i) {
        entries.push_back(
            from_abi(list->aEntries[i].cValues, list->aEntries[i].rgPropVals, code_page));
    }
    return entries;
}

}  // namespace remapi::object
