// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/profile.h"

#include "format/guid.h"
#include "port/file.h"
#include "port/thread.h"
#include "session/testing/test_session.h"

namespace remapi::session {
namespace {

constexpr MAPIUID kSection = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
constexpr ULONG kSecret = PROP_TAG(PT_UNICODE, 0x67F0);

class ProfileStore : public ProfileTest {};

TEST_F(ProfileStore, ANewProfileHasASearchKeyOfItsOwn) {
    const Profile first = Profile::create(REMAPI_W("First"));
    const Profile second = Profile::create(REMAPI_W("Second"));
    const PropertyBag left = first.read(profile_instance_section());
    const PropertyBag right = second.read(profile_instance_section());
    EXPECT_EQ(sizeof(MAPIUID), left.bytes(PR_SEARCH_KEY).size());
    EXPECT_FALSE(equal_bytes(left.bytes(PR_SEARCH_KEY), right.bytes(PR_SEARCH_KEY)));
}

TEST_F(ProfileStore, ListsNamesInAlphabeticalOrder) {
    Profile::create(REMAPI_W("zebra"));
    Profile::create(REMAPI_W("Ape"));
    EXPECT_EQ((std::vector<String>{REMAPI_W("Ape"), REMAPI_W("zebra")}), Profile::names());
}

TEST_F(ProfileStore, NamesAreFoundIgnoringCaseAndTakenOnce) {
    Profile::create(REMAPI_W("Mixed Case"));
    EXPECT_EQ(String(REMAPI_W("Mixed Case")), Profile::find(REMAPI_W("MIXED CASE")));
    EXPECT_EQ(MAPI_E_NO_ACCESS, code_of([] { Profile::create(REMAPI_W("mixed case")); }));
}

TEST_F(ProfileStore, AnyCharacterMayBeInANameThatIsNotASeparator) {
    const String name = REMAPI_W("J\u00F6rg \u4E2D: 100% <a/b>.x");
    Profile::create(name);
    EXPECT_EQ(std::vector<String>{name}, Profile::names());
    EXPECT_EQ(name, Profile::open(name).name());
}

TEST_F(ProfileStore, ImpossibleNamesAreRefused) {
    for (const String& name :
         {String(), String(65, REMAPI_W('x')), String(REMAPI_W(" a")), String(REMAPI_W("a ")),
          String(REMAPI_W("a\\b")), String(REMAPI_W("a\nb"))}) {
        EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_of([&] { Profile::create(name); }));
    }
    EXPECT_EQ(S_OK, code_of([] { Profile::create(String(64, REMAPI_W('x'))); }));
}

TEST_F(ProfileStore, WrittenValuesAreReadBackAndRemovedOnesAreGone) {
    const Profile profile = Profile::create(REMAPI_W("P"));
    const std::vector<PropValue> values = {{PR_DISPLAY_NAME_W, REMAPI_W("name")},
                                           {PR_RESOURCE_FLAGS, 7}};
    profile.write(kSection, values);
    EXPECT_EQ(PropertyBag(values), profile.read(kSection));
    const ULONG gone = PR_RESOURCE_FLAGS;
    profile.write(kSection, {}, std::span(&gone, 1));
    EXPECT_EQ(nullptr, profile.read(kSection).find(PR_RESOURCE_FLAGS));
    EXPECT_EQ(StringView(REMAPI_W("name")), profile.read(kSection).text(PR_DISPLAY_NAME_W));
}

TEST_F(ProfileStore, AnIdKeepsOneValueWhenItsTypeChanges) {
    const Profile profile = Profile::create(REMAPI_W("P"));
    profile.write(kSection, PropValue(PROP_TAG(PT_LONG, 0x6601), 1));
    profile.write(kSection, PropValue(PROP_TAG(PT_UNICODE, 0x6601), REMAPI_W("one")));
    const PropertyBag values = profile.read(kSection);
    EXPECT_EQ(1u, values.size());
    EXPECT_EQ(StringView(REMAPI_W("one")), values.text(PROP_TAG(PT_UNICODE, 0x6601)));
}

TEST_F(ProfileStore, ASecretIsReadBackButDoesNotLieWhereTheRestLies) {
    const Profile profile = Profile::create(REMAPI_W("P"));
    profile.write(kSection, PropValue(kSecret, REMAPI_W("swordfish")));
    EXPECT_EQ(StringView(REMAPI_W("swordfish")), profile.read(kSection).text(kSecret));
    std::string file;
    const String path = port::join_path(Profile::place(), REMAPI_W("P.profile"));
    if (port::read_file(path, file)) return;  // a registry: protected by the system
    EXPECT_EQ(std::string::npos, file.find("67f0"));
}

TEST_F(ProfileStore, RemovedSectionsAndProfilesAreGone) {
    const Profile profile = Profile::create(REMAPI_W("P"));
    profile.write(kSection, PropValue(PR_RESOURCE_FLAGS, 7));
    EXPECT_TRUE(profile.has_section(kSection));
    profile.remove_section(kSection);
    EXPECT_FALSE(profile.has_section(kSection));
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of([&] { profile.read(kSection); }));
    Profile::remove(REMAPI_W("P"));
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of([] { Profile::open(REMAPI_W("P")); }));
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of([] { Profile::remove(REMAPI_W("P")); }));
}

TEST_F(ProfileStore, ACopyHasTheSameSectionsAndAnotherSearchKey) {
    const Profile profile = Profile::create(REMAPI_W("P"));
    profile.write(kSection, {{{PR_RESOURCE_FLAGS, 7}, {kSecret, REMAPI_W("swordfish")}}});
    const Profile copy = profile.copy(REMAPI_W("Q"));
    EXPECT_EQ(profile.read(kSection), copy.read(kSection));
    EXPECT_FALSE(profile.read(profile_instance_section()) == copy.read(profile_instance_section()));
    EXPECT_EQ(StringView(REMAPI_W("Q")), copy.read(kGlobalSection).text(PR_PROFILE_NAME_W));
}

TEST_F(ProfileStore, TheDefaultGoesWithItsProfile) {
    EXPECT_EQ(std::nullopt, Profile::default_name());
    Profile::create(REMAPI_W("P"));
    Profile::set_default(REMAPI_W("p"));
    EXPECT_EQ(String(REMAPI_W("P")), Profile::default_name());
    Profile::remove(REMAPI_W("P"));
    EXPECT_EQ(std::nullopt, Profile::default_name());
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of([] { Profile::set_default(REMAPI_W("P")); }));
}

TEST_F(ProfileStore, ListsOfIdentifiersKeepTheirOrder) {
    const Profile profile = Profile::create(REMAPI_W("P"));
    const std::vector<MAPIUID> uids = {format::new_uid(), kSection, format::new_uid()};
    profile.set_uid_list(kServicesSection, PR_SERVICES, uids);
    const std::vector<MAPIUID> back = profile.uid_list(kServicesSection, PR_SERVICES);
    ASSERT_EQ(3u, back.size());
    EXPECT_EQ(0, std::memcmp(uids.data(), back.data(), 3 * sizeof(MAPIUID)));
    EXPECT_TRUE(profile.uid_list(kServicesSection, PR_AB_PROVIDERS).empty());
}

TEST_F(ProfileStore, WritersDoNotLoseEachOthersValues) {
    const Profile profile = Profile::create(REMAPI_W("P"));
    constexpr ULONG kEach = 20;
    const auto write_values = [&](ULONG first) {
        for (ULONG i = 0; i < kEach; ++i)
            profile.write(kSection, PropValue(PROP_TAG(PT_LONG, first + i), i));
    };
    port::Thread other;
    ASSERT_TRUE(other.start([&] { write_values(0x6700); }));
    write_values(0x6600);
    other.join();
    EXPECT_EQ(2 * kEach, profile.read(kSection).size());
}

TEST_F(ProfileStore, TheLockKeepsASecondOneOutUntilItIsGone) {
    {
        const ProfileLock first(1000);
        EXPECT_EQ(MAPI_E_TIMEOUT, code_of([] { ProfileLock second(0); }));
    }
    EXPECT_EQ(S_OK, code_of([] { ProfileLock second(0); }));
}

}  // namespace
}  // namespace remapi::session
