// SPDX-License-Identifier: LGPL-2.1-or-later
// One test per third-party library: does it work on this target, with the options we count on?
#include <curl/curl.h>
#include <gmime/gmime.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libical/ical.h>
#include <sqlite3.h>
#include <boost/container/small_vector.hpp>

#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using GObjectPtr = std::unique_ptr<T, Unref>;

struct Free {
    void operator()(char* text) const { g_free(text); }
};
using GString8 = std::unique_ptr<char, Free>;

class GMime : public ::testing::Test {
protected:
    static void SetUpTestSuite() { g_mime_init(); }
    static void TearDownTestSuite() { g_mime_shutdown(); }

    static GObjectPtr<GMimeMessage> parse(std::string_view text) {
        GObjectPtr<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(text.data(), text.size())};
        GObjectPtr<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
        return GObjectPtr<GMimeMessage>{g_mime_parser_construct_message(parser.get(), nullptr)};
    }
};

TEST_F(GMime, DecodesSubjectInKoi8) {
    auto message = parse("From: a@example.org\r\nSubject: =?koi8-r?B?8NLJ18XU?=\r\n\r\n");
    ASSERT_NE(message, nullptr);
    EXPECT_STREQ(g_mime_message_get_subject(message.get()),
                 "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82");
}

TEST_F(GMime, DecodesBodyInIso2022Jp) {
    auto message = parse(
        "From: a@example.org\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n"
        "\x1b$BF|K\\\x1b(B\r\n");
    ASSERT_NE(message, nullptr);
    GMimeObject* body = g_mime_message_get_body(message.get());
    ASSERT_TRUE(GMIME_IS_TEXT_PART(body));
    GString8 text{g_mime_text_part_get_text(GMIME_TEXT_PART(body))};
    ASSERT_NE(text, nullptr);
    EXPECT_THAT(text.get(), ::testing::StartsWith("\xE6\x97\xA5\xE6\x9C\xAC"));
}

TEST(Sqlite, FindsTextWithFts5) {
    sqlite3* opened = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &opened), SQLITE_OK);
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> db{opened, sqlite3_close};
    ASSERT_EQ(sqlite3_exec(db.get(),
                           "CREATE VIRTUAL TABLE mail USING fts5(body);"
                           "INSERT INTO mail VALUES('the quick fox'), ('a lazy dog');",
                           nullptr, nullptr, nullptr),
              SQLITE_OK)
        << sqlite3_errmsg(db.get());
    sqlite3_stmt* prepared = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(db.get(), "SELECT rowid FROM mail WHERE mail MATCH 'lazy'", -1,
                                 &prepared, nullptr),
              SQLITE_OK);
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement{prepared, sqlite3_finalize};
    ASSERT_EQ(sqlite3_step(statement.get()), SQLITE_ROW);
    EXPECT_EQ(sqlite3_column_int(statement.get(), 0), 2);
    EXPECT_EQ(sqlite3_step(statement.get()), SQLITE_DONE);
}

TEST(Sqlite, IsThreadSafe) {
    EXPECT_EQ(sqlite3_threadsafe(), 1);
}

TEST(Curl, SpeaksTheProtocolsOfMailOverTls) {
    ASSERT_EQ(curl_global_init(CURL_GLOBAL_DEFAULT), CURLE_OK);
    const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
    EXPECT_THAT(info->ssl_version, HasSubstr(DEPS_TEST_TLS));
    std::set<std::string> protocols;
    for (const char* const* protocol = info->protocols; *protocol != nullptr; ++protocol)
        protocols.insert(*protocol);
    EXPECT_THAT(protocols,
                IsSupersetOf({"smtp", "smtps", "imap", "imaps", "pop3", "pop3s", "http", "https"}));
    EXPECT_TRUE(info->features & CURL_VERSION_SSL);
    EXPECT_TRUE(info->features & CURL_VERSION_ASYNCHDNS) << "a name look-up would block";
    curl_global_cleanup();
}

TEST(Ical, KnowsSummerTimeFromItsZoneData) {
    if (std::string_view{DEPS_TEST_ZONEINFO}.size() > 0) set_zone_directory(DEPS_TEST_ZONEINFO);
    icaltimezone* zone = icaltimezone_get_builtin_timezone("Europe/Berlin");
    ASSERT_NE(zone, nullptr);
    icaltimetype july = icaltime_from_string("20240701T120000");
    icaltimetype january = icaltime_from_string("20240115T120000");
    int is_daylight = -1;
    EXPECT_EQ(icaltimezone_get_utc_offset(zone, &july, &is_daylight), 2 * 3600);
    EXPECT_EQ(is_daylight, 1);
    EXPECT_EQ(icaltimezone_get_utc_offset(zone, &january, &is_daylight), 3600);
    EXPECT_EQ(is_daylight, 0);
    icaltimezone_free_builtin_timezones();
}

TEST(Boost, IsTheHeadersOnly) {
    boost::container::small_vector<int, 4> values{1, 2, 3};
    values.push_back(4);
    EXPECT_EQ(values.size(), 4u);
    EXPECT_EQ(values.back(), 4);
}

}  // namespace
