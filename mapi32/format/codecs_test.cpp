// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "format/conversation_index.h"
#include "format/entry_id.h"
#include "format/one_off.h"
#include "format/search_key.h"
#include "format/wrapped_entry_id.h"

namespace remapi::format {
namespace {

Bytes cut(const Bytes& bytes, std::size_t size) {
    return Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
}

// [MS-OXCDATA] 2.2.5.1: flags, UID, version, flag word, three texts.
TEST(OneOff, UnicodeLayoutIsTheDocumentedOne) {
    OneOff one_off;
    one_off.display_name = REMAPI_W("A");
    one_off.address_type = REMAPI_W("SMTP");
    one_off.email_address = REMAPI_W("b@c");
    one_off.no_rich_info = true;
    const Bytes expected = {0,    0,    0,    0,    0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19,
                            0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02, 0,    0,    0x01, 0x80,
                            'A',  0,    0,    0,    'S',  0,    'M',  0,    'T',  0,    'P',  0,
                            0,    0,    'b',  0,    '@',  0,    'c',  0,    0,    0};
    EXPECT_EQ(expected, encode_one_off(one_off));
}

TEST(OneOff, AnsiLayoutHasOneByteTexts) {
    OneOff one_off;
    one_off.display_name = REMAPI_W("A");
    one_off.address_type = REMAPI_W("X");
    one_off.email_address = REMAPI_W("y");
    one_off.unicode = false;
    const Bytes bytes = encode_one_off(one_off);
    EXPECT_EQ(24u + 6u, bytes.size());
    EXPECT_EQ(0, bytes[22]);
    EXPECT_EQ(0, bytes[23]);
    EXPECT_EQ("A", std::string(reinterpret_cast<const char*>(bytes.data()) + 24));
}

TEST(OneOff, RoundTripKeepsEveryField) {
    for (const bool unicode : {true, false}) {
        OneOff one_off;
        one_off.display_name = REMAPI_W("Ann Other");
        one_off.address_type = REMAPI_W("SMTP");
        one_off.email_address = REMAPI_W("ann@example.org");
        one_off.unicode = unicode;
        one_off.other_flags = 0x1000;
        const auto back = decode_one_off(encode_one_off(one_off));
        ASSERT_TRUE(back);
        EXPECT_EQ(one_off.display_name, back->display_name);
        EXPECT_EQ(one_off.address_type, back->address_type);
        EXPECT_EQ(one_off.email_address, back->email_address);
        EXPECT_EQ(unicode, back->unicode);
        EXPECT_FALSE(back->no_rich_info);
        EXPECT_EQ(0x1000, back->other_flags);
    }
}

TEST(OneOff, EveryTruncationIsRefused) {
    for (const bool unicode : {true, false}) {
        OneOff one_off;
        one_off.display_name = REMAPI_W("name");
        one_off.address_type = REMAPI_W("SMTP");
        one_off.email_address = REMAPI_W("a@b");
        one_off.unicode = unicode;
        const Bytes whole = encode_one_off(one_off);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_FALSE(decode_one_off(cut(whole, size))) << size;
        }
    }
}

TEST(OneOff, AZeroInsideATextEndsIt) {
    OneOff one_off;
    one_off.display_name = String(REMAPI_W("a\0b"), 3);
    one_off.address_type = REMAPI_W("SMTP");
    const auto back = decode_one_off(encode_one_off(one_off));
    ASSERT_TRUE(back);
    EXPECT_EQ(REMAPI_W("a"), back->display_name);
    EXPECT_EQ(REMAPI_W("SMTP"), back->address_type);
}

TEST(OneOff, AnotherVersionOrUidIsRefused) {
    Bytes bytes = encode_one_off({});
    ASSERT_TRUE(decode_one_off(bytes));
    bytes[20] = 1;
    EXPECT_FALSE(decode_one_off(bytes));
    bytes[20] = 0;
    bytes[4] ^= 1;
    EXPECT_FALSE(is_one_off(bytes));
    EXPECT_FALSE(decode_one_off(bytes));
}

// [MS-OXCDATA] 2.2.4.3 shows this very name, padded to 14 bytes.
TEST(WrappedStoreId, NameIsPaddedSoThatThePrivateIdIsAligned) {
    const Bytes private_id = {0, 0, 0, 0, 1, 2, 3};
    const Bytes wrapped = wrap_store_entry_id("emsmdb.dll", private_id);
    ASSERT_EQ(36u + 7u, wrapped.size());
    EXPECT_EQ(0, std::memcmp(wrapped.data() + 4, kStoreWrapUid.ab, 16));
    EXPECT_EQ(0, wrapped[20]);
    EXPECT_EQ(0, wrapped[21]);
    EXPECT_EQ("emsmdb.dll", std::string(reinterpret_cast<const char*>(wrapped.data()) + 22));
    EXPECT_EQ(private_id, Bytes(wrapped.begin() + 36, wrapped.end()));
}

TEST(WrappedStoreId, RoundTripForEveryNameLength) {
    std::string name;
    for (int length = 0; length < 12; ++length, name += 'x') {
        const Bytes private_id = {0x80, 0, 0, 0, 9, 8, 7};
        const Bytes wrapped = wrap_store_entry_id(name, private_id);
        const auto back = unwrap_store_entry_id(wrapped);
        ASSERT_TRUE(back) << name;
        EXPECT_EQ(name, back->dll_name);
        EXPECT_EQ(private_id, back->private_id);
        EXPECT_EQ(0x80, back->flags[0]);
    }
}

TEST(WrappedStoreId, TruncationsWithoutAPrivateIdAreRefused) {
    const Bytes wrapped = wrap_store_entry_id("remapils.dll", Bytes{0, 0, 0, 0});
    for (std::size_t size = 0; size < wrapped.size(); ++size) {
        EXPECT_FALSE(unwrap_store_entry_id(cut(wrapped, size))) << size;
    }
    EXPECT_TRUE(unwrap_store_entry_id(wrapped));
}

TEST(WrappedStoreId, AnIdWithoutFlagsCannotBeWrapped) {
    try {
        wrap_store_entry_id("x.dll", Bytes{1, 2, 3});
        FAIL() << "nothing thrown";
    } catch (const Error& error) {
        EXPECT_EQ(MAPI_E_INVALID_ENTRYID, error.code());
    }
}

TEST(EntryId, HeaderFieldsAreFoundAgain) {
    const MAPIUID uid = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
    const Bytes id = make_entry_id(MAPI_SHORTTERM, uid, Bytes{42});
    ASSERT_EQ(21u, id.size());
    EXPECT_EQ(MAPI_SHORTTERM, entry_id_flags(id));
    EXPECT_FALSE(is_long_term(id));
    EXPECT_TRUE(is_long_term(make_entry_id(0, uid, {})));
    ASSERT_TRUE(entry_id_uid(id));
    EXPECT_TRUE(same_uid(uid, *entry_id_uid(id)));
    EXPECT_EQ(Bytes{42}, to_bytes(entry_id_rest(id)));
    EXPECT_FALSE(entry_id_uid(cut(id, 19)));
    EXPECT_TRUE(entry_id_rest(cut(id, 19)).empty());
}

TEST(SearchKey, IsUpperCaseWithItsZero) {
    const Bytes key = recipient_search_key(REMAPI_W("smtp"), REMAPI_W("Ann@Example.org"));
    EXPECT_EQ(to_bytes(std::string_view("SMTP:ANN@EXAMPLE.ORG\0", 21)), key);
    const auto parts = parse_search_key(key);
    ASSERT_TRUE(parts);
    EXPECT_EQ(REMAPI_W("SMTP"), parts->address_type);
    EXPECT_EQ(REMAPI_W("ANN@EXAMPLE.ORG"), parts->email_address);
}

TEST(SearchKey, WithoutColonOrZeroIsNone) {
    EXPECT_FALSE(parse_search_key(to_bytes(std::string_view("SMTP\0", 5))));
    EXPECT_FALSE(parse_search_key(to_bytes(std::string_view("SMTP:A", 6))));
    EXPECT_FALSE(parse_search_key({}));
}

constexpr GUID kThread = {0x01020304, 0x0506, 0x0708, {9, 10, 11, 12, 13, 14, 15, 16}};
constexpr std::uint64_t kSomeTime = 0x01DC5A0123456789;

TEST(ConversationIndex, HeaderIsOneThenFiveBytesOfTimeThenTheGuid) {
    const Bytes index = start_conversation(kSomeTime, kThread);
    const Bytes expected = {0x01, 0xDC, 0x5A, 0x01, 0x23, 0x45, 4,  3,  2,  1,  6,
                            5,    8,    7,    9,    10,   11,   12, 13, 14, 15, 16};
    EXPECT_EQ(expected, index);
}

TEST(ConversationIndex, NearReplyDropsTheLow18Bits) {
    const Bytes first = start_conversation(kSomeTime, kThread);
    const std::uint64_t header = kSomeTime & ~std::uint64_t{0xFFFF};
    const std::uint64_t difference = std::uint64_t{123456} << 18;
    const Bytes reply = reply_to_conversation(first, header + difference, 0xAB, {});
    ASSERT_EQ(27u, reply.size());
    EXPECT_EQ(0, reply[22] & 0x80);
    const auto index = decode_conversation_index(reply);
    ASSERT_TRUE(index);
    EXPECT_EQ(header, index->time);
    ASSERT_EQ(1u, index->children.size());
    EXPECT_EQ(difference, index->children[0].difference);
    EXPECT_EQ(0xA, index->children[0].random);
    EXPECT_EQ(0xB, index->children[0].sequence);
}

TEST(ConversationIndex, FarReplySetsTheCodeBitAndDropsTheLow23Bits) {
    const Bytes first = start_conversation(kSomeTime, kThread);
    const std::uint64_t header = kSomeTime & ~std::uint64_t{0xFFFF};
    const std::uint64_t difference = (std::uint64_t{1} << 50) + (std::uint64_t{5} << 23);
    const Bytes reply = reply_to_conversation(first, header + difference, 0, {});
    EXPECT_EQ(0x80, reply[22] & 0x80);
    EXPECT_EQ(difference, decode_conversation_index(reply)->children[0].difference);
}

TEST(ConversationIndex, AReplyBeforeItsParentCountsAsAtTheSameTime) {
    const Bytes first = start_conversation(kSomeTime, kThread);
    const Bytes reply = reply_to_conversation(first, 1, 0, {});
    EXPECT_EQ(0u, decode_conversation_index(reply)->children[0].difference);
}

TEST(ConversationIndex, AParentThatIsNoneStartsAThread) {
    const Bytes whole = reply_to_conversation(start_conversation(kSomeTime, {}), kSomeTime, 0, {});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const bool valid = size == 22;
        const Bytes parent = cut(whole, size);
        EXPECT_EQ(valid, decode_conversation_index(parent).has_value()) << size;
        EXPECT_EQ(valid ? 27u : 22u, reply_to_conversation(parent, kSomeTime, 0, kThread).size())
            << size;
    }
}

}  // namespace
}  // namespace remapi::format
