// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/support.h"

#include <gtest/gtest.h>

#include <cstring>

#include "abi/remapi_tags.h"
#include "format/one_off.h"
#include "format/wrapped_entry_id.h"
#include "object/notify/callback_sink.h"
#include "object/notify/notification.h"
#include "spi/notify_engine.h"
#include "spi/testing/fake_host.h"
#include "spi/testing/fake_message.h"

namespace remapi::spi {
namespace {

using testing::FakeHost;
using testing::FakeMessage;
using testing::identity;

class SupportObject : public ::testing::Test {
protected:
    com::Ptr<IMAPISupport> support(ProviderKind kind) {
        provider = identity(kind, "remapinull");
        return make_support(host, provider);
    }
    static Buffer<NOTIFKEY> key(std::string_view text) {
        auto result = Buffer<NOTIFKEY>::allocate_bytes(offsetof(NOTIFKEY, ab) + text.size() + 1);
        result->cb = static_cast<ULONG>(text.size());
        std::memcpy(result->ab, text.data(), text.size());
        return result;
    }

    std::shared_ptr<FakeHost> host = std::make_shared<FakeHost>();
    ProviderIdentity provider;
};

TEST_F(SupportObject, HasTheMethodsOfItsKindOnly) {
    const auto store = support(ProviderKind::Store);
    const auto transport = support(ProviderKind::Transport);
    const auto service = support(ProviderKind::Service);
    MAPIUID uid = format::new_uid();
    EXPECT_EQ(S_OK, store->SetProviderUID(&uid, 0));
    EXPECT_EQ(MAPI_E_NO_SUPPORT, transport->SetProviderUID(&uid, 0));
    EXPECT_EQ(MAPI_E_NO_SUPPORT, service->ModifyStatusRow(0, nullptr, 0));
    EXPECT_EQ(S_OK, transport->ModifyStatusRow(0, nullptr, 0));
    EXPECT_EQ(S_OK, transport->SpoolerYield(0));
    EXPECT_EQ(MAPI_E_NO_SUPPORT, store->SpoolerYield(0));
    EXPECT_EQ(S_OK, store->SpoolerNotify(NOTIFY_READYTOSEND, nullptr));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, store->SpoolerNotify(NOTIFY_CRITSEC, nullptr));
    EXPECT_EQ(S_OK, transport->SpoolerNotify(NOTIFY_CRITSEC, nullptr));
    EXPECT_EQ(S_OK, store->ModifyProfile(0));
    EXPECT_EQ(S_OK, store->ModifyProfile(MDB_TEMPORARY));
    EXPECT_EQ(1, host->kept_stores);
}

TEST_F(SupportObject, CopiesToAnObjectThatHasTheInterfaceNamed) {
    const auto store = support(ProviderKind::Store);
    const auto source = com::make<FakeMessage>(PropertyBag{{PR_BODY_W, REMAPI_W("body")}});
    const auto target = com::make<FakeMessage>();
    const auto copy = [&](const IID* iid) {
        return store->DoCopyTo(&IID_IMessage, source.get(), 0, nullptr, nullptr, 0, nullptr, iid,
                               target.get(), 0, nullptr);
    };
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, copy(&IID_IMAPIFolder));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, copy(nullptr));
    EXPECT_EQ(nullptr, target->values().find(PR_BODY_W));
    EXPECT_EQ(S_OK, copy(&IID_IMAPIProp));
    EXPECT_EQ(REMAPI_W("body"), target->values().text(PR_BODY_W));
}

TEST_F(SupportObject, OpensTheProvidersOwnSectionWhenNoneIsNamed) {
    const auto store = support(ProviderKind::Store);
    com::Ptr<IProfSect> section;
    EXPECT_EQ(MAPI_E_NOT_FOUND, store->OpenProfileSection(nullptr, 0, section.put()));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, store->OpenProfileSection(nullptr, 0x8000, section.put()));
    EXPECT_EQ(S_OK, store->OpenProfileSection(nullptr, MAPI_MODIFY, section.put()));
    EXPECT_EQ(1u, host->sections.count(format::uid_text(provider.uid)));
}

TEST_F(SupportObject, StartsTheSpoolerForTheOutgoingQueue) {
    const auto store = support(ProviderKind::Store);
    NOTIFICATION event = {};
    event.ulEventType = fnevTableModified;
    event.info.tab.ulTableEvent = TABLE_ROW_ADDED;
    ULONG flags = 0;
    EXPECT_EQ(S_OK, store->Notify(key("another key").get(), 1, &event, &flags));
    EXPECT_EQ(0, host->spooler_starts);
    EXPECT_EQ(S_OK, store->Notify(key(kOutgoingQueueKey).get(), 1, &event, &flags));
    EXPECT_EQ(1, host->spooler_starts);
}

TEST_F(SupportObject, EndsItsSubscriptionsWhenItIsClosed) {
    const auto store = support(ProviderKind::Store);
    int calls = 0;
    const auto sink = com::make<object::CallbackSink>([&](const NOTIFICATION*, ULONG) { ++calls; });
    ULONG_PTR connection = 0;
    ASSERT_EQ(S_OK, store->Subscribe(key("k").get(), fnevObjectModified, NOTIFY_SYNC, sink.get(),
                                     &connection));
    const auto event = object::pack(object::ObjectEvent{});
    EXPECT_EQ(S_OK, store->Notify(key("k").get(), 1, event.get(), nullptr));
    EXPECT_EQ(1, calls);
    close_support(store.get());
    EXPECT_EQ(0u, NotifyEngine::the().size());
    com::Ptr<IProfSect> section;
    EXPECT_EQ(MAPI_E_END_OF_SESSION,
              store->OpenProfileSection(nullptr, MAPI_MODIFY, section.put()));
    EXPECT_EQ(MAPI_E_NOT_FOUND, store->Unsubscribe(connection));
}

TEST_F(SupportObject, WrapsAStoreIdWithTheModulesName) {
    const auto store = support(ProviderKind::Store);
    Bytes own = format::make_entry_id(0, format::new_uid(), Bytes{1, 2, 3});
    ULONG bytes = 0;
    Buffer<ENTRYID> wrapped;
    ASSERT_EQ(S_OK, store->WrapStoreEntryID(static_cast<ULONG>(own.size()),
                                            reinterpret_cast<ENTRYID*>(own.data()), &bytes,
                                            wrapped.put()));
    const auto parts = format::unwrap_store_entry_id(view_bytes(wrapped.get(), bytes));
    ASSERT_TRUE(parts);
    EXPECT_EQ(own, parts->private_id);
    EXPECT_EQ(text::to_ansi(provider.dll_name), parts->dll_name);
}

TEST_F(SupportObject, MakesOneOffs) {
    const auto transport = support(ProviderKind::Transport);
    String name = REMAPI_W("Alice");
    String type = REMAPI_W("SMTP");
    String address = REMAPI_W("alice@example.org");
    const auto text = [](String& string) { return reinterpret_cast<LPTSTR>(string.data()); };
    ULONG bytes = 0;
    Buffer<ENTRYID> entry;
    ASSERT_EQ(S_OK, transport->CreateOneOff(text(name), text(type), text(address), MAPI_UNICODE,
                                            &bytes, entry.put()));
    const auto parts = format::decode_one_off(view_bytes(entry.get(), bytes));
    ASSERT_TRUE(parts);
    EXPECT_EQ(address, parts->email_address);
    EXPECT_TRUE(parts->no_rich_info) << "Internet recipients get no TNEF unless asked for";
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, transport->CreateOneOff(text(name), nullptr, text(address),
                                                                MAPI_UNICODE, &bytes, entry.put()));
}

TEST_F(SupportObject, MakesAnObjectInvalid) {
    const auto store = support(ProviderKind::Store);
    void* block = nullptr;
    ASSERT_EQ(S_OK, memory::routines().allocate(32, &block));
    const HRESULT hr = store->MakeInvalid(0, block, 2, 10);
    if (sizeof(void*) == 4) {
        EXPECT_EQ(MAPI_E_NO_SUPPORT, hr);
        memory::routines().free(block);
        return;
    }
    ASSERT_EQ(S_OK, hr);
    auto* object = static_cast<IMAPIProp*>(block);
    EXPECT_EQ(MAPI_E_INVALID_OBJECT, object->SaveChanges(0));
    EXPECT_EQ(3u, object->AddRef());
    EXPECT_EQ(2u, object->Release());
    EXPECT_EQ(1u, object->Release());
    const std::size_t before = memory::live_buffers();
    EXPECT_EQ(0u, object->Release());
    EXPECT_EQ(before - 1, memory::live_buffers()) << "the last reference frees the block";
}

TEST_F(SupportObject, AnswersWhatItDoesNotHaveWithNoSupport) {
    const auto store = support(ProviderKind::Store);
    EXPECT_EQ(MAPI_E_NO_SUPPORT,
              store->CompleteMsg(0, 4, reinterpret_cast<ENTRYID*>(&provider.uid)));
    ULONG flags = LOGOFF_ORDERLY;
    EXPECT_EQ(S_OK, store->StoreLogoffTransports(&flags));
    EXPECT_EQ(static_cast<ULONG>(LOGOFF_COMPLETE), flags);
}

TEST_F(SupportObject, GivesProvidersTheirSession) {
    const auto store = support(ProviderKind::Store);
    void* answer = nullptr;
    ASSERT_EQ(S_OK, store->QueryInterface(kIidMapiGetSession, &answer));
    const auto access = com::Ptr<IMAPIGetSession>::attach(static_cast<IMAPIGetSession*>(answer));
    IUnknown* session = nullptr;
    EXPECT_EQ(MAPI_E_END_OF_SESSION, access->GetMAPISession(&session)) << "the fake host has none";
}

}  // namespace
}  // namespace remapi::spi
