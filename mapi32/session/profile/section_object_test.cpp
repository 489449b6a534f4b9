// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Page: mapi/iprofsectimapiprop.md
#include "session/profile/section_object.h"

#include "abi/remapi_tags.h"
#include "session/testing/test_session.h"
#include "spi/props.h"

namespace remapi::session {
namespace {

constexpr MAPIUID kClientSection = {{7, 7, 7}};

class ProfileSection : public ProfileTest {
protected:
    void SetUp() override {
        ProfileTest::SetUp();
        m_profile = Profile::create(REMAPI_W("P"));
    }
    com::Ptr<IProfSect> open(ULONG flags) {
        return open_client_section(*m_profile, &kClientSection, nullptr, flags);
    }

    std::optional<Profile> m_profile;
};

TEST_F(ProfileSection, IsMadeByOpeningItForWriting) {
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of([&] { open(0); }));
    EXPECT_TRUE(open(MAPI_MODIFY));
    EXPECT_TRUE(open(0));
}

TEST_F(ProfileSection, SaysWhatItIsAndWhose) {
    const com::Ptr<IProfSect> section = open(MAPI_MODIFY);
    const PropertyBag values =
        spi::read_properties(section.get(), {PR_OBJECT_TYPE, PR_PROFILE_NAME_W});
    EXPECT_EQ(MAPI_PROFSECT, values.number(PR_OBJECT_TYPE));
    EXPECT_EQ(StringView(REMAPI_W("P")), values.text(PR_PROFILE_NAME_W));
}

TEST_F(ProfileSection, ChangesAreThereBeforeAnythingIsSaved) {
    const com::Ptr<IProfSect> writer = open(MAPI_MODIFY);
    const com::Ptr<IProfSect> reader = open(0);
    spi::write_properties(writer.get(), {{PR_DISPLAY_NAME_W, REMAPI_W("now")}});
    EXPECT_EQ(StringView(REMAPI_W("now")),
              spi::read_properties(reader.get(), {PR_DISPLAY_NAME_W}).text(PR_DISPLAY_NAME_W));
    EXPECT_EQ(S_OK, writer->SaveChanges(KEEP_OPEN_READWRITE));
    SPropTagArray tag = {1, {PR_DISPLAY_NAME_W}};
    EXPECT_EQ(S_OK, writer->DeleteProps(&tag, nullptr));
    EXPECT_EQ(nullptr,
              spi::read_properties(reader.get(), {PR_DISPLAY_NAME_W}).find(PR_DISPLAY_NAME_W));
}

TEST_F(ProfileSection, OneThatIsOpenForReadingCannotBeChanged) {
    open(MAPI_MODIFY);
    const com::Ptr<IProfSect> reader = open(0);
    SPropValue value = {};
    value.ulPropTag = PR_RESOURCE_FLAGS;
    EXPECT_EQ(MAPI_E_NO_ACCESS, reader->SetProps(1, &value, nullptr));
}

TEST_F(ProfileSection, SecretsMustBeAskedFor) {
    const com::Ptr<IProfSect> section = open(MAPI_MODIFY);
    spi::write_properties(section.get(), {{kTagSmtpPassword, REMAPI_W("swordfish")}});
    Buffer<SPropTagArray> tags;
    ASSERT_EQ(S_OK, section->GetPropList(MAPI_UNICODE, tags.put()));
    for (ULONG i = 0; i < tags->cValues; ++i) EXPECT_FALSE(is_secure(tags->aulPropTag[i]));
    Buffer<SPropValue> all;
    ULONG count = 0;
    ASSERT_TRUE(SUCCEEDED(section->GetProps(nullptr, MAPI_UNICODE, &count, all.put())));
    for (ULONG i = 0; i < count; ++i) EXPECT_FALSE(is_secure(all[i].ulPropTag));
    EXPECT_EQ(StringView(REMAPI_W("swordfish")),
              spi::read_properties(section.get(), {kTagSmtpPassword}).text(kTagSmtpPassword));
}

TEST_F(ProfileSection, HasNoNamedProperties) {
    const com::Ptr<IProfSect> section = open(MAPI_MODIFY);
    Buffer<SPropTagArray> tags;
    EXPECT_EQ(MAPI_E_NO_SUPPORT, section->GetIDsFromNames(0, nullptr, 0, tags.put()));
    SPropValue value = {};
    value.ulPropTag = PROP_TAG(PT_LONG, 0x8001);
    Buffer<SPropProblemArray> problems;
    ASSERT_EQ(S_OK, section->SetProps(1, &value, problems.put()));
    ASSERT_TRUE(problems);
    EXPECT_EQ(1u, problems->cProblem);
}

TEST_F(ProfileSection, TheProfilesOwnSearchKeyStays) {
    const MAPIUID instance = profile_instance_section();
    const com::Ptr<IProfSect> section =
        open_client_section(*m_profile, &instance, nullptr, MAPI_MODIFY);
    const Bytes before = to_bytes(m_profile->read(instance).bytes(PR_SEARCH_KEY));
    spi::write_properties(section.get(),
                          {{PR_SEARCH_KEY, Bytes{1}}, {kTagSendPolicy, REMAPI_W("send")}});
    EXPECT_TRUE(equal_bytes(before, m_profile->read(instance).bytes(PR_SEARCH_KEY)));
    EXPECT_EQ(StringView(REMAPI_W("send")), m_profile->read(instance).text(kTagSendPolicy));
}

TEST_F(ProfileSection, UnknownFlagsAndInterfacesAreRefused) {
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, code_of([&] { open(0x40); }));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              code_of([&] { open_client_section(*m_profile, nullptr, nullptr, MAPI_MODIFY); }));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, code_of([&] {
                  open_client_section(*m_profile, &kClientSection, &IID_IMessage, MAPI_MODIFY);
              }));
}

}  // namespace
}  // namespace remapi::session
