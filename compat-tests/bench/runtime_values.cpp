// SPDX-License-Identifier: LGPL-2.1-or-later
#include "runtime_values.h"

#include <cstring>

#include "abi/iids.h"
#include "runtime_calls.h"

namespace remapi::bench {
namespace {

using Repeat = std::function<void(std::size_t)>;

/// `call` takes no argument and holds what it needs.
template <class Call>
Repeat repeat(Call call) {
    return [call](std::size_t times) {
        for (std::size_t i = 0; i < times; ++i) call();
    };
}

/// What the workloads share; made once for each.
struct Fixture {
    FortyValues values;
    std::vector<BYTE> copy = std::vector<BYTE>(8192);
    std::vector<BYTE> bytes = std::vector<BYTE>(2048, 0xA7);
    std::vector<char> digits = std::vector<char>(4097);
    std::string subject;
    std::string substring;
    SPropValue left = {};
    SPropValue right = {};
};

using Shared = std::shared_ptr<Fixture>;

Repeat count_props(const Library& library) {
    const auto count = library.find<decltype(ScCountProps)>("ScCountProps");
    const Shared f = std::make_shared<Fixture>();
    ULONG bytes = 0;
    require(count(FortyValues::kCount, f->values.data(), &bytes) == S_OK &&
                bytes == FortyValues::kCount * sizeof(SPropValue) + 10 * 80 + 13 * 24,
            "ScCountProps");
    return repeat([count, f] {
        ULONG size = 0;
        count(FortyValues::kCount, f->values.data(), &size);
    });
}

Repeat copy_props(const Library& library) {
    const auto copy = library.find<decltype(ScCopyProps)>("ScCopyProps");
    const Shared f = std::make_shared<Fixture>();
    ULONG bytes = 0;
    require(copy(FortyValues::kCount, f->values.data(), f->copy.data(), &bytes) == S_OK && bytes,
            "ScCopyProps");
    return repeat([copy, f] {
        ULONG size = 0;
        copy(FortyValues::kCount, f->values.data(), f->copy.data(), &size);
    });
}

Repeat reloc_props(const Library& library) {
    copy_props(library);
    const auto copy = library.find<decltype(ScCopyProps)>("ScCopyProps");
    const auto reloc = library.find<decltype(ScRelocProps)>("ScRelocProps");
    const Shared f = std::make_shared<Fixture>();
    ULONG size = 0;
    copy(FortyValues::kCount, f->values.data(), f->copy.data(), &size);
    const auto values = reinterpret_cast<SPropValue*>(f->copy.data());
    BYTE* const elsewhere = f->copy.data() + 4096;
    std::memcpy(elsewhere, values, size);
    require(reloc(FortyValues::kCount, values, values, elsewhere, &size) == S_OK &&
                reloc(FortyValues::kCount, values, elsewhere, values, &size) == S_OK,
            "ScRelocProps");
    // There and back, so that the pointers stay true.
    return repeat([reloc, f, values, elsewhere] {
        ULONG bytes = 0;
        reloc(FortyValues::kCount, values, values, elsewhere, &bytes);
        reloc(FortyValues::kCount, values, elsewhere, values, &bytes);
    });
}

Repeat prop_size(const Library& library) {
    const auto size = library.find<decltype(UlPropSize)>("UlPropSize");
    const Shared f = std::make_shared<Fixture>();
    require(size(f->values.data()) == 80, "UlPropSize");
    return repeat([size, f] {
        for (ULONG i = 0; i < FortyValues::kCount; ++i) size(&f->values[i]);
    });
}

Repeat copy_more(const Library& library) {
    const auto copy = library.find<decltype(PropCopyMore)>("PropCopyMore");
    const auto allocate = library.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    const auto more = library.find<MAPIALLOCATEMORE>("MAPIAllocateMore");
    const auto free = library.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    const Shared f = std::make_shared<Fixture>();
    const auto all = [=] {
        void* block = nullptr;
        SCODE result = allocate(sizeof(SPropValue) * FortyValues::kCount, &block);
        SPropValue* const target = static_cast<SPropValue*>(block);
        for (ULONG i = 0; i < FortyValues::kCount && result == S_OK; ++i) {
            result = copy(target + i, &f->values[i], more, block);
        }
        free(block);
        return result;
    };
    require(all() == S_OK, "PropCopyMore");
    return repeat(all);
}

Repeat compare(const Library& library, const Shared& f) {
    const auto compare = library.find<decltype(LPropCompareProp)>("LPropCompareProp");
    require(compare(&f->left, &f->right) == 0, "LPropCompareProp");
    f->right.ulPropTag = PR_NULL;
    require(compare(&f->left, &f->right) != 0, "LPropCompareProp");
    f->right.ulPropTag = f->left.ulPropTag;
    return repeat([compare, f] { compare(&f->left, &f->right); });
}

/// Two equal values of the kind that FortyValues has at `index`, in memory of their own.
Repeat compare_values(const Library& library, std::size_t index) {
    const Shared f = std::make_shared<Fixture>();
    f->left = f->right = f->values[index];
    if (PROP_TYPE(f->left.ulPropTag) == PT_UNICODE) {
        std::memcpy(f->copy.data(), f->left.Value.lpszW, 80);
        f->right.Value.lpszW = reinterpret_cast<WCHAR*>(f->copy.data());
    } else if (PROP_TYPE(f->left.ulPropTag) == PT_BINARY) {
        std::memcpy(f->copy.data(), f->left.Value.bin.lpb, f->left.Value.bin.cb);
        f->right.Value.bin.lpb = f->copy.data();
    }
    return compare(library, f);
}

Repeat contains(const Library& library) {
    const auto contains = library.find<decltype(FPropContainsProp)>("FPropContainsProp");
    const Shared f = std::make_shared<Fixture>();
    while (f->subject.size() < 4096 - 12) f->subject += "the quick brown fox ";
    f->subject += "Lazy Old Dog";
    f->substring = "lAZY oLD dOG";
    f->left.ulPropTag = f->right.ulPropTag = PR_SUBJECT_A;
    f->left.Value.lpszA = f->subject.data();
    f->right.Value.lpszA = f->substring.data();
    const ULONG level = FL_SUBSTRING | FL_IGNORECASE;
    require(contains(&f->left, &f->right, level), "FPropContainsProp");
    require(!contains(&f->left, &f->right, FL_SUBSTRING), "FPropContainsProp");
    return repeat([contains, f, level] { contains(&f->left, &f->right, level); });
}

Repeat to_hex(const Library& library) {
    const auto to_hex = library.find<decltype(HexFromBin)>("HexFromBin");
    const Shared f = std::make_shared<Fixture>();
    const auto digits = reinterpret_cast<LPTSTR>(f->digits.data());
    to_hex(f->bytes.data(), 2048, digits);
    require(std::string(f->digits.data()).substr(0, 4) == "A7A7", "HexFromBin");
    return repeat([to_hex, f, digits] { to_hex(f->bytes.data(), 2048, digits); });
}

Repeat from_hex(const Library& library) {
    const auto from_hex = library.find<decltype(FBinFromHex)>("FBinFromHex");
    const Shared f = std::make_shared<Fixture>();
    for (std::size_t i = 0; i < 4096; ++i) f->digits[i] = "0123456789ABCDEF"[i % 16];
    const auto digits = reinterpret_cast<LPTSTR>(f->digits.data());
    require(from_hex(digits, f->bytes.data()) && f->bytes[2047] == 0xEF, "FBinFromHex");
    return repeat([from_hex, f, digits] { from_hex(digits, f->bytes.data()); });
}

Repeat find_prop(const Library& library) {
    const auto find = library.find<decltype(LpValFindProp)>("LpValFindProp");
    const Shared f = std::make_shared<Fixture>();
    const ULONG tag = f->values[FortyValues::kCount - 1].ulPropTag;
    require(find(tag, FortyValues::kCount, f->values.data()) == f->values.data() + 39,
            "LpValFindProp");
    return repeat([find, f, tag] { find(tag, FortyValues::kCount, f->values.data()); });
}

Repeat set_props(const Library& library) {
    const auto create = library.find<decltype(CreateIProp)>("CreateIProp");
    const auto allocate = library.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    const auto more = library.find<MAPIALLOCATEMORE>("MAPIAllocateMore");
    const auto free = library.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    const Shared f = std::make_shared<Fixture>();
    IPropData* object = nullptr;
    require(create(&IID_IMAPIPropData, allocate, more, free, nullptr, &object) == S_OK && object,
            "CreateIProp");
    const std::shared_ptr<IPropData> owned(object, [](IPropData* data) { data->Release(); });
    require(object->SetProps(FortyValues::kCount, f->values.data(), nullptr) == S_OK, "SetProps");
    return repeat([owned, f] { owned->SetProps(FortyValues::kCount, f->values.data(), nullptr); });
}

Repeat compare_long(const Library& library) {
    return compare_values(library, 1);
}
Repeat compare_binary(const Library& library) {
    return compare_values(library, 3);
}
Repeat compare_unicode(const Library& library) {
    return compare_values(library, 0);
}

}  // namespace

std::vector<WorkloadMaker> value_workloads() {
    return {{"ScCountProps", count_props},
            {"ScCopyProps", copy_props},
            {"ScRelocProps", reloc_props},
            {"UlPropSize", prop_size},
            {"PropCopyMore", copy_more},
            {"LPropCompareProp LONG", compare_long},
            {"LPropCompareProp BINARY", compare_binary},
            {"LPropCompareProp UNICODE", compare_unicode},
            {"FPropContainsProp", contains},
            {"HexFromBin", to_hex},
            {"FBinFromHex", from_hex},
            {"LpValFindProp", find_prop},
            {"SetProps", set_props}};
}

}  // namespace remapi::bench
