// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A host for tests: profile sections in memory, everything else recorded.
#pragma once

#include <map>

#include "format/guid.h"
#include "object/props/bag_object.h"
#include "port/file.h"
#include "spi/support_host.h"
#include "text/text.h"

namespace remapi::spi::testing {

/// A profile section in memory; two handles on one section are one object.
class FakeSection final : public object::BagObject<FakeSection, IProfSect> {
public:
    using Interfaces = com::Answers<IProfSect, IMAPIProp>;
    FakeSection() = default;

private:
    template <class, class, class...>
    friend class com::Object;
    ~FakeSection() = default;
};

class FakeHost final : public SupportHost {
public:
    com::Ptr<IMAPISession> session() override { throw Error(MAPI_E_END_OF_SESSION, "no session"); }
    com::Ptr<IAddrBook> address_book() override {
        ++address_book_calls;
        throw Error(MAPI_E_NOT_FOUND, "no address book");
    }
    com::Ptr<IMsgStore> default_store() override { throw Error(MAPI_E_NOT_FOUND, "no store"); }
    com::Ptr<IProfSect> open_profile_section(const ProviderIdentity&, const MAPIUID& uid,
                                             ULONG flags) override {
        auto& section = sections[format::uid_text(uid)];
        if (!section && (flags & MAPI_MODIFY) == 0)
            throw Error(MAPI_E_NOT_FOUND, "no such section");
        if (!section) section = com::make<FakeSection>();
        return section;
    }
    void register_provider_uid(const ProviderIdentity&, const MAPIUID& uid) override {
        uids.push_back(uid);
    }
    void modify_status_row(const ProviderIdentity&, std::span<const SPropValue> values,
                           bool) override {
        status_values += values.size();
    }
    void keep_store_in_profile(const ProviderIdentity&) override { ++kept_stores; }
    void start_spooler() override { ++spooler_starts; }
    void register_preprocessor(const Preprocessor& entry) override { registered.push_back(entry); }
    std::vector<Preprocessor> preprocessors() override { return registered; }

    std::map<std::string, com::Ptr<FakeSection>> sections;
    std::vector<MAPIUID> uids;
    std::vector<Preprocessor> registered;
    std::size_t status_values = 0;
    int kept_stores = 0;
    int spooler_starts = 0;
    int address_book_calls = 0;
};

/// An identity whose profile section is `uid`, in the module `stem` (remapinull ...) of this build.
inline ProviderIdentity identity(ProviderKind kind, const char* stem) {
    ProviderIdentity provider;
    provider.kind = kind;
    provider.uid = format::new_uid();
    const String folder = port::absolute_path(text::from_utf8(REMAPI_TEST_MODULES));
    provider.dll_name = port::join_path(folder, text::from_utf8(std::string(stem) + ".dll"));
    return provider;
}

}  // namespace remapi::spi::testing
