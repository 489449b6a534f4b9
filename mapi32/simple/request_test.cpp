// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/request.h"

#include <gtest/gtest.h>

#include "abi/error.h"
#include "port/file.h"
#include "port/utf.h"

namespace remapi::simple {
namespace {

template <class Call>
ULONG code_of(Call&& call) {
    try {
        call();
    } catch (const SimpleError& error) {
        return error.code();
    }
    return SUCCESS_SUCCESS;
}

TEST(ReadMessage, NothingIsAFailureAndZeroesAreAnEmptyMessage) {
    EXPECT_EQ(ULONG{MAPI_E_FAILURE},
              code_of([] { read_message(static_cast<MapiMessage*>(nullptr)); }));
    const MapiMessageW zeroed = {};
    const MessageRequest request = read_message(&zeroed);
    EXPECT_TRUE(request.subject.empty() && request.recipients.empty() && request.files.empty());
}

TEST(ReadMessage, CountsWithoutArraysAreRefused) {
    MapiMessage message = {};
    message.nRecipCount = 1;
    EXPECT_EQ(ULONG{MAPI_E_INVALID_RECIPS}, code_of([&] { read_message(&message); }));
    message.nRecipCount = 0xFFFFFFFF;
    EXPECT_EQ(ULONG{MAPI_E_TOO_MANY_RECIPIENTS}, code_of([&] { read_message(&message); }));
    message = {};
    message.nFileCount = 1;
    EXPECT_EQ(ULONG{MAPI_E_ATTACHMENT_NOT_FOUND}, code_of([&] { read_message(&message); }));
    message.nFileCount = 0xFFFFFFFF;
    EXPECT_EQ(ULONG{MAPI_E_TOO_MANY_FILES}, code_of([&] { read_message(&message); }));
}

TEST(ReadMessage, RecipientClasses) {
    MapiRecipDescW recipient = {};
    MapiMessageW message = {};
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    recipient.ulRecipClass = 17;
    EXPECT_EQ(ULONG{MAPI_E_BAD_RECIPTYPE}, code_of([&] { read_message(&message); }));
    recipient.ulRecipClass = MAPI_BCC;
    EXPECT_EQ(ULONG{MAPI_BCC}, read_message(&message).recipients[0].recipient_class);
}

class ReadFiles : public testing::Test {
protected:
    FileRequest read(const WideChar* path, const WideChar* name, ULONG position = 0) {
        MapiFileDescW file = {};
        file.lpszPathName = const_cast<WideChar*>(path);
        file.lpszFileName = const_cast<WideChar*>(name);
        file.nPosition = position;
        MapiMessageW message = {};
        message.nFileCount = 1;
        message.lpFiles = &file;
        return read_message(&message).files.at(0);
    }
};

TEST_F(ReadFiles, NamesAreLeaves) {  // quirk Q14
    EXPECT_EQ(String(REMAPI_W("a.txt")), read(REMAPI_W("a.txt"), nullptr).name);
    EXPECT_EQ(String(REMAPI_W("a.txt")), read(REMAPI_W("a.txt"), REMAPI_W("")).name);
    EXPECT_EQ(String(REMAPI_W("b.txt")), read(REMAPI_W("a.txt"), REMAPI_W("b.txt")).name);
    EXPECT_EQ(String(REMAPI_W("b.txt")), read(REMAPI_W("a.txt"), REMAPI_W("C:\\x\\b.txt")).name);
    EXPECT_EQ(String(REMAPI_W("b.txt")), read(REMAPI_W("a.txt"), REMAPI_W("/x/b.txt")).name);
    EXPECT_EQ(String(REMAPI_W("bX.txt")), read(REMAPI_W("a.txt"), REMAPI_W("b\r\nX.txt")).name);
}

TEST_F(ReadFiles, PathsAreResolvedAgainstTheCallersFolder) {  // quirk Q1
    EXPECT_EQ(port::absolute_path(REMAPI_W("a.txt")), read(REMAPI_W("a.txt"), nullptr).path);
    EXPECT_TRUE(port::is_absolute_path(read(REMAPI_W("a.txt"), nullptr).path));
}

TEST_F(ReadFiles, WithoutAPathThereIsNoFile) {
    EXPECT_EQ(ULONG{MAPI_E_ATTACHMENT_NOT_FOUND}, code_of([&] { read(nullptr, REMAPI_W("x")); }));
    EXPECT_EQ(ULONG{MAPI_E_ATTACHMENT_NOT_FOUND},
              code_of([&] { read(REMAPI_W(""), REMAPI_W("x")); }));
}

TEST(ReadDocuments, ListsAreCutAtTheDelimiter) {  // quirk Q30
    const MessageRequest both = read_documents(";", "a.txt;b.txt;", "A.TXT");
    ASSERT_EQ(2u, both.files.size());
    EXPECT_EQ(String(REMAPI_W("A.TXT")), both.files[0].name);
    EXPECT_EQ(String(REMAPI_W("b.txt")), both.files[1].name);
    EXPECT_EQ(1u, read_documents(nullptr, "a;b.txt", nullptr).files.size());
    EXPECT_EQ(ULONG{MAPI_E_FAILURE}, code_of([] { read_documents(";", nullptr, nullptr); }));
    EXPECT_EQ(ULONG{MAPI_E_FAILURE}, code_of([] { read_documents(";", "", nullptr); }));
}

}  // namespace
}  // namespace remapi::simple
