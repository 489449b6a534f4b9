// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "compat-tests/conformance/stores_session.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

using Id = std::vector<BYTE>;

LPENTRYID entry(const Id& id) {
    return reinterpret_cast<LPENTRYID>(const_cast<BYTE*>(id.data()));
}
ULONG size_of(const Id& id) {
    return static_cast<ULONG>(id.size());
}

/// What the functions answer: a size and a block, freed here.
struct Answer {
    ULONG size = 1;
    LPENTRYID block = reinterpret_cast<LPENTRYID>(1);

    Id take() {
        const auto* const bytes = reinterpret_cast<const BYTE*>(block);
        Id id(bytes, bytes + size);
        Subject::the().find<MAPIFREEBUFFER>("MAPIFreeBuffer")(block);
        return id;
    }
    bool is_empty() const { return size == 0 && !block; }
};

/// Pages: mapi/hrszfromentryid.md, mapi/hrentryidfromsz.md
class EntryIdText : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(to_text && from_text && free_buffer) << "export missing"; }

    std::string text_of(const Id& id) {
        LPSTR text = nullptr;
        EXPECT_HR(S_OK, to_text(size_of(id), entry(id), &text));
        const std::string copy = text ? text : "nothing";
        free_buffer(text);
        return copy;
    }

    const Subject& mapi = Subject::the();
    HRESULT(WINAPI* to_text)
    (ULONG, LPENTRYID,
     LPSTR*) = mapi.find<HRESULT WINAPI(ULONG, LPENTRYID, LPSTR*)>("HrSzFromEntryID");
    HRESULT(WINAPI* from_text)
    (LPCSTR, ULONG*,
     LPENTRYID*) = mapi.find<HRESULT WINAPI(LPCSTR, ULONG*, LPENTRYID*)>("HrEntryIDFromSz");
    MAPIFREEBUFFER* free_buffer = mapi.find<MAPIFREEBUFFER>("MAPIFreeBuffer");
    Answer m_answer;
};

TEST_F(EntryIdText, AnIdentifierSurvivesAsAsciiText) {
    Id id;
    for (int i = 0; i < 256; ++i) {
        id.push_back(static_cast<BYTE>(i));
        const std::string text = text_of(id);
        for (const char c : text) EXPECT_TRUE(c > ' ' && c < 0x7F) << text;
        ASSERT_HR(S_OK, from_text(text.c_str(), &m_answer.size, &m_answer.block)) << text;
        EXPECT_EQ(id, m_answer.take());
    }
}

TEST_F(EntryIdText, DifferentIdentifiersHaveDifferentTexts) {
    EXPECT_NE(text_of({0, 0, 0, 0, 1}), text_of({0, 0, 0, 0, 2}));
    EXPECT_NE(text_of({0, 0, 0, 0}), text_of({0, 0, 0, 0, 0}));
}

TEST_F(EntryIdText, HexadecimalDigitsAreTheText) {
    EXPECT_EQ("00000000ABCD", text_of({0, 0, 0, 0, 0xAB, 0xCD}));
    ASSERT_HR(S_OK, from_text("00000000abCD", &m_answer.size, &m_answer.block));
    EXPECT_EQ((Id{0, 0, 0, 0, 0xAB, 0xCD}), m_answer.take());
}

TEST_F(EntryIdText, ATextThatIsNoIdentifierIsRefused) {
    for (const char* text : {"", "0", "00000000A", "0000000G", " 00000000", "\xE9\xE9"}) {
        m_answer = {};
        EXPECT_HR(MAPI_E_INVALID_ENTRYID, from_text(text, &m_answer.size, &m_answer.block)) << text;
        EXPECT_TRUE(m_answer.is_empty()) << text;
    }
}

TEST_F(EntryIdText, MissingArgumentsAreInvalid) {
    const Id id = {0, 0, 0, 0, 1};
    LPSTR text = reinterpret_cast<LPSTR>(1);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, to_text(5, nullptr, &text));
    EXPECT_EQ(nullptr, text);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, to_text(0, entry(id), &text));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, to_text(5, entry(id), nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_text(nullptr, &m_answer.size, &m_answer.block));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_text("00000000", nullptr, &m_answer.block));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_text("00000000", &m_answer.size, nullptr));
}

TEST_F(EntryIdText, ASizeWhoseTextIsOver4GiBIsOutOfMemory) {
    const Id id = {0, 0, 0, 0, 1};
    LPSTR text = nullptr;
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, to_text(0x80000000u, entry(id), &text));
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, to_text(0xFFFFFFFFu, entry(id), &text));
}

/// Page: mapi/wrapstoreentryid.md
class WrappedStore : public testing::Test {
protected:
    using Wrap = HRESULT WINAPI(ULONG, LPCVOID, ULONG, LPENTRYID, ULONG*, LPENTRYID*);

    void SetUp() override { ASSERT_TRUE(wrap) << "export missing"; }

    Wrap* wrap = Subject::the().find<Wrap>("WrapStoreEntryID");
    const Id m_private = {1, 2, 3, 4, 5, 6, 7};
    Answer m_answer;
};

// [MS-OXCDATA] 2.2.4.3: flags, UID, version, flag, DLL name padded to a multiple of 4, inner id.
TEST_F(WrappedStore, TheLayoutIsTheDocumentedOne) {
    ASSERT_HR(S_OK, wrap(0, "ab.dll", size_of(m_private), entry(m_private), &m_answer.size,
                         &m_answer.block));
    const Id expected = {1,    2,    3,    4,    0x38, 0xA1, 0xBB, 0x10, 0x05, 0xE5,
                         0x10, 0x1A, 0xA1, 0xBB, 0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2,
                         0,    0,    'a',  'b',  '.',  'd',  'l',  'l',  0,    0,
                         0,    0,    1,    2,    3,    4,    5,    6,    7};
    EXPECT_EQ(expected, m_answer.take());
}

TEST_F(WrappedStore, ANameIsWrappedAlikeInBothWidths) {
    Answer narrow;
    ASSERT_HR(S_OK, wrap(0, "store.dll", size_of(m_private), entry(m_private), &narrow.size,
                         &narrow.block));
    ASSERT_HR(S_OK, wrap(MAPI_UNICODE, REMAPI_W("store.dll"), size_of(m_private), entry(m_private),
                         &m_answer.size, &m_answer.block));
    EXPECT_EQ(narrow.take(), m_answer.take());
}

TEST_F(WrappedStore, InvalidArgumentsAreRefused) {
    const auto attempt = [&](ULONG flags, const char* name, ULONG size, LPENTRYID id) {
        m_answer = {};
        const HRESULT hr = wrap(flags, name, size, id, &m_answer.size, &m_answer.block);
        EXPECT_TRUE(m_answer.is_empty());
        return hr;
    };
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, attempt(1, "a.dll", 7, entry(m_private)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, attempt(0, nullptr, 7, entry(m_private)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, attempt(0, "a.dll", 7, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, attempt(0, "a.dll", 0, entry(m_private)));
    EXPECT_HR(MAPI_E_INVALID_ENTRYID, attempt(0, "a.dll", 3, entry(m_private)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              wrap(0, "a.dll", 7, entry(m_private), nullptr, &m_answer.block));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              wrap(0, "a.dll", 7, entry(m_private), &m_answer.size, nullptr));
}

/// No page describes these; names and arguments are those of the export table, and what Wine has.
class EncodedId : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(encode && decode && room && length) << "export missing"; }

    std::string text_of(const Id& id) {
        std::string text(length(size_of(id)) + 1, '#');
        encode(const_cast<BYTE*>(id.data()), size_of(id), text.data());
        EXPECT_EQ('#', text.back()) << "wrote more than it said";
        return text.c_str();
    }

    const Subject& mapi = Subject::the();
    void(WINAPI* encode)(LPBYTE, ULONG,
                         LPSTR) = mapi.find<void WINAPI(LPBYTE, ULONG, LPSTR)>("EncodeID");
    BOOL(WINAPI* decode)
    (LPCSTR, LPBYTE, ULONG*) = mapi.find<BOOL WINAPI(LPCSTR, LPBYTE, ULONG*)>("FDecodeID");
    ULONG(WINAPI* length)(ULONG) = mapi.find<ULONG WINAPI(ULONG)>("CchOfEncoding");
    ULONG(WINAPI* room)(LPCSTR) = mapi.find<ULONG WINAPI(LPCSTR)>("CbOfEncoded");
};

TEST_F(EncodedId, AnyBytesSurviveInTheRoomThatIsAskedFor) {
    Id id;
    for (int i = 0; i < 300; ++i) {
        const std::string text = text_of(id);
        ASSERT_LE(id.size(), room(text.c_str()));
        Id back(room(text.c_str()));
        ULONG size = 0;
        ASSERT_TRUE(decode(text.c_str(), back.data(), &size)) << text;
        back.resize(size);
        EXPECT_EQ(id, back);
        id.push_back(static_cast<BYTE>(i * 37));
    }
}

TEST_F(EncodedId, TheTextIsShorterThanHexadecimalDigits) {
    const std::string text = text_of(Id(30, 0xA5));
    EXPECT_EQ(40u, text.size());
    for (const char c : text) EXPECT_TRUE(c > ' ' && c < 0x7F) << text;
}

TEST_F(EncodedId, AnythingElseIsRefused) {
    BYTE out[16];
    ULONG size = 7;
    ASSERT_TRUE(decode(text_of({1, 2, 3}).c_str(), out, &size));
    for (const char* text : {"A", "AAAAA", "AA!A", " AAA", "AB", "\xE9\xE9\xE9\xE9"}) {
        size = 7;
        EXPECT_FALSE(decode(text, out, &size)) << text;
        EXPECT_EQ(0u, size) << text;
    }
    EXPECT_FALSE(decode(nullptr, out, &size));
    EXPECT_FALSE(decode("AAAA", nullptr, &size));
    EXPECT_FALSE(decode("AAAA", out, nullptr));
}

TEST_F(EncodedId, TheRoomForATextIsWholeGroupsAndOneMore) {
    EXPECT_EQ(0u, room(nullptr));
    EXPECT_EQ(3u, room(""));
    EXPECT_EQ(3u, room("AAA"));
    EXPECT_EQ(6u, room("AAAA"));
    EXPECT_EQ(9u, room("AAAAAAAAA"));
}

TEST_F(EncodedId, ALengthOver32BitsIsZero) {
    EXPECT_EQ(1u, length(0));
    EXPECT_EQ(0u, length(0xFFFFFFFFu));
    EXPECT_EQ(0u, length(0xC0000000u));
    EXPECT_EQ(0xFFFFFFFDu, length(0xBFFFFFFDu));
}

/// No page describes it; it fills a MAPIUID.
class NewUid : public testing::Test {};

TEST_F(NewUid, EveryOneIsAnother) {
    const auto generate = Subject::the().find<SCODE WINAPI(LPMAPIUID)>("ScGenerateMuid");
    ASSERT_TRUE(generate) << "export missing";
    MAPIUID first = {};
    MAPIUID second = {};
    ASSERT_HR(S_OK, generate(&first));
    ASSERT_HR(S_OK, generate(&second));
    EXPECT_NE(0, std::memcmp(&first, &second, sizeof first));
    EXPECT_NE(0, std::memcmp(&first, MAPIUID{}.ab, sizeof first));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, generate(nullptr));
}

}  // namespace
}  // namespace remapi::test
