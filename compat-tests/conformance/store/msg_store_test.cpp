// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imsgstoreimapiprop.md, mapi/imsgstore-openentry.md,
/// mapi/imsgstore-compareentryids.md, mapi/imsgstore-storelogoff.md,
/// mapi/pidtagstoresupportmask-canonical-property.md,
/// mapi/pidtagvalidfoldermask-canonical-property.md
class MsgStoreObject : public StoreTest {
protected:
    HRESULT open_as(const Bytes& id, const IID* iid, ULONG flags = 0) {
        ULONG type = 0;
        com::Ptr<IUnknown> object;
        return store()->OpenEntry(narrow_size(id.size()), as_entry(id), iid, flags, &type,
                                  object.put());
    }
    HRESULT compare(const Bytes& left, const Bytes& right, ULONG* same) {
        return store()->CompareEntryIDs(narrow_size(left.size()), as_entry(left),
                                        narrow_size(right.size()), as_entry(right), 0, same);
    }
};

TEST_F(MsgStoreObject, HasTheRequiredProperties) {
    for (const ULONG tag :
         {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_RECORD_KEY, PR_STORE_ENTRYID,
          PR_STORE_RECORD_KEY, PR_MDB_PROVIDER, PR_STORE_SUPPORT_MASK})
        EXPECT_HR(S_OK, error_of(get(store(), tag))) << std::hex << tag;
    EXPECT_EQ(MAPI_STORE, get_number(store(), PR_OBJECT_TYPE));
    EXPECT_EQ(get_bytes(store(), PR_RECORD_KEY), get_bytes(store(), PR_STORE_RECORD_KEY));
    EXPECT_EQ(sizeof(MAPIUID), get_bytes(store(), PR_MDB_PROVIDER).size());
}

TEST_F(MsgStoreObject, AnswersItsOwnInterfacesAndNoOthers) {
    for (const IID& iid : {IID_IUnknown, IID_IMAPIProp, IID_IMsgStore}) {
        com::Ptr<IUnknown> found;
        EXPECT_HR(S_OK, store()->QueryInterface(iid, found.put_as<void>()));
    }
    com::Ptr<IUnknown> other;
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              store()->QueryInterface(IID_IMessage, other.put_as<void>()));
    EXPECT_EQ(nullptr, other.get());
}

TEST_F(MsgStoreObject, KeepsItsReadOnlyPropertiesToItself) {
    for (const ULONG tag : {PR_ENTRYID, PR_RECORD_KEY, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY})
        EXPECT_HR(MAPI_E_COMPUTED, set(store(), {tag, Bytes{1, 2}})) << std::hex << tag;
    EXPECT_HR(MAPI_E_COMPUTED, set(store(), {PR_STORE_SUPPORT_MASK, 0}));
    EXPECT_HR(MAPI_E_COMPUTED, set(store(), {PR_OBJECT_TYPE, MAPI_FOLDER}));
}

TEST_F(MsgStoreObject, CanBeRenamed) {
    const String before = get_text(store(), PR_DISPLAY_NAME_W);
    EXPECT_HR(S_OK, set(store(), {PR_DISPLAY_NAME_W, REMAPI_W("Another name")}));
    EXPECT_EQ(REMAPI_W("Another name"), get_text(store(), PR_DISPLAY_NAME_W));
    EXPECT_HR(S_OK, set(store(), {PR_DISPLAY_NAME_W, before}));
}

TEST_F(MsgStoreObject, MakesChangesPermanentWithoutSaveChanges) {
    ASSERT_HR(S_OK, set(store(), {kText, REMAPI_W("kept")}));
    const auto session = world.log_on();
    {
        const auto second = world.open_store(*session);
        EXPECT_EQ(REMAPI_W("kept"), get_text(second.get(), kText));
    }
    session->Logoff(0, 0, 0);
    EXPECT_HR(S_OK, remove(store(), kText));
}

TEST_F(MsgStoreObject, OpensTheRootFolderWithoutAnEntryId) {
    ULONG type = 0;
    com::Ptr<IMAPIFolder> root;
    ASSERT_HR(S_OK, store()->OpenEntry(0, nullptr, nullptr, 0, &type, root.put_as<IUnknown>()));
    EXPECT_EQ(MAPI_FOLDER, type);
    EXPECT_EQ(FOLDER_ROOT, get_number(root.get(), PR_FOLDER_TYPE));
    // pidtagparententryid: the root is its own parent.
    EXPECT_EQ(id_of(root.get()), get_bytes(root.get(), PR_PARENT_ENTRYID));
}

TEST_F(MsgStoreObject, TellsTheTypeOfWhatItOpens) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    ULONG type = 0;
    com::Ptr<IUnknown> opened;
    const Bytes id = id_of(message.get());
    ASSERT_HR(S_OK, store()->OpenEntry(narrow_size(id.size()), as_entry(id), nullptr, 0, &type,
                                       opened.put()));
    EXPECT_EQ(MAPI_MESSAGE, type);
    EXPECT_TRUE(com::query<IMessage>(opened.get()));
}

TEST_F(MsgStoreObject, OpensForReadingUnlessAskedOtherwise) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    const auto reading = reopen(message.get(), 0);
    EXPECT_EQ(0, get_number(reading.get(), PR_ACCESS_LEVEL));
    EXPECT_HR(MAPI_E_NO_ACCESS, set(reading.get(), {PR_SUBJECT_W, REMAPI_W("b")}));
    const auto same_folder = open<IMAPIFolder>(store(), id_of(folder.get()), 0);
    EXPECT_EQ(0, get_number(same_folder.get(), PR_ACCESS_LEVEL));
    EXPECT_HR(MAPI_E_NO_ACCESS, set(same_folder.get(), {PR_COMMENT_W, REMAPI_W("b")}));
}

TEST_F(MsgStoreObject, OpensForWritingWhenAsked) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    for (const ULONG flags : {ULONG{MAPI_MODIFY}, ULONG{MAPI_BEST_ACCESS}}) {
        const auto writing = reopen(message.get(), flags);
        EXPECT_EQ(MAPI_MODIFY, get_number(writing.get(), PR_ACCESS_LEVEL));
        EXPECT_HR(S_OK, set(writing.get(), {PR_SUBJECT_W, REMAPI_W("b")}));
    }
}

TEST_F(MsgStoreObject, OpensByTheInterfaceThatIsAskedFor) {
    const Bytes id = id_of(folder.get());
    for (const IID& iid : {IID_IMAPIFolder, IID_IMAPIContainer, IID_IMAPIProp, IID_IUnknown})
        EXPECT_HR(S_OK, open_as(id, &iid));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED, open_as(id, &IID_IMessage));
}

TEST_F(MsgStoreObject, DoesNotFindWhatWasDeleted) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    EntryList list({id_of(message.get())});
    const Bytes id = id_of(message.get());
    ASSERT_HR(S_OK, folder->DeleteMessages(list.get(), 0, nullptr, 0));
    EXPECT_HR(MAPI_E_NOT_FOUND, open_as(id, nullptr));
}

TEST_F(MsgStoreObject, DoesNotOpenAnEntryIdThatIsNone) {
    EXPECT_TRUE(FAILED(open_as(Bytes{1, 2, 3}, nullptr)));
    Bytes stranger = id_of(folder.get());
    for (std::size_t i = 4; i < 20; ++i) stranger[i] ^= 0x55;
    EXPECT_TRUE(FAILED(open_as(stranger, nullptr)));
    Bytes cut = id_of(folder.get());
    cut.pop_back();
    EXPECT_TRUE(FAILED(open_as(cut, nullptr)));
}

TEST_F(MsgStoreObject, RefusesUnknownFlagsAndMissingOutParameters) {
    const Bytes id = id_of(folder.get());
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, open_as(id, nullptr, 0x40000000));
    ULONG type = 0;
    com::Ptr<IUnknown> object;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              store()->OpenEntry(narrow_size(id.size()), as_entry(id), nullptr, 0, &type, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, store()->OpenEntry(narrow_size(id.size()), as_entry(id),
                                                           nullptr, 0, nullptr, object.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, compare(id, id, nullptr));
}

TEST_F(MsgStoreObject, ComparesEntryIds) {
    const auto message = saved_message(folder.get(), REMAPI_W("a"));
    ULONG same = 7;
    EXPECT_HR(S_OK, compare(id_of(folder.get()), id_of(folder.get()), &same));
    EXPECT_EQ(ULONG{TRUE}, same);
    EXPECT_HR(S_OK, compare(id_of(folder.get()), id_of(message.get()), &same));
    EXPECT_EQ(ULONG{FALSE}, same);
    const Bytes id = id_of(folder.get());
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS,
              store()->CompareEntryIDs(narrow_size(id.size()), as_entry(id), narrow_size(id.size()),
                                       as_entry(id), 1, &same));
}

TEST_F(MsgStoreObject, DoesNotCompareEntryIdsOfNoObject) {
    ULONG same = 7;
    EXPECT_HR(MAPI_E_UNKNOWN_ENTRYID, compare(id_of(folder.get()), Bytes{1, 2, 3}, &same));
}

TEST_F(MsgStoreObject, NamesTheStandardFoldersThatItsMaskCallsValid) {
    const auto mask = static_cast<ULONG>(get_number(store(), PR_VALID_FOLDER_MASK));
    struct Standard {
        ULONG bit, tag;
    };
    for (const Standard standard :
         {Standard{FOLDER_IPM_SUBTREE_VALID, PR_IPM_SUBTREE_ENTRYID},
          Standard{FOLDER_IPM_OUTBOX_VALID, PR_IPM_OUTBOX_ENTRYID},
          Standard{FOLDER_IPM_WASTEBASKET_VALID, PR_IPM_WASTEBASKET_ENTRYID},
          Standard{FOLDER_IPM_SENTMAIL_VALID, PR_IPM_SENTMAIL_ENTRYID},
          Standard{FOLDER_VIEWS_VALID, PR_VIEWS_ENTRYID},
          Standard{FOLDER_COMMON_VIEWS_VALID, PR_COMMON_VIEWS_ENTRYID},
          Standard{FOLDER_FINDER_VALID, PR_FINDER_ENTRYID}}) {
        ASSERT_NE(0u, mask & standard.bit) << std::hex << standard.bit;
        const auto opened = open<IMAPIFolder>(store(), get_bytes(store(), standard.tag));
        EXPECT_NE(String(), get_text(opened.get(), PR_DISPLAY_NAME_W));
    }
}

TEST_F(MsgStoreObject, SupportsWhatADefaultStoreMust) {
    for (const ULONG bit : {STORE_MODIFY_OK, STORE_CREATE_OK, STORE_ATTACH_OK, STORE_SUBMIT_OK,
                            STORE_NOTIFY_OK, STORE_MV_PROPS_OK, STORE_ENTRYID_UNIQUE})
        EXPECT_TRUE(supports(bit)) << std::hex << bit;
    EXPECT_FALSE(supports(STORE_READONLY));
}

TEST_F(MsgStoreObject, SaysWhetherItMakesSearchFolders) {
    com::Ptr<IMAPIFolder> made;
    const HRESULT hr = folder->CreateFolder(FOLDER_SEARCH, as_tstr(REMAPI_W("search")), nullptr,
                                            nullptr, MAPI_UNICODE, made.put());
    EXPECT_HR(supports(STORE_SEARCH_OK) ? S_OK : MAPI_E_NO_SUPPORT, hr);
}

TEST_F(MsgStoreObject, SaysWhetherItKeepsTextAndRtfInStep) {
    const auto message = new_message(folder.get(), REMAPI_W("s"));
    ASSERT_HR(S_OK, set(message.get(), {PR_BODY_W, REMAPI_W("text")}));
    save(message.get());
    const bool has_rtf = !get(message.get(), PR_RTF_COMPRESSED).is_error();
    EXPECT_EQ(supports(STORE_RTF_OK), has_rtf);
}

TEST_F(MsgStoreObject, SaysWhetherItsTablesHaveCategories) {
    saved_message(folder.get(), REMAPI_W("s"));
    const auto table = contents(folder.get());
    SizedSSortOrderSet(1, order) = {1, 1, 1, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    const HRESULT hr = table->SortTable(reinterpret_cast<SSortOrderSet*>(&order), 0);
    EXPECT_EQ(supports(STORE_CATEGORIZE_OK), SUCCEEDED(hr));
}

TEST_F(MsgStoreObject, LogsOffInOrder) {
    const auto session = world.log_on();
    {
        const auto second = world.open_store(*session);
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, second->StoreLogoff(nullptr));
        ULONG flags = LOGOFF_ORDERLY;
        EXPECT_HR(S_OK, second->StoreLogoff(&flags));
    }
    EXPECT_HR(S_OK, session->Logoff(0, 0, 0));
    EXPECT_HR(S_OK, error_of(get(store(), PR_ENTRYID)));
}

TEST_F(MsgStoreObject, OpenedForReadingGivesNoWriteAccess) {
    const auto session = world.log_on();
    {
        const auto reading = world.open_store(*session, 0);
        EXPECT_EQ(0, get_number(reading.get(), PR_ACCESS_LEVEL));
        EXPECT_HR(MAPI_E_NO_ACCESS, set(reading.get(), {kText, REMAPI_W("no")}));
        ULONG type = 0;
        com::Ptr<IUnknown> object;
        EXPECT_HR(MAPI_E_NO_ACCESS,
                  reading->OpenEntry(0, nullptr, nullptr, MAPI_MODIFY, &type, object.put()));
        EXPECT_HR(S_OK,
                  reading->OpenEntry(0, nullptr, nullptr, MAPI_BEST_ACCESS, &type, object.put()));
    }
    session->Logoff(0, 0, 0);
}

}  // namespace
}  // namespace remapi::test
