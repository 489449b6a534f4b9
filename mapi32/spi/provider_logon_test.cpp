// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "object/notify/dispatcher.h"
#include "object/props/abi_value.h"
#include "providers/null/behaviour.h"
#include "spi/address_book_logon.h"
#include "spi/notify_engine.h"
#include "spi/props.h"
#include "spi/service_entry.h"
#include "spi/store_logon.h"
#include "spi/testing/fake_host.h"
#include "spi/transport_logon.h"

namespace remapi::spi {
namespace {

using testing::FakeHost;
using testing::identity;

class ProviderLogon : public ::testing::Test {
protected:
    void TearDown() override {
        object::Dispatcher::the().stop();
        unload_modules();
        EXPECT_EQ(m_modules_before, loaded_modules());
    }

    void ask_for(const ProviderIdentity& provider, LONG answer) {
        const auto section = host->open_profile_section(provider, provider.uid, MAPI_MODIFY);
        write_properties(section.get(), PropertyBag{{null_provider::kTagLogonAnswer, answer}});
    }
    StoreLogonRequest store_request(const ProviderIdentity& provider) const {
        StoreLogonRequest request;
        request.host = host;
        request.provider = provider;
        request.profile_name = REMAPI_W("Test");
        return request;
    }
    HRESULT store_code(const ProviderIdentity& provider) const {
        try {
            StoreLogon::log_on(store_request(provider));
            return S_OK;
        } catch (const Error& error) {
            return error.code();
        }
    }

    std::shared_ptr<FakeHost> host = std::make_shared<FakeHost>();
    std::size_t m_modules_before = loaded_modules();
};

TEST_F(ProviderLogon, OpensAStoreAndLetsGoOfIt) {
    const ProviderIdentity provider = identity(ProviderKind::Store, "remapinull");
    const auto logon = StoreLogon::log_on(store_request(provider));
    ASSERT_NE(nullptr, logon->store());
    EXPECT_EQ(REMAPI_W("Null store"),
              read_properties(logon->store(), {PR_DISPLAY_NAME_W}).text(PR_DISPLAY_NAME_W));
    ASSERT_EQ(1u, host->uids.size());
    EXPECT_TRUE(same_uid(null_provider::kUid, host->uids[0]));
    EXPECT_EQ(2u, host->status_values);
    const Bytes left{1, 2, 3};
    const Bytes right{1, 2, 4};
    EXPECT_TRUE(logon->same_store(left, left));
    EXPECT_FALSE(logon->same_store(left, right));
    logon->log_off();
    EXPECT_EQ(nullptr, logon->store());
    logon->log_off();
}

TEST_F(ProviderLogon, PassesARefusalOn) {
    const ProviderIdentity provider = identity(ProviderKind::Store, "remapinull");
    ask_for(provider, MAPI_E_LOGON_FAILED);
    EXPECT_EQ(MAPI_E_LOGON_FAILED, store_code(provider));
    ask_for(provider, MAPI_E_UNCONFIGURED);
    EXPECT_EQ(MAPI_E_UNCONFIGURED, store_code(provider));
    ask_for(provider, S_OK);
    EXPECT_EQ(S_OK, store_code(provider));
}

TEST_F(ProviderLogon, SurvivesAnExceptionOutOfAProvider) {
    if (sizeof(void*) == 4 && port::path_separator() != REMAPI_W('/')) {
        GTEST_SKIP() << "GCC for i686 cannot unwind from one module into another";
    }
    const ProviderIdentity provider = identity(ProviderKind::Store, "remapinull");
    ask_for(provider, null_provider::kThrow);
    EXPECT_EQ(MAPI_E_CALL_FAILED, store_code(provider));
}

TEST_F(ProviderLogon, DisablesAFaultingModuleWhereFaultsCanBeCaught) {
    const ProviderIdentity provider = identity(ProviderKind::Store, "remapifault");
    ask_for(provider, null_provider::kFault);
    if (port::path_separator() == REMAPI_W('/')) {
        EXPECT_DEATH(store_code(provider), "") << "natively a fault ends the process";
        return;
    }
    EXPECT_EQ(MAPI_E_CALL_FAILED, store_code(provider));
    ask_for(provider, S_OK);
    EXPECT_EQ(MAPI_E_CALL_FAILED, store_code(provider)) << "the module is not used again";
    ++m_modules_before;  // nor unloaded
}

TEST_F(ProviderLogon, NamesWhatIsWrongWithAModule) {
    EXPECT_EQ(MAPI_E_VERSION, store_code(identity(ProviderKind::Store, "remapinew")));
    EXPECT_EQ(MAPI_E_NOT_INITIALIZED, store_code(identity(ProviderKind::Store, "noprovider")));
    EXPECT_EQ(MAPI_E_NOT_FOUND, store_code(identity(ProviderKind::Store, "remapimissing")));
}

TEST_F(ProviderLogon, LogsATransportOnAndLearnsItsAddressTypes) {
    TransportLogonRequest request;
    request.host = host;
    request.provider = identity(ProviderKind::Transport, "remapinull");
    const auto logon = TransportLogon::log_on(request);
    EXPECT_EQ(LOGON_SP_POLL, logon->wishes());
    EXPECT_FALSE(logon->handles_every_type());
    EXPECT_TRUE(logon->handles(REMAPI_W("null"), {}));
    EXPECT_FALSE(logon->handles(REMAPI_W("SMTP"), {}));
    const Bytes own = format::make_entry_id(0, null_provider::kUid, {});
    EXPECT_TRUE(logon->handles(REMAPI_W("SMTP"), own));
    EXPECT_EQ(S_OK, logon->notify(NOTIFY_BEGIN_OUTBOUND));
    ULONG_PTR reference = 0;
    ULONG_PTR parameter = 0;
    EXPECT_EQ(MAPI_E_NOT_ME, logon->submit_message(0, nullptr, &reference, &parameter));
}

TEST_F(ProviderLogon, LogsAnAddressBookOn) {
    AddressBookLogonRequest request;
    request.host = host;
    request.provider = identity(ProviderKind::AddressBook, "remapinull");
    EXPECT_NE(nullptr, AddressBookLogon::log_on(request)->logon());
    EXPECT_EQ(1u, host->uids.size());
}

TEST_F(ProviderLogon, ConfiguresAServiceByItsEntryPoint) {
    ServiceCall call;
    call.host = host;
    call.service = identity(ProviderKind::Service, "remapinull");
    call.entry_name = "ServiceEntry";
    call.context = MSG_SERVICE_CONFIGURE;
    const PropertyBag values{{PR_COMMENT_W, REMAPI_W("configured")}};
    const auto packed = object::pack(values.values());
    call.properties = {packed.get(), 1};
    EXPECT_EQ(S_OK, call_service_entry(call, nullptr));
    const auto section = host->open_profile_section(call.service, call.service.uid, 0);
    EXPECT_EQ(REMAPI_W("configured"),
              read_properties(section.get(), {PR_COMMENT_W}).text(PR_COMMENT_W));

    call.entry_name = "NoSuchEntry";
    try {
        call_service_entry(call, nullptr);
        FAIL() << "an entry point that does not exist was called";
    } catch (const Error& error) {
        EXPECT_EQ(MAPI_E_NOT_INITIALIZED, error.code());
    }
}

}  // namespace
}  // namespace remapi::spi
