// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: the imsgserviceadmin-... and iprovideradmin-... families
#include "session/admin/service_admin2.h"
#include "session/flags.h"
#include "session/profile/services.h"
#include "session/testing/test_session.h"
#include "spi/props.h"

namespace remapi::session {
namespace {

class ServiceAdministration : public SessionTest {
protected:
    void SetUp() override {
        SessionTest::SetUp();
        m_services = make_profile(REMAPI_W("One"), REMAPI_W("FULL"));
    }
    void TearDown() override {
        m_services.reset();
        SessionTest::TearDown();
    }
    Profile profile() { return Profile::open(REMAPI_W("One")); }
    MAPIUID only_service() { return service_uids(profile()).at(0); }
    HRESULT create(const WideChar* service) {
        return m_services->CreateMsgService(tstr(service), nullptr, 0, MAPI_UNICODE);
    }

    com::Ptr<IMsgServiceAdmin> m_services;
};

TEST_F(ServiceAdministration, TheServiceTableHasItsRequiredColumns) {
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, m_services->GetMsgServiceTable(MAPI_UNICODE, table.put()));
    const std::vector<PropertyBag> rows = spi::read_rows(table.get());
    ASSERT_EQ(1u, rows.size());
    EXPECT_EQ(StringView(REMAPI_W("FULL")), rows[0].text(PR_SERVICE_NAME_W));
    EXPECT_EQ(StringView(REMAPI_W("Null Everything")), rows[0].text(PR_DISPLAY_NAME_W));
    EXPECT_EQ(StringView(REMAPI_W("ServiceEntry")), rows[0].text(PR_SERVICE_ENTRY_NAME));
    EXPECT_EQ(sizeof(MAPIUID), rows[0].bytes(PR_SERVICE_UID).size());
}

TEST_F(ServiceAdministration, ProvidersAreListedWithTheirService) {
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, m_services->GetProviderTable(MAPI_UNICODE, table.put()));
    const std::vector<PropertyBag> rows = spi::read_rows(table.get());
    ASSERT_EQ(3u, rows.size());
    EXPECT_EQ(MAPI_STORE_PROVIDER, rows[0].number(PR_RESOURCE_TYPE));
    EXPECT_EQ(MAPI_AB_PROVIDER, rows[1].number(PR_RESOURCE_TYPE));
    EXPECT_EQ(MAPI_TRANSPORT_PROVIDER, rows[2].number(PR_RESOURCE_TYPE));
    for (const PropertyBag& row : rows) {
        EXPECT_TRUE(equal_bytes(view_bytes(only_service()), row.bytes(PR_SERVICE_UID)));
        EXPECT_EQ(StringView(REMAPI_W("remapinull.dll")), row.text(PR_PROVIDER_DLL_NAME_W));
    }
    MAPIUID service = only_service();
    com::Ptr<IProviderAdmin> providers;
    ASSERT_EQ(S_OK, m_services->AdminProviders(&service, 0, providers.put()));
    ASSERT_EQ(S_OK, providers->GetProviderTable(MAPI_UNICODE, table.put()));
    EXPECT_EQ(4u, spi::read_rows(table.get()).size());  // and its extra section
}

TEST_F(ServiceAdministration, OneCopyOnlyMeansOne) {
    EXPECT_EQ(S_OK, create(REMAPI_W("SOLO")));
    EXPECT_EQ(MAPI_E_NO_ACCESS, create(REMAPI_W("SOLO")));
    EXPECT_EQ(S_OK, create(REMAPI_W("FULL")));
    EXPECT_EQ(3u, service_uids(profile()).size());
}

TEST_F(ServiceAdministration, AServiceThatMapisvcInfDoesNotListIsNotFound) {
    EXPECT_EQ(MAPI_E_NOT_FOUND, create(REMAPI_W("NOBODY")));
}

TEST_F(ServiceAdministration, CreatingThroughTheLaterInterfaceTellsTheIdentifier) {
    void* later = nullptr;
    ASSERT_EQ(S_OK, m_services->QueryInterface(kIidMsgServiceAdmin2, &later));
    const auto admin = com::Ptr<IMsgServiceAdmin2>::attach(static_cast<IMsgServiceAdmin2*>(later));
    MAPIUID uid = {};
    ASSERT_EQ(S_OK,
              admin->CreateMsgServiceEx(tstr(REMAPI_W("SOLO")), nullptr, 0, MAPI_UNICODE, &uid));
    EXPECT_TRUE(is_service(profile(), uid));
}

TEST_F(ServiceAdministration, ADeletedServiceTakesAllItsSectionsAlong) {
    const std::size_t sections = profile().sections().size();
    ASSERT_EQ(S_OK, create(REMAPI_W("FULL")));
    MAPIUID second = service_uids(profile()).at(1);
    ASSERT_EQ(S_OK, m_services->DeleteMsgService(&second));
    EXPECT_EQ(sections, profile().sections().size());
    EXPECT_EQ(3u, provider_uids(profile()).size());
    EXPECT_EQ(MAPI_E_NOT_FOUND, m_services->DeleteMsgService(&second));
}

TEST_F(ServiceAdministration, ConfigurationReachesTheEntryPoint) {
    MAPIUID service = only_service();
    SPropValue value = {};
    value.ulPropTag = null_provider::kTagLogonAnswer;
    value.Value.l = 42;
    ASSERT_EQ(S_OK, m_services->ConfigureMsgService(&service, 0, 0, 1, &value));
    EXPECT_EQ(42, profile().read(service).number(null_provider::kTagLogonAnswer));
}

TEST_F(ServiceAdministration, AServiceWithoutAnEntryPointCannotBeConfigured) {
    ASSERT_EQ(S_OK, create(REMAPI_W("BARE")));
    MAPIUID service = service_uids(profile()).at(1);
    EXPECT_EQ(MAPI_E_NOT_INITIALIZED, m_services->ConfigureMsgService(&service, 0, 0, 0, nullptr));
}

TEST_F(ServiceAdministration, TransportsAreAskedInTheOrderThatIsSet) {
    ASSERT_EQ(S_OK, create(REMAPI_W("SOLO")));
    ASSERT_EQ(S_OK, create(REMAPI_W("FULL")));
    std::vector<MAPIUID> order = provider_uids(profile(), spi::ProviderKind::Transport);
    ASSERT_EQ(3u, order.size());
    EXPECT_EQ(StringView(REMAPI_W("Null Last Transport")),
              profile().read(order[2]).text(PR_DISPLAY_NAME_W));
    std::swap(order[0], order[2]);
    EXPECT_EQ(MAPI_E_BUSY, m_services->MsgServiceTransportOrder(2, order.data(), 0));
    EXPECT_EQ(S_OK, m_services->MsgServiceTransportOrder(3, order.data(), 0));
    const std::vector<MAPIUID> now = provider_uids(profile(), spi::ProviderKind::Transport);
    EXPECT_EQ(0, std::memcmp(order.data(), now.data(), 3 * sizeof(MAPIUID)));
    order[1] = order[0];
    EXPECT_EQ(MAPI_E_NOT_FOUND, m_services->MsgServiceTransportOrder(3, order.data(), 0));
}

TEST_F(ServiceAdministration, TheIdentityComesFromOneServiceThatHasOne) {
    ASSERT_EQ(S_OK, create(REMAPI_W("SOLO")));
    MAPIUID first = only_service();
    MAPIUID without = service_uids(profile()).at(1);
    EXPECT_EQ(MAPI_E_NO_ACCESS, m_services->SetPrimaryIdentity(&without, 0));
    ASSERT_EQ(S_OK, m_services->SetPrimaryIdentity(&first, 0));
    EXPECT_TRUE(profile().read(first).number(PR_RESOURCE_FLAGS) & SERVICE_PRIMARY_IDENTITY);
    ASSERT_EQ(S_OK, m_services->SetPrimaryIdentity(nullptr, 0));
    EXPECT_FALSE(profile().read(first).number(PR_RESOURCE_FLAGS) & SERVICE_PRIMARY_IDENTITY);
}

TEST_F(ServiceAdministration, ProvidersSectionsNeedForce) {
    MAPIUID provider = provider_uids(profile()).at(0);
    com::Ptr<IProfSect> section;
    EXPECT_EQ(MAPI_E_NO_ACCESS,
              m_services->OpenProfileSection(&provider, nullptr, 0, section.put()));
    EXPECT_EQ(S_OK,
              m_services->OpenProfileSection(&provider, nullptr, kForceAccess, section.put()));
}

TEST_F(ServiceAdministration, ACopyOfAServiceIsAServiceOfItsOwn) {
    MAPIUID service = only_service();
    ASSERT_EQ(S_OK, m_services->CopyMsgService(&service, nullptr, nullptr, &IID_IMsgServiceAdmin,
                                               m_services.get(), 0, 0));
    EXPECT_EQ(2u, service_uids(profile()).size());
    EXPECT_EQ(6u, provider_uids(profile()).size());
    EXPECT_EQ(MAPI_E_NO_SUPPORT, m_services->RenameMsgService(&service, 0, nullptr));
}

TEST_F(ServiceAdministration, ProvidersComeAndGoOneByOne) {
    MAPIUID service = only_service();
    com::Ptr<IProviderAdmin> providers;
    ASSERT_EQ(S_OK, m_services->AdminProviders(&service, 0, providers.put()));
    MAPIUID created = {};
    ASSERT_EQ(S_OK, providers->CreateProvider(tstr(REMAPI_W("NULL_XP")), 0, nullptr, 0,
                                              MAPI_UNICODE, &created));
    EXPECT_EQ(4u, provider_uids(profile()).size());
    ASSERT_EQ(S_OK, providers->DeleteProvider(&created));
    EXPECT_EQ(3u, provider_uids(profile()).size());
    EXPECT_EQ(MAPI_E_NOT_FOUND, providers->DeleteProvider(&created));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              providers->OpenProfileSection(nullptr, nullptr, 0, nullptr));
}

}  // namespace
}  // namespace remapi::session
