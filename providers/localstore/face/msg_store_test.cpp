// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: mapi/imsgstoreimapiprop.md and those of its methods.
#include <gtest/gtest.h>

#include "object/notify/callback_sink.h"
#include "providers/localstore/model/store.h"
#include "providers/localstore/testing/calls.h"

namespace remapi::localstore {
namespace {

class MsgStores : public testing::Test {
protected:
    MsgStores() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override { ASSERT_EQ(S_OK, store.result); }

    HRESULT set_receive_folder(const WideChar* message_class, Bytes entry) {
        return store.store->SetReceiveFolder(
            reinterpret_cast<LPTSTR>(const_cast<WideChar*>(message_class)), MAPI_UNICODE,
            narrow_size(entry.size()), entry.empty() ? nullptr : as_entry(entry));
    }
    /// The name of the folder, and the class that it was set for.
    std::pair<String, String> receive_folder(const WideChar* message_class) {
        ULONG size = 0;
        ENTRYID* entry = nullptr;
        LPTSTR explicit_class = nullptr;
        check(store.store->GetReceiveFolder(
                  reinterpret_cast<LPTSTR>(const_cast<WideChar*>(message_class)), MAPI_UNICODE,
                  &size, &entry, &explicit_class),
              "IMsgStore::GetReceiveFolder");
        const auto found = store.open<IMAPIFolder>(to_bytes(format::view_entry_id(size, entry)));
        std::pair<String, String> answer(text_of(found.get(), PR_DISPLAY_NAME_W),
                                         reinterpret_cast<WideChar*>(explicit_class));
        memory::routines().free(entry);
        memory::routines().free(explicit_class);
        return answer;
    }

    TestFolder folder;
    TestStore store{folder.file(REMAPI_W("a.rms"))};
};

TEST_F(MsgStores, TheSupportMaskSaysWhatThereIs) {
    const auto mask = static_cast<ULONG>(number_of(store.store.get(), PR_STORE_SUPPORT_MASK));
    for (const ULONG flag : {STORE_MODIFY_OK, STORE_CREATE_OK, STORE_SUBMIT_OK, STORE_ATTACH_OK,
                             STORE_OLE_OK, STORE_SORT_OK, STORE_RESTRICTION_OK, STORE_CATEGORIZE_OK,
                             STORE_MV_PROPS_OK, STORE_SEARCH_OK}) {
        EXPECT_NE(0u, mask & flag) << flag;
    }
    // Bodies are not kept in step.
    EXPECT_EQ(0u, mask & (STORE_READONLY | STORE_RTF_OK));
}

TEST_F(MsgStores, ReceiveFoldersAreSetChangedAndTakenBackByClass) {
    const auto faxes = make_folder(store.folder(PR_IPM_SUBTREE_ENTRYID).get(), REMAPI_W("Faxes"));
    const String inbox = REMAPI_W("Inbox");
    const String name = REMAPI_W("Faxes");
    ASSERT_EQ(S_OK, set_receive_folder(REMAPI_W("IPM.Fax"), entry_of(faxes.get())));
    EXPECT_EQ(std::pair(name, String(REMAPI_W("IPM.Fax"))),
              receive_folder(REMAPI_W("IPM.Fax.Page.One")));
    EXPECT_EQ(std::pair(inbox, String(REMAPI_W("IPM"))), receive_folder(REMAPI_W("IPM.FaxLike")));
    ASSERT_EQ(S_OK, set_receive_folder(REMAPI_W("ipm.fax"), {}));
    EXPECT_EQ(S_OK, set_receive_folder(REMAPI_W("IPM.Fax"), {}));  // nothing left to take back
    EXPECT_EQ(std::pair(inbox, String(REMAPI_W("IPM"))), receive_folder(REMAPI_W("IPM.Fax")));
    for (const WideChar* all : {static_cast<const WideChar*>(nullptr), REMAPI_W("")}) {
        ASSERT_EQ(S_OK, set_receive_folder(all, entry_of(faxes.get())));
        EXPECT_EQ(std::pair(name, String()), receive_folder(nullptr));
        EXPECT_EQ(std::pair(name, String()), receive_folder(REMAPI_W("Report")));
        ASSERT_EQ(S_OK, set_receive_folder(all, {}));
        EXPECT_EQ(std::pair(inbox, String()), receive_folder(REMAPI_W("")));
    }
}

TEST_F(MsgStores, ReceiveFoldersRefuseBadClassesAndEntryIds) {
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              set_receive_folder(REMAPI_W("IPM..Fax"), store.entry_id(PR_IPM_OUTBOX_ENTRYID)));
    EXPECT_EQ(MAPI_E_UNKNOWN_ENTRYID, set_receive_folder(REMAPI_W("IPM.Fax"), Bytes(32, 1)));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, store.store->SetReceiveFolder(nullptr, 4, 0, nullptr));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              store.store->GetReceiveFolder(nullptr, 0, nullptr, nullptr, nullptr));
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, store.store->GetReceiveFolderTable(MAPI_UNICODE, table.put()));
    EXPECT_EQ(4u, object::query_all_rows(table.get()).size());
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, store.store->GetReceiveFolderTable(4, table.put()));
}

TEST_F(MsgStores, LoggingOffTakesOneFlagAndTellsWhatWaits) {
    ULONG flags = LOGOFF_ORDERLY | LOGOFF_PURGE;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, store.store->StoreLogoff(&flags));
    flags = 0x400;
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, store.store->StoreLogoff(&flags));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, store.store->StoreLogoff(nullptr));
    flags = LOGOFF_ORDERLY;
    EXPECT_EQ(S_OK, store.store->StoreLogoff(&flags));
    EXPECT_EQ(static_cast<ULONG>(LOGOFF_COMPLETE), flags);
    store.submit(REMAPI_W("m"));
    flags = LOGOFF_NO_WAIT;
    EXPECT_EQ(S_OK, store.store->StoreLogoff(&flags));
    EXPECT_EQ(static_cast<ULONG>(LOGOFF_COMPLETE | LOGOFF_OUTBOUND_QUEUE), flags);
}

TEST_F(MsgStores, AdviseChecksItsArguments) {
    auto sink = com::make<object::CallbackSink>([](const NOTIFICATION*, ULONG) {});
    ULONG_PTR connection = 7;
    Bytes foreign(32, 1);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              store.store->Advise(0, nullptr, fnevNewMail, nullptr, &connection));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              store.store->Advise(0, nullptr, fnevNewMail, sink.get(), nullptr));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              store.store->Advise(0, nullptr, 0, sink.get(), &connection));
    EXPECT_EQ(MAPI_E_INVALID_ENTRYID,
              store.store->Advise(32, as_entry(foreign), fnevNewMail, sink.get(), &connection));
    EXPECT_EQ(MAPI_E_NOT_FOUND, store.store->Unadvise(99));
}

TEST_F(MsgStores, NewMailIsPassedOnToWhoAskedForIt) {
    ULONG seen = 0;
    auto sink =
        com::make<object::CallbackSink>([&](const NOTIFICATION*, ULONG count) { seen += count; });
    ULONG_PTR connection = 0;
    ASSERT_EQ(S_OK, store.store->Advise(0, nullptr, fnevNewMail, sink.get(), &connection));
    NOTIFICATION mail = {};
    mail.ulEventType = fnevNewMail;
    EXPECT_EQ(S_OK, store.store->NotifyNewMail(&mail));
    EXPECT_EQ(1u, seen);
    mail.ulEventType = fnevCriticalError;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, store.store->NotifyNewMail(&mail));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, store.store->NotifyNewMail(nullptr));
}

TEST_F(MsgStores, TheSpoolersMethodsRefuseWhatIsNotInTheQueue) {
    const auto outbox = store.folder(PR_IPM_OUTBOX_ENTRYID);
    Bytes entry = make_message(outbox.get(), REMAPI_W("draft"));
    const ULONG size = narrow_size(entry.size());
    EXPECT_EQ(MAPI_E_NOT_IN_QUEUE, store.store->AbortSubmit(size, as_entry(entry), 0));
    EXPECT_EQ(MAPI_E_NOT_IN_QUEUE, store.store->FinishedMsg(0, size, as_entry(entry)));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, store.store->AbortSubmit(size, as_entry(entry), 1));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, store.store->FinishedMsg(1, size, as_entry(entry)));
    const auto message = store.open<IMessage>(entry, 0);
    EXPECT_EQ(MAPI_E_NOT_IN_QUEUE, store.store->SetLockState(message.get(), MSG_LOCKED));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, store.store->SetLockState(message.get(), 77));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, store.store->SetLockState(nullptr, MSG_LOCKED));
}

TEST_F(MsgStores, AllNamesThereCanBeAreTakenAndTheNextIsAnError) {
    {
        // The last but one, as if all before it had been made.
        const auto model = Store::open(folder.file(REMAPI_W("a.rms")), Database::Open::Existing);
        Transaction work(*model->database(), Transaction::Kind::Write);
        work.sql().execute(
            "INSERT INTO named_property(id, property_set, number) VALUES(65533, x'00', 1)");
        work.commit();
    }
    GUID set = PS_PUBLIC_STRINGS;
    MAPINAMEID names[2] = {};
    MAPINAMEID* wanted[] = {&names[0], &names[1]};
    for (LONG i = 0; i < 2; ++i) {
        names[i].lpguid = &set;
        names[i].ulKind = MNID_ID;
        names[i].Kind.lID = 100 + i;
    }
    SPropTagArray* tags = nullptr;
    EXPECT_EQ(MAPI_W_ERRORS_RETURNED, store.store->GetIDsFromNames(2, wanted, MAPI_CREATE, &tags));
    ASSERT_TRUE(tags);
    EXPECT_EQ(0xFFFEu, PROP_ID(tags->aulPropTag[0]));
    EXPECT_EQ(static_cast<ULONG>(PT_ERROR), PROP_TYPE(tags->aulPropTag[1]));
    memory::routines().free(tags);
}

}  // namespace
}  // namespace remapi::localstore
