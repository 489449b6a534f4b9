// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/compose.h"

#include <gtest/gtest.h>

#include "abi/error.h"
#include "port/utf.h"
#include "providers/convert/mime/gmime.h"
#include "providers/convert/mime/memory_message_test.h"

namespace remapi::mime {
namespace {

GPtr<GMimeMessage> parse(const std::string& text) {
    start_gmime();
    const GPtr<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    const GPtr<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    return GPtr<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

std::string content_of(GMimeObject* object) {
    GMimeDataWrapper* wrapper = g_mime_part_get_content(GMIME_PART(object));
    const GPtr<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(wrapper, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

std::string type_of(GMimeObject* object) {
    const GText text(g_mime_content_type_get_mime_type(g_mime_object_get_content_type(object)));
    return text.get();
}

GMimeObject* child(GMimeObject* multipart, int index) {
    return g_mime_multipart_get_part(GMIME_MULTIPART(multipart), index);
}

GMimeObject* body(const GPtr<GMimeMessage>& message) {
    return g_mime_message_get_mime_part(message.get());
}

bool has_line_starting(const std::string& text, const std::string& start) {
    return text.compare(0, start.size(), start) == 0 ||
           text.find("\r\n" + start) != std::string::npos;
}

void expect_valid_lines(const std::string& text) {
    std::size_t line = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        ASSERT_LT(static_cast<unsigned char>(text[i]), 0x80) << "at " << i;
        if (text[i] == '\n') {
            ASSERT_TRUE(i > 0 && text[i - 1] == '\r') << "a bare LF at " << i;
            line = 0;
        } else {
            ASSERT_LE(++line, 999u);
            if (text[i] == '\r') {
                ASSERT_TRUE(i + 1 < text.size() && text[i + 1] == '\n') << "a bare CR";
            }
        }
    }
}

TEST(Compose, PlainTextComesBack) {
    const auto source = small_message();
    MimeDocument document = compose(source);
    const std::string text = document.all();
    EXPECT_EQ(text.size(), document.size_bytes());
    expect_valid_lines(text);
    const auto message = parse(text);
    EXPECT_STREQ("A subject", g_mime_message_get_subject(message.get()));
    EXPECT_STREQ("1.2.3@example.org", g_mime_message_get_message_id(message.get()));
    EXPECT_EQ("text/plain", type_of(body(message)));
    EXPECT_EQ("Hello\r\n.\r\n..two\r\nthree\r\n", content_of(body(message)));
    EXPECT_TRUE(has_line_starting(text, "MIME-Version: 1.0\r\n"));
    EXPECT_TRUE(has_line_starting(text, "X-Mailer: Remapi "));
    EXPECT_FALSE(has_line_starting(text, "Sender:")) << "From says it all";
    EXPECT_FALSE(has_line_starting(text, "Bcc:"));
    GDateTime* date = g_mime_message_get_date(message.get());
    ASSERT_NE(nullptr, date);
    EXPECT_EQ(1763967600, g_date_time_to_unix(date));
}

TEST(Compose, NamesBeyondAsciiComeBack) {
    const auto source = small_message();
    source->m_headers.subject = REMAPI_W(
        "Grüße aus 東京, und zwar so lange, dass die Zeile gefaltet werden muss: äöüß äöüß äöüß");
    source->m_headers.to = {{REMAPI_W("Доу, Джон"), REMAPI_W("john@example.org")},
                            {REMAPI_W("O'Neill \"Jack\", (x)"), REMAPI_W("jack@bücher.example")}};
    source->m_headers.cc = {{String(), REMAPI_W("cc@example.org")}};
    const std::string text = compose(source).all();
    expect_valid_lines(text);
    const auto message = parse(text);
    EXPECT_EQ(port::to_utf8(source->m_headers.subject), g_mime_message_get_subject(message.get()));
    InternetAddressList* to = g_mime_message_get_to(message.get());
    ASSERT_EQ(2, internet_address_list_length(to));
    InternetAddress* first = internet_address_list_get_address(to, 0);
    EXPECT_STREQ("Доу, Джон", internet_address_get_name(first));
    InternetAddress* second = internet_address_list_get_address(to, 1);
    EXPECT_STREQ("O'Neill \"Jack\", (x)", internet_address_get_name(second));
    EXPECT_NE(std::string::npos, text.find("<jack@xn--bcher-kva.example>")) << text;
    InternetAddressList* from = g_mime_message_get_from(message.get());
    EXPECT_STREQ("Ann Ämter",
                 internet_address_get_name(internet_address_list_get_address(from, 0)));
    EXPECT_NE(std::string::npos, text.find("cc@example.org"));
}

TEST(Compose, SenderIsNamedWhenItIsSomebodyElse) {
    const auto source = small_message();
    source->m_headers.sender = {REMAPI_W("Secretary"), REMAPI_W("office@example.org")};
    EXPECT_TRUE(
        has_line_starting(compose(source).all(), "Sender: Secretary <office@example.org>\r\n"));
}

TEST(Compose, NothingCanStartAHeaderOfItsOwn) {
    const auto source = small_message();
    const String evil = REMAPI_W("x\r\nBcc: evil@example.org\n\tX-Evil: 1\r");
    source->m_headers.subject = evil;
    source->m_headers.to = {{evil, REMAPI_W("ben@example.org\r\nX-Evil: 1")}};
    source->m_headers.from.name = evil;
    source->m_headers.reply_to = {{evil, evil}};
    source->m_headers.message_id = evil;
    source->m_headers.references = evil;
    source->attach(evil + REMAPI_W("é.txt"), "bytes", evil);
    source->m_parts[0].about.content_id = evil;
    const std::string text = compose(source).all();
    expect_valid_lines(text);
    EXPECT_FALSE(has_line_starting(text, "Bcc:")) << text;
    EXPECT_FALSE(has_line_starting(text, "X-Evil")) << text;
    const auto message = parse(text);
    EXPECT_EQ(nullptr, g_mime_object_get_header(GMIME_OBJECT(message.get()), "X-Evil"));
    EXPECT_EQ(2, g_mime_multipart_get_count(GMIME_MULTIPART(body(message))));
}

TEST(Compose, TextBeyondAsciiIsQuotedPrintableOrBase64) {
    const auto source = small_message();
    String german, japanese;
    for (int i = 0; i < 40; ++i)
        german += REMAPI_W("Ein langer Satz mit Umläuten und Leerzeichen \t\r\n");
    for (int i = 0; i < 400; ++i) japanese += REMAPI_W("日本語");
    for (const String& text : {german, japanese}) {
        source->m_text = text;
        const std::string mime = compose(source).all();
        expect_valid_lines(mime);
        const bool coded = mime.find(&text == &german ? "quoted-printable" : "base64") != 0;
        EXPECT_TRUE(coded);
        const auto message = parse(mime);
        std::string expected = port::to_utf8(text);
        if (expected.back() != '\n') expected += "\r\n";
        EXPECT_EQ(with_lf(expected), with_lf(content_of(body(message))));
    }
}

TEST(Compose, LinesOverTheLimitAreEncoded) {
    const auto source = small_message();
    source->m_text = String(5000, u'a');
    const std::string text = compose(source).all();
    expect_valid_lines(text);
    EXPECT_EQ(std::string(5000, 'a') + "\n", with_lf(content_of(body(parse(text)))));
}

TEST(Compose, EmptyBodyIsFine) {
    const auto source = small_message();
    source->m_text.clear();
    source->m_headers.subject.clear();
    const std::string text = compose(source).all();
    EXPECT_TRUE(text.ends_with("\r\n\r\n"));
    EXPECT_FALSE(has_line_starting(text, "Subject:"));
}

TEST(Compose, AttachmentsComeBackByteForByte) {
    const auto source = small_message();
    std::vector<std::string> contents(4);
    for (int i = 0; i < 256; ++i) contents[1].push_back(static_cast<char>(i));
    contents[2] = std::string(57 * 1150, '\xFF');
    for (int i = 0; i < 300000; ++i) contents[3].push_back(static_cast<char>(i * 7 + i / 256));
    const String names[] = {REMAPI_W("empty.txt"),
                            REMAPI_W("ümlaut 文書 — very long name indeed.pdf"),
                            REMAPI_W("C:\\temp\\line\"quote.bin"), REMAPI_W("archive.7z")};
    const char* const expected[] = {"empty.txt", "ümlaut 文書 — very long name indeed.pdf",
                                    "line\"quote.bin", "archive.7z"};
    for (int i = 0; i < 4; ++i) source->attach(names[i], contents[static_cast<std::size_t>(i)]);
    MimeDocument document = compose(source);
    const std::string text = document.all();
    EXPECT_EQ(document.size_bytes(), text.size());
    expect_valid_lines(text);
    const auto message = parse(text);
    ASSERT_EQ("multipart/mixed", type_of(body(message)));
    ASSERT_EQ(5, g_mime_multipart_get_count(GMIME_MULTIPART(body(message))));
    for (int i = 0; i < 4; ++i) {
        GMimeObject* part = child(body(message), i + 1);
        EXPECT_STREQ(expected[i], g_mime_part_get_filename(GMIME_PART(part)));
        EXPECT_STREQ(expected[i], g_mime_object_get_content_type_parameter(part, "name"));
        EXPECT_TRUE(contents[static_cast<std::size_t>(i)] == content_of(part)) << expected[i];
        EXPECT_TRUE(g_mime_part_is_attachment(GMIME_PART(part)));
    }
    EXPECT_EQ("application/x-7z-compressed", type_of(child(body(message), 4)));
    EXPECT_NE(std::string::npos, text.find("filename*0*=UTF-8''")) << "RFC 2231, continued";
    EXPECT_NE(std::string::npos, text.find("name=\"=?UTF-8?")) << "the form of old readers";
}

TEST(Compose, HtmlIsTheRicherFormOfTheText) {
    const auto source = small_message();
    source->m_html = REMAPI_W("<p>Hé <img src=\"cid:pic@x\"></p>");
    source->attach(REMAPI_W("pic.png"), "PNG");
    source->m_parts[0].about.content_id = REMAPI_W("pic@x");
    source->m_parts[0].about.shown_in_html = true;
    source->attach(REMAPI_W("file.zip"), "ZIP");
    const std::string text = compose(source).all();
    expect_valid_lines(text);
    const auto message = parse(text);
    ASSERT_EQ("multipart/mixed", type_of(body(message)));
    GMimeObject* forms = child(body(message), 0);
    ASSERT_EQ("multipart/alternative", type_of(forms));
    EXPECT_EQ("text/plain", type_of(child(forms, 0)));
    GMimeObject* related = child(forms, 1);
    ASSERT_EQ("multipart/related", type_of(related));
    EXPECT_EQ("<p>Hé <img src=\"cid:pic@x\"></p>\n", with_lf(content_of(child(related, 0))));
    EXPECT_STREQ("pic@x", g_mime_object_get_content_id(child(related, 1)));
    EXPECT_EQ("PNG", content_of(child(related, 1)));
    EXPECT_EQ("ZIP", content_of(child(body(message), 1)));
}

TEST(Compose, MessagesWithinMessagesStayMessages) {
    const auto inner = small_message();
    inner->m_headers.subject = REMAPI_W("Innen ä");
    inner->attach(REMAPI_W("x.bin"), std::string(1000, '\0'));
    const auto source = small_message();
    MemoryMessage::Part part;
    part.about.is_message = true;
    part.message = inner;
    source->m_parts.push_back(std::move(part));
    const std::string text = compose(source).all();
    expect_valid_lines(text);
    const auto message = parse(text);
    GMimeObject* within = child(body(message), 1);
    ASSERT_TRUE(GMIME_IS_MESSAGE_PART(within));
    GMimeMessage* read_back = g_mime_message_part_get_message(GMIME_MESSAGE_PART(within));
    EXPECT_STREQ("Innen ä", g_mime_message_get_subject(read_back));
    EXPECT_EQ(std::string(1000, '\0'),
              content_of(child(g_mime_message_get_mime_part(read_back), 1)));
}

TEST(Compose, EndlessNestingIsRefused) {
    const auto source = small_message();
    MemoryMessage::Part part;
    part.about.is_message = true;
    part.message = source;
    source->m_parts.push_back(std::move(part));
    EXPECT_THROW(compose(source), Error);
    source->m_parts.clear();
}

TEST(Compose, MarksAndThreadsAreWritten) {
    const auto source = small_message();
    source->m_headers.importance = Importance::High;
    source->m_headers.priority = Priority::Urgent;
    source->m_headers.sensitivity = Sensitivity::Private;
    source->m_headers.read_receipt = true;
    source->m_headers.in_reply_to = REMAPI_W("<0@example.org>");
    source->m_headers.references = REMAPI_W("<a@example.org> <b@example.org>");
    const std::string text = compose(source).all();
    for (const char* line :
         {"Importance: high\r\n", "Priority: urgent\r\n", "Sensitivity: Private\r\n",
          "X-Priority: 1\r\n", "In-Reply-To: <0@example.org>\r\n",
          "References: <a@example.org> <b@example.org>\r\n", "Message-ID: <1.2.3@example.org>\r\n",
          "Disposition-Notification-To: "}) {
        EXPECT_TRUE(has_line_starting(text, line)) << line << text;
    }
}

TEST(MimeDocument, HugeAttachmentsAreNotHeldInMemory) {
    constexpr std::uint64_t kSize = 3000000000;  // over 2 GiB, and no multiple of anything
    const auto source = small_message();
    source->attach(REMAPI_W("huge.bin"), {});
    source->m_parts[0].about.size_bytes = kSize;
    source->m_parts[0].pattern = true;
    MimeDocument document = compose(source);
    EXPECT_GT(document.size_bytes(), kSize * 4 / 3);
    std::string buffer(1 << 16, '\0');
    std::uint64_t total = 0;
    for (int i = 0; i < 64; ++i) total += document.read(buffer.data(), buffer.size());
    EXPECT_EQ(64u << 16, total);
}

TEST(MimeDocument, AnAttachmentThatChangedItsSizeFails) {
    for (const std::uint64_t wrong_size : {9, 11}) {
        const auto source = small_message();
        source->attach(REMAPI_W("a.bin"), "0123456789");
        source->m_parts[0].about.size_bytes = wrong_size;
        MimeDocument document = compose(source);
        EXPECT_THROW(document.all(), Error);
    }
}

TEST(MimeDocument, ReadsTheSameAgainInAnyPortions) {
    const auto source = small_message();
    source->attach(REMAPI_W("a.bin"), std::string(200000, 'z'));
    MimeDocument document = compose(source);
    const std::string whole = document.all();
    std::string pieces;
    char buffer[97];
    while (const std::size_t size = document.read(buffer, sizeof buffer))
        pieces.append(buffer, size);
    EXPECT_TRUE(whole == pieces);
}

}  // namespace
}  // namespace remapi::mime
