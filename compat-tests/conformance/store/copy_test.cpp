// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Where a copy goes.
enum class To { SameStore, OtherStore };

std::string place_name(const testing::TestParamInfo<To>& info) {
    return info.param == To::SameStore ? "SameStore" : "OtherStore";
}

/// Pages: mapi/imapiprop-copyto.md, mapi/imapiprop-copyprops.md, mapi/imapifolder-copymessages.md,
/// mapi/imapifolder-copyfolder.md, mapi/copying-or-moving-a-message-or-a-folder.md
class Copies : public StoreTest, public testing::WithParamInterface<To> {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        const bool same = GetParam() == To::SameStore;
        target = make_folder(same ? folder.get() : &world.other_subtree(), REMAPI_W("copies"),
                             OPEN_IF_EXISTS);
        source = new_message(folder.get(), REMAPI_W("RE: source"));
        object::set_prop(source.get(), {PR_BODY_W, REMAPI_W("body")});
        object::set_prop(source.get(), {kText, REMAPI_W("own")});
        object::set_prop(source.get(), {kNumber, 1});
        add_recipients(source.get(), {{REMAPI_W("Ann"), REMAPI_W("a@x")},
                                      {REMAPI_W("Bob"), REMAPI_W("b@x"), MAPI_CC}});
        add_attachment(source.get(), REMAPI_W("a.txt"), "bytes");
        save(source.get());
        made = new_message(target.get(), REMAPI_W("made"));
    }
    void TearDown() override {
        made.reset();
        source.reset();
        if (target && GetParam() == To::OtherStore) {
            const Bytes id = id_of(target.get());
            world.other_subtree().DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr,
                                               DEL_MESSAGES | DEL_FOLDERS);
        }
        target.reset();
        StoreTest::TearDown();
    }
    HRESULT copy_to(SPropTagArray* excluded = nullptr, ULONG flags = 0,
                    SPropProblemArray** problems = nullptr) {
        return source->CopyTo(0, nullptr, excluded, 0, nullptr, &IID_IMessage, made.get(), flags,
                              problems);
    }
    HRESULT copy_props(std::initializer_list<ULONG> tags, ULONG flags = 0) {
        const object::TagArray wanted(tags);
        return source->CopyProps(wanted.get(), 0, nullptr, &IID_IMessage, made.get(), flags,
                                 nullptr);
    }
    Texts names_of(IMessage* message) {
        return texts(recipients(message).get(), PR_DISPLAY_NAME_W);
    }
    Texts files_of(IMessage* message) {
        save(message);
        return texts(attachments(message).get(), PR_ATTACH_LONG_FILENAME_W);
    }

    com::Ptr<IMAPIFolder> target;
    com::Ptr<IMessage> source;
    com::Ptr<IMessage> made;
};

INSTANTIATE_TEST_SUITE_P(In, Copies, testing::Values(To::SameStore, To::OtherStore), place_name);

TEST_P(Copies, OfAMessageHaveEverything) {
    ASSERT_HR(S_OK, copy_to());
    EXPECT_EQ(REMAPI_W("RE: source"), get_text(made.get(), PR_SUBJECT_W));
    EXPECT_EQ(REMAPI_W("body"), get_text(made.get(), PR_BODY_W));
    EXPECT_EQ(REMAPI_W("own"), get_text(made.get(), kText));
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Bob")}), names_of(made.get()));
    EXPECT_EQ(Texts{REMAPI_W("a.txt")}, files_of(made.get()));
    EXPECT_NE(id_of(source.get()), id_of(made.get()));
}

TEST_P(Copies, LeaveTheSourceAlone) {
    ASSERT_HR(S_OK, copy_to());
    EXPECT_EQ(REMAPI_W("own"), get_text(source.get(), kText));
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Bob")}), names_of(source.get()));
    EXPECT_EQ(Texts{REMAPI_W("a.txt")}, files_of(source.get()));
}

TEST_P(Copies, LeaveOutWhatIsExcluded) {
    const object::TagArray excluded{untyped(kText), PR_MESSAGE_RECIPIENTS};
    ASSERT_HR(S_OK, copy_to(excluded.get()));
    EXPECT_TRUE(get(made.get(), kText).is_error());
    EXPECT_EQ(1, get_number(made.get(), kNumber));
    EXPECT_TRUE(names_of(made.get()).empty());
    EXPECT_EQ(Texts{REMAPI_W("a.txt")}, files_of(made.get()));
}

TEST_P(Copies, LeaveOutAttachmentsThatAreExcluded) {
    const object::TagArray excluded{PR_MESSAGE_ATTACHMENTS};
    ASSERT_HR(S_OK, copy_to(excluded.get()));
    EXPECT_EQ(2u, names_of(made.get()).size());
    EXPECT_TRUE(files_of(made.get()).empty());
}

TEST_P(Copies, OverwriteWhatIsThereUnlessToldNotTo) {
    ASSERT_HR(S_OK, set(made.get(), {kNumber, 2}));
    ASSERT_HR(S_OK, copy_to(nullptr, MAPI_NOREPLACE));
    EXPECT_EQ(2, get_number(made.get(), kNumber));
    EXPECT_EQ(REMAPI_W("own"), get_text(made.get(), kText));
    ASSERT_HR(S_OK, copy_to());
    EXPECT_EQ(1, get_number(made.get(), kNumber));
}

TEST_P(Copies, LeaveWhatTheSourceHasNot) {
    ASSERT_HR(S_OK, set(made.get(), {kBinary, Bytes{1}}));
    ASSERT_HR(S_OK, copy_to());
    EXPECT_EQ(Bytes{1}, get_bytes(made.get(), kBinary));
}

TEST_P(Copies, TakeThePropertiesAwayWhenTheyAreMoved) {
    ASSERT_HR(S_OK, copy_props({kText, kNumber}, MAPI_MOVE));
    EXPECT_EQ(REMAPI_W("own"), get_text(made.get(), kText));
    EXPECT_TRUE(get(source.get(), kText).is_error());
    EXPECT_TRUE(get(source.get(), kNumber).is_error());
}

TEST_P(Copies, OfSomePropertiesHaveNothingElse) {
    ASSERT_HR(S_OK, copy_props({kText}));
    EXPECT_EQ(REMAPI_W("own"), get_text(made.get(), kText));
    EXPECT_TRUE(get(made.get(), kNumber).is_error());
    EXPECT_TRUE(names_of(made.get()).empty());
}

TEST_P(Copies, OfTheRecipientsHaveThoseOnly) {
    ASSERT_HR(S_OK, copy_props({PR_MESSAGE_RECIPIENTS}));
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Bob")}), names_of(made.get()));
    EXPECT_TRUE(files_of(made.get()).empty());
    EXPECT_TRUE(get(made.get(), kText).is_error());
}

TEST_P(Copies, OfTheAttachmentsHaveTheirData) {
    ASSERT_HR(S_OK, copy_props({PR_MESSAGE_ATTACHMENTS}));
    EXPECT_EQ(Texts{REMAPI_W("a.txt")}, files_of(made.get()));
    const auto number =
        static_cast<ULONG>(rows_of(attachments(made.get()).get())[0].number(PR_ATTACH_NUM));
    com::Ptr<IAttach> attachment;
    ASSERT_HR(S_OK, made->OpenAttach(number, nullptr, 0, attachment.put()));
    EXPECT_EQ(to_bytes("bytes"), get_bytes(attachment.get(), PR_ATTACH_DATA_BIN));
}

TEST_P(Copies, OfNamedPropertiesKeepTheirNames) {
    MAPINAMEID name = {};
    name.lpguid = const_cast<GUID*>(&kTestSet);
    name.ulKind = MNID_STRING;
    WideChar text[] = REMAPI_W("copied by name");
    name.Kind.lpwstrName = text;
    MAPINAMEID* names = &name;
    const auto tag_at = [&](IMAPIProp* object) {
        Buffer<SPropTagArray> tags;
        check(object->GetIDsFromNames(1, &names, MAPI_CREATE, tags.put()), "GetIDsFromNames");
        return PROP_TAG(PT_UNICODE, PROP_ID(tags->aulPropTag[0]));
    };
    if (GetParam() == To::OtherStore) {
        // So that the two stores number it differently.
        MAPINAMEID other = name;
        WideChar filler[] = REMAPI_W("filler");
        other.Kind.lpwstrName = filler;
        MAPINAMEID* fillers = &other;
        Buffer<SPropTagArray> tags;
        check(made->GetIDsFromNames(1, &fillers, MAPI_CREATE, tags.put()), "GetIDsFromNames");
    }
    ASSERT_HR(S_OK, set(source.get(), {tag_at(source.get()), REMAPI_W("value")}));
    ASSERT_HR(S_OK, copy_to());
    EXPECT_EQ(REMAPI_W("value"), get_text(made.get(), tag_at(made.get())));
}

TEST_P(Copies, OfLargeValuesAreWhole) {
    Bytes large(700000, 0x31);
    com::Ptr<IStream> stream;
    ASSERT_HR(S_OK, source->OpenProperty(kBinary, &IID_IStream, STGM_READWRITE,
                                         MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>()));
    object::write_stream(stream.get(), large);
    ASSERT_HR(S_OK, stream->Commit(STGC_DEFAULT));
    stream.reset();
    ASSERT_HR(S_OK, copy_to());
    ASSERT_HR(S_OK,
              made->OpenProperty(kBinary, &IID_IStream, STGM_READ, 0, stream.put_as<IUnknown>()));
    EXPECT_EQ(large, object::read_stream(stream.get()));
}

TEST_P(Copies, OfEmbeddedMessagesAreWhole) {
    ULONG number = 0;
    com::Ptr<IAttach> shell;
    ASSERT_HR(S_OK, source->CreateAttach(nullptr, 0, &number, shell.put()));
    ASSERT_HR(S_OK, set(shell.get(), {PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG}));
    com::Ptr<IMessage> inner;
    ASSERT_HR(S_OK, shell->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                        MAPI_CREATE | MAPI_MODIFY, inner.put_as<IUnknown>()));
    ASSERT_HR(S_OK, set(inner.get(), {PR_SUBJECT_W, REMAPI_W("inner")}));
    save(inner.get());
    save(shell.get());
    save(source.get());
    ASSERT_HR(S_OK, copy_to());
    save(made.get());
    for (const PropertyBag& row : rows_of(attachments(made.get()).get())) {
        if (row.number(PR_ATTACH_METHOD) != ATTACH_EMBEDDED_MSG) continue;
        com::Ptr<IAttach> copied;
        ASSERT_HR(S_OK, made->OpenAttach(static_cast<ULONG>(row.number(PR_ATTACH_NUM)), nullptr, 0,
                                         copied.put()));
        ASSERT_HR(S_OK, copied->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                             inner.put_as<IUnknown>()));
        EXPECT_EQ(REMAPI_W("inner"), get_text(inner.get(), PR_SUBJECT_W));
        return;
    }
    FAIL() << "the embedded message was not copied";
}

TEST_P(Copies, OfMessagesAreMadeByTheirFolder) {
    EntryList list({id_of(source.get())});
    ASSERT_HR(S_OK, folder->CopyMessages(list.get(), nullptr, target.get(), 0, nullptr, 0));
    const auto rows = rows_of(contents(target.get()).get());
    ASSERT_EQ(1u, rows.size());
    const auto copy = open<IMessage>(target.get(), to_bytes(rows[0].bytes(PR_ENTRYID)));
    EXPECT_EQ(REMAPI_W("own"), get_text(copy.get(), kText));
    EXPECT_EQ(2u, names_of(copy.get()).size());
    EXPECT_EQ(Texts{REMAPI_W("a.txt")}, files_of(copy.get()));
}

TEST_P(Copies, OfMessagesAreMovedByTheirFolder) {
    save(source.get(), 0);
    EntryList list({id_of(source.get())});
    source.reset();
    ASSERT_HR(S_OK,
              folder->CopyMessages(list.get(), nullptr, target.get(), 0, nullptr, MESSAGE_MOVE));
    EXPECT_TRUE(subjects(folder.get()).empty());
    EXPECT_EQ(Texts{REMAPI_W("RE: source")}, subjects(target.get()));
}

TEST_P(Copies, OfFoldersHaveEverything) {
    const auto tree = make_folder(folder.get(), REMAPI_W("tree"));
    ASSERT_HR(S_OK, set(tree.get(), {PR_COMMENT_W, REMAPI_W("comment")}));
    ASSERT_HR(S_OK, set(tree.get(), {kText, REMAPI_W("own")}));
    saved_message(tree.get(), REMAPI_W("in tree"));
    saved_message(make_folder(tree.get(), REMAPI_W("branch")).get(), REMAPI_W("in branch"));
    const Bytes id = id_of(tree.get());
    ASSERT_HR(S_OK, folder->CopyFolder(narrow_size(id.size()), as_entry(id), nullptr, target.get(),
                                       nullptr, 0, nullptr, COPY_SUBFOLDERS));
    const auto rows = rows_of(hierarchy(target.get()).get());
    ASSERT_EQ(1u, rows.size());
    const auto copy = open<IMAPIFolder>(target.get(), to_bytes(rows[0].bytes(PR_ENTRYID)));
    EXPECT_EQ(REMAPI_W("comment"), get_text(copy.get(), PR_COMMENT_W));
    EXPECT_EQ(Texts{REMAPI_W("in tree")}, subjects(copy.get()));
    EXPECT_EQ(Texts{REMAPI_W("branch")}, names(copy.get()));
}

TEST_P(Copies, OfFoldersHaveTheirOwnProperties) {
    const auto tree = make_folder(folder.get(), REMAPI_W("tree"));
    ASSERT_HR(S_OK, set(tree.get(), {kText, REMAPI_W("own")}));
    const Bytes id = id_of(tree.get());
    ASSERT_HR(S_OK, folder->CopyFolder(narrow_size(id.size()), as_entry(id), nullptr, target.get(),
                                       nullptr, 0, nullptr, 0));
    const auto rows = rows_of(hierarchy(target.get()).get());
    ASSERT_EQ(1u, rows.size());
    const auto copy = open<IMAPIFolder>(target.get(), to_bytes(rows[0].bytes(PR_ENTRYID)));
    EXPECT_EQ(REMAPI_W("own"), get_text(copy.get(), kText));
}

TEST_P(Copies, AreNotMadeOntoThemselves) {
    EXPECT_HR(MAPI_E_NO_ACCESS, source->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMessage,
                                               source.get(), 0, nullptr));
}

TEST_P(Copies, NeedATargetAndItsInterface) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              source->CopyTo(0, nullptr, nullptr, 0, nullptr, nullptr, made.get(), 0, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              source->CopyProps(nullptr, 0, nullptr, &IID_IMessage, made.get(), 0, nullptr));
    SPropTagArray none = {};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy_to(&none));
    EXPECT_HR(
        MAPI_E_INTERFACE_NOT_SUPPORTED,
        source->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMAPIFolder, made.get(), 0, nullptr));
}

TEST_P(Copies, AreDeclinedByAStoreThatLeavesThemToMapi) {
    const HRESULT hr = copy_to(nullptr, MAPI_DECLINE_OK);
    EXPECT_TRUE(hr == S_OK || hr == MAPI_E_DECLINE_COPY);
    // It does not ask MAPI, which has asked it.
    EXPECT_EQ(hr == MAPI_E_DECLINE_COPY, get(made.get(), kText).is_error());
}

}  // namespace
}  // namespace remapi::test
