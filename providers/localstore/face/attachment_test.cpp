// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: mapi/iattachimapiprop.md, mapi/mapi-attachments.md, mapi/imessage-createattach.md,
// mapi/pidtagattachmethod-canonical-property.md
#include <gtest/gtest.h>

#include "providers/localstore/model/store.h"
#include "providers/localstore/testing/calls.h"

namespace remapi::localstore {
namespace {

class Attachments : public testing::Test {
protected:
    Attachments() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    void SetUp() override {
        ASSERT_EQ(S_OK, store.result);
        message = store.new_message(REMAPI_W("m"));
    }

    static com::Ptr<IAttach> create(IMessage* in, ULONG method, ULONG* number = nullptr) {
        com::Ptr<IAttach> attachment;
        ULONG made = 0;
        check(in->CreateAttach(nullptr, 0, &made, attachment.put()), "IMessage::CreateAttach");
        if (number) *number = made;
        object::set_prop(attachment.get(), {PR_ATTACH_METHOD, static_cast<std::int64_t>(method)});
        return attachment;
    }
    template <class Interface>
    static com::Ptr<Interface> open_data(IAttach* attachment, ULONG tag, ULONG flags) {
        com::Ptr<Interface> data;
        check(attachment->OpenProperty(tag, &abi::iid_of<Interface>(),
                                       flags != 0 ? STGM_READWRITE : STGM_READ, flags,
                                       data.template put_as<IUnknown>()),
              "IMAPIProp::OpenProperty");
        return data;
    }
    static com::Ptr<IAttach> open(IMessage* in, ULONG number, ULONG flags = 0) {
        com::Ptr<IAttach> attachment;
        check(in->OpenAttach(number, nullptr, flags, attachment.put()), "IMessage::OpenAttach");
        return attachment;
    }
    /// The message as somebody else opens it.
    com::Ptr<IMessage> saved(ULONG flags = 0) {
        check(message->SaveChanges(KEEP_OPEN_READWRITE), "IMAPIProp::SaveChanges");
        return store.open<IMessage>(entry_of(message.get()), flags);
    }

    TestFolder folder;
    TestStore store{folder.file(REMAPI_W("a.rms"))};
    com::Ptr<IMessage> message;
};

TEST_F(Attachments, ReferencesOfEveryKindKeepMethodAndPath) {
    const ULONG methods[] = {ATTACH_BY_REFERENCE, ATTACH_BY_REF_RESOLVE, ATTACH_BY_REF_ONLY};
    ULONG number = 0;
    for (const ULONG method : methods) {
        const auto attachment = create(message.get(), method, &number);
        object::set_prop(attachment.get(), {PR_ATTACH_PATHNAME_W, REMAPI_W("C:\\TEMP\\A.TXT")});
        object::set_prop(attachment.get(),
                         {PR_ATTACH_LONG_PATHNAME_W, REMAPI_W("\\\\srv\\share\\letter.txt")});
        ASSERT_EQ(S_OK, attachment->SaveChanges(0));
    }
    const auto other = saved();
    for (ULONG i = 0; i < 3; ++i) {
        const auto attachment = open(other.get(), i);
        EXPECT_EQ(methods[i], number_of(attachment.get(), PR_ATTACH_METHOD));
        EXPECT_EQ(String(REMAPI_W("C:\\TEMP\\A.TXT")),
                  text_of(attachment.get(), PR_ATTACH_PATHNAME_W));
        EXPECT_FALSE(object::get_one_prop(attachment.get(), PR_ATTACH_DATA_BIN));
    }
}

TEST_F(Attachments, AnOleObjectIsAStorageOfAnyStructure) {
    ULONG number = 0;
    const auto attachment = create(message.get(), ATTACH_OLE, &number);
    const Bytes data(20'000, 0x5C);
    {
        const auto root =
            open_data<IStorage>(attachment.get(), PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
        com::Ptr<IStorage> inner;
        com::Ptr<IStream> stream;
        constexpr DWORD kMode = STGM_READWRITE | STGM_SHARE_EXCLUSIVE | STGM_CREATE;
        ASSERT_EQ(S_OK, root->CreateStorage(REMAPI_W("inner"), kMode, 0, 0, inner.put()));
        ASSERT_EQ(S_OK, inner->CreateStream(REMAPI_W("Contents"), kMode, 0, 0, stream.put()));
        object::write_stream(stream.get(), data);
        stream.reset();
        ASSERT_EQ(S_OK, inner->Commit(STGC_DEFAULT));
        inner.reset();
        ASSERT_EQ(S_OK, root->Commit(STGC_DEFAULT));
    }
    ASSERT_EQ(S_OK, attachment->SaveChanges(0));
    const auto again = open(saved().get(), number);
    EXPECT_GT(number_of(again.get(), PR_ATTACH_SIZE), 20'000);
    const auto root = open_data<IStorage>(again.get(), PR_ATTACH_DATA_OBJ, 0);
    com::Ptr<IStorage> inner;
    com::Ptr<IStream> stream;
    constexpr DWORD kRead = STGM_READ | STGM_SHARE_EXCLUSIVE;
    ASSERT_EQ(S_OK, root->OpenStorage(REMAPI_W("inner"), nullptr, kRead, nullptr, 0, inner.put()));
    ASSERT_EQ(S_OK, inner->OpenStream(REMAPI_W("Contents"), nullptr, kRead, 0, stream.put()));
    EXPECT_TRUE(data == object::read_stream(stream.get()));
    // The same object is a stream of bytes as well.
    EXPECT_GT(
        object::read_stream(open_data<IStream>(again.get(), PR_ATTACH_DATA_OBJ, 0).get()).size(),
        20'000u);
}

TEST_F(Attachments, DataThatAreAbsentOrNoStorageAreReported) {
    ULONG number = 0;
    const auto attachment = create(message.get(), ATTACH_OLE, &number);
    com::Ptr<IUnknown> data;
    EXPECT_EQ(MAPI_E_NOT_FOUND,
              attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, data.put()));
    EXPECT_EQ(MAPI_E_NOT_FOUND,
              attachment->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0, data.put()));
    object::set_prop(attachment.get(), {PR_ATTACH_DATA_BIN, Bytes(600, 3)});
    EXPECT_TRUE(
        FAILED(attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0, data.put())));
    EXPECT_FALSE(data);
}

TEST_F(Attachments, EmbeddedMessagesGoAsDeepAsOneLikes) {
    constexpr int kLevels = 40;
    std::vector<com::Ptr<IMessage>> messages{message};
    std::vector<com::Ptr<IAttach>> attachments;
    for (int i = 0; i < kLevels; ++i) {
        attachments.push_back(create(messages.back().get(), ATTACH_EMBEDDED_MSG));
        messages.push_back(open_data<IMessage>(attachments.back().get(), PR_ATTACH_DATA_OBJ,
                                               MAPI_CREATE | MAPI_MODIFY));
        object::set_prop(messages.back().get(),
                         {PR_SUBJECT_W, text::decimal(static_cast<std::uint64_t>(i))});
    }
    for (int i = kLevels; i > 0; --i) {
        ASSERT_EQ(S_OK, messages[static_cast<std::size_t>(i)]->SaveChanges(0));
        ASSERT_EQ(S_OK, attachments[static_cast<std::size_t>(i) - 1]->SaveChanges(0));
    }
    com::Ptr<IMessage> at = saved();
    const auto drafts = make_folder(store.folder(PR_IPM_SUBTREE_ENTRYID).get(), REMAPI_W("d"));
    ASSERT_EQ(S_OK, copy_messages(store.folder(PR_IPM_OUTBOX_ENTRYID).get(), {entry_of(at.get())},
                                  drafts.get(), 0));
    at = store.open<IMessage>(to_bytes(contents_of(drafts.get())[0].bytes(PR_ENTRYID)));
    for (int i = 0; i < kLevels; ++i) {
        at = open_data<IMessage>(open(at.get(), 0).get(), PR_ATTACH_DATA_OBJ, 0);
        EXPECT_EQ(text::decimal(static_cast<std::uint64_t>(i)), text_of(at.get(), PR_SUBJECT_W));
        EXPECT_FALSE(object::get_one_prop(at.get(), PR_ENTRYID));
    }
    EXPECT_EQ(S_OK,
              delete_messages(drafts.get(),
                              {to_bytes(contents_of(drafts.get())[0].bytes(PR_ENTRYID))}, 0x10));
    // What is embedded counts for its attachment and its message, also when only they are saved.
    const auto outer = store.open<IMessage>(entry_of(message.get()));
    const auto before = number_of(outer.get(), PR_MESSAGE_SIZE);
    EXPECT_GT(number_of(open(outer.get(), 0).get(), PR_ATTACH_SIZE), kLevels);
    object::set_prop(outer.get(), {PR_COMMENT_W, REMAPI_W("more")});
    ASSERT_EQ(S_OK, outer->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_GT(number_of(outer.get(), PR_MESSAGE_SIZE), before);
}

TEST_F(Attachments, TwoGigabytesAreWrittenAndReadInPieces) {
    constexpr std::uint64_t kSize = (std::uint64_t{2} << 30) + 12'345;
    constexpr std::uint64_t kPlaces[] = {0, 65'530, std::uint64_t{1} << 30, kSize - 5'000};
    ULONG number = 0;
    const auto attachment = create(message.get(), ATTACH_BY_VALUE, &number);
    const auto seek = [](IStream* stream, std::uint64_t to) {
        LARGE_INTEGER place = {};
        place.QuadPart = static_cast<LONGLONG>(to);
        check(stream->Seek(place, STREAM_SEEK_SET, nullptr), "IStream::Seek");
    };
    const auto pattern = [](std::uint64_t place) {
        return Bytes(5'000, static_cast<std::uint8_t>(place >> 10 | 1));
    };
    {
        const auto stream =
            open_data<IStream>(attachment.get(), PR_ATTACH_DATA_BIN, MAPI_CREATE | MAPI_MODIFY);
        for (const std::uint64_t place : kPlaces) {
            seek(stream.get(), place);
            object::write_stream(stream.get(), pattern(place));
        }
    }
    ASSERT_EQ(S_OK, attachment->SaveChanges(0));
    const auto other = saved();
    const auto again = open(other.get(), number);
    const auto stream = open_data<IStream>(again.get(), PR_ATTACH_DATA_BIN, 0);
    STATSTG stat = {};
    ASSERT_EQ(S_OK, stream->Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(kSize, stat.cbSize.QuadPart);
    for (const std::uint64_t place : kPlaces) {
        seek(stream.get(), place);
        Bytes part(5'000);
        ULONG read = 0;
        ASSERT_EQ(S_OK, stream->Read(part.data(), 5'000, &read));
        EXPECT_TRUE(read == 5'000 && part == pattern(place)) << place;
    }
    Bytes gap(100, 9);
    seek(stream.get(), 1'000'000'000);
    ASSERT_EQ(S_OK, stream->Read(gap.data(), 100, nullptr));
    EXPECT_TRUE(gap == Bytes(100, 0));
    EXPECT_EQ(0x7FFFFFFF, number_of(again.get(), PR_ATTACH_SIZE));
    {
        const auto model = Store::open(folder.file(REMAPI_W("a.rms")), Database::Open::Existing);
        Transaction work(*model->database(), Transaction::Kind::Read);
        EXPECT_LE(work.sql().number("SELECT count(*) FROM stream_chunk"), 8);
    }
    SPropTagArray tags = {1, {PR_ATTACH_DATA_BIN}};
    ULONG count = 0;
    SPropValue* values = nullptr;
    EXPECT_EQ(MAPI_W_ERRORS_RETURNED, again->GetProps(&tags, 0, &count, &values));
    EXPECT_EQ(MAPI_E_NOT_ENOUGH_MEMORY, values[0].Value.err);
    memory::routines().free(values);
}

TEST_F(Attachments, AnOpenTableFollowsAndNumbersAreNotUsedTwice) {
    com::Ptr<IMAPITable> table;
    ASSERT_EQ(S_OK, message->OpenProperty(PR_MESSAGE_ATTACHMENTS, &IID_IMAPITable, MAPI_UNICODE, 0,
                                          table.put_as<IUnknown>()));
    ULONG first = 0;
    ULONG second = 0;
    const auto one = create(message.get(), ATTACH_BY_VALUE, &first);
    EXPECT_TRUE(object::query_all_rows(table.get()).empty());
    ASSERT_EQ(S_OK, one->SaveChanges(0));
    EXPECT_EQ(1u, object::query_all_rows(table.get()).size());
    ASSERT_EQ(S_OK, message->DeleteAttach(first, 0, nullptr, 0));
    EXPECT_TRUE(object::query_all_rows(table.get()).empty());
    create(message.get(), ATTACH_BY_VALUE, &second);
    EXPECT_NE(first, second);
    EXPECT_EQ(MAPI_E_NOT_FOUND, message->DeleteAttach(first, 0, nullptr, 0));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, message->DeleteAttach(first, 0, nullptr, 0x4000));
}

TEST_F(Attachments, ReadersCannotWriteThem) {
    ULONG number = 0;
    create(message.get(), ATTACH_BY_VALUE, &number)->SaveChanges(0);
    const auto reader = saved();
    com::Ptr<IAttach> attachment;
    EXPECT_EQ(MAPI_E_NO_ACCESS, reader->OpenAttach(number, nullptr, MAPI_MODIFY, attachment.put()));
    EXPECT_EQ(S_OK, reader->OpenAttach(number, nullptr, MAPI_BEST_ACCESS, attachment.put()));
    EXPECT_EQ(0, number_of(attachment.get(), PR_ACCESS_LEVEL));
    EXPECT_EQ(MAPI_E_NO_ACCESS, attachment->SaveChanges(0));
    ULONG made = 0;
    EXPECT_EQ(MAPI_E_NO_ACCESS, reader->CreateAttach(nullptr, 0, &made, attachment.put()));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED,
              reader->OpenAttach(number, &IID_IMessage, 0, attachment.put()));
}

}  // namespace
}  // namespace remapi::localstore
