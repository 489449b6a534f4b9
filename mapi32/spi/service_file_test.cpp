// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/service_file.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "spi/service_entry_value.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

// The examples of the specification's pages, put together.
constexpr char kDocumented[] =
    "[Services]\r\nAB=Default Address Book\r\nMsgService=My Own Service\r\n"
    "[Help File Mappings]\r\nMsgService=MYHELP.HLP\r\n"
    "[Default Services]\r\nAB=Default Address Book\r\n"
    "[AB]\r\nPR_DISPLAY_NAME=Default Address Book\r\nProviders=AB Provider\r\n"
    "PR_SERVICE_DLL_NAME=AB.DLL\r\nPR_SERVICE_ENTRY_NAME=DABServiceEntry\r\n"
    "PR_RESOURCE_FLAGS=SERVICE_NO_PRIMARY_IDENTITY\r\n"
    "[MsgService]\r\nProviders=MsgService Prov1, MsgService Prov2, Missing\r\n"
    "Sections=First_Special_Section\r\n"
    "PR_SERVICE_SUPPORT_FILES=MYSERV.DLL, MYXXX.DLL\r\nPR_RESOURCE_FLAGS=SERVICE_SINGLE_COPY | "
    "0x20\r\n"
    "[First_Special_Section]\r\nUID=13DBB0C8AA05101A9BB000AA002FC45A\r\n66020003=01000000\r\n"
    "[AB "
    "Provider]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n6600001e=C:\\WINNT35\\System32\\DEFAB."
    "TXT\r\n"
    "[MsgService Prov1]\r\nPR_PROVIDER_DLL_NAME=MYXXX.DLL\r\n"
    "[MsgService "
    "Prov2]\r\nPR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\nPR_RESOURCE_FLAGS=STATUS_NO_DEFAULT_"
    "STORE\r\n"
    "34140102=78b2fa70aff711cd9bc800aa002fc45a\r\n66090003=06000000\r\n660A0003=3\r\n";

String value_of(const ServiceFile& file, StringView section, StringView key) {
    const ServiceSection* found = file.section(section);
    const String* value = found ? found->find(key) : nullptr;
    return value ? *value : REMAPI_W("(none)");
}

TEST(ServiceFile, ReadsTheExamplesOfThePages) {
    const ServiceFile file = ServiceFile::parse(kDocumented);
    ASSERT_EQ(2u, file.services().size());
    EXPECT_EQ(REMAPI_W("MsgService"), file.services()[1].name);
    EXPECT_EQ(REMAPI_W("My Own Service"), file.services()[1].display_name);
    ASSERT_EQ(1u, file.default_services().size());
    EXPECT_EQ(REMAPI_W("MYHELP.HLP"), file.help_file(REMAPI_W("msgservice")));

    const ServiceSection* service = file.service(REMAPI_W("MSGSERVICE"));
    ASSERT_NE(nullptr, service);
    EXPECT_EQ(SERVICE_SINGLE_COPY | 0x20, service->properties.number(PR_RESOURCE_FLAGS));
    const PropValue* files = service->properties.find(PR_SERVICE_SUPPORT_FILES);
    ASSERT_NE(nullptr, files);
    ASSERT_NE(nullptr, files->get_if<std::vector<String>>());
    EXPECT_EQ(REMAPI_W("MYXXX.DLL"), files->get_if<std::vector<String>>()->at(1));

    const auto providers = file.providers(*service);
    ASSERT_EQ(2u, providers.size()) << "the section that does not exist is left out";
    const PropertyBag& store = providers[1]->properties;
    EXPECT_EQ(MAPI_STORE_PROVIDER, store.number(PR_RESOURCE_TYPE));
    EXPECT_EQ(STATUS_NO_DEFAULT_STORE, store.number(PR_RESOURCE_FLAGS));
    EXPECT_EQ(6, store.number(PROP_TAG(PT_LONG, 0x6609)))
        << "eight digits are the bytes of the number";
    EXPECT_EQ(3, store.number(PROP_TAG(PT_LONG, 0x660A)));
    EXPECT_EQ(16u, store.bytes(PROP_TAG(PT_BINARY, 0x3414)).size());
    EXPECT_EQ(0x78, store.bytes(PROP_TAG(PT_BINARY, 0x3414))[0]);
}

TEST(ServiceFile, ExtraSectionsNameTheirProfileSection) {
    const ServiceFile file = ServiceFile::parse(kDocumented);
    const auto sections = file.extra_sections(*file.service(REMAPI_W("MsgService")));
    ASSERT_EQ(1u, sections.size());
    const auto uid = section_uid(*sections[0]);
    ASSERT_TRUE(uid);
    EXPECT_EQ(0x13, uid->ab[0]);
    EXPECT_EQ(0x5A, uid->ab[15]);
    EXPECT_EQ(1, sections[0]->properties.number(PROP_TAG(PT_LONG, 0x6602)));
    EXPECT_FALSE(section_uid(*file.section(REMAPI_W("AB"))));
}

TEST(ServiceFile, StringTagsBecomeUnicode) {
    const ServiceFile file = ServiceFile::parse(kDocumented);
    const ServiceSection* provider = file.section(REMAPI_W("ab provider"));
    ASSERT_NE(nullptr, provider);
    EXPECT_EQ(REMAPI_W("C:\\WINNT35\\System32\\DEFAB.TXT"),
              provider->properties.text(PROP_TAG(PT_UNICODE, 0x6600)));
}

TEST(ServiceFile, ReadsEveryEncoding) {
    const String text = REMAPI_W("[Services]\r\nX=Dienst \u00e4\u20ac\r\n[X]\r\nA=1\r\n");
    std::string little = "\xFF\xFE";
    std::string big = "\xFE\xFF";
    for (const WideChar unit : text) {
        const char low = static_cast<char>(unit & 0xFF);
        const char high = static_cast<char>(unit >> 8 & 0xFF);
        little += {low, high};
        big += {high, low};
    }
    const std::string utf8 = "\xEF\xBB\xBF" + text::to_utf8(text);
    for (const std::string& bytes : {little, big, utf8, little.substr(2)}) {
        const ServiceFile file = ServiceFile::parse(bytes);
        ASSERT_EQ(1u, file.services().size());
        EXPECT_EQ(REMAPI_W("Dienst \u00e4\u20ac"), file.services()[0].display_name);
        EXPECT_EQ(REMAPI_W("1"), value_of(file, REMAPI_W("X"), REMAPI_W("a")));
    }
}

TEST(ServiceFile, JoinsContinuedLinesAndSkipsComments) {
    const ServiceFile file = ServiceFile::parse(
        "stray=1\n; comment\n// comment\n[ S ]\n ;x=1\nProviders = A, \\\n   B "
        ",\\\nC\nPath=C:\\dir\\\nNext=\"q\"\n"
        "[s]\nPath2=2\n[open\nk=v");
    const ServiceSection* section = file.section(REMAPI_W("S"));
    ASSERT_NE(nullptr, section);
    EXPECT_EQ((std::vector<String>{REMAPI_W("A"), REMAPI_W("B"), REMAPI_W("C")}),
              section->list(REMAPI_W("providers")));
    EXPECT_EQ(REMAPI_W("C:\\dir\\"), value_of(file, REMAPI_W("S"), REMAPI_W("Path")));
    EXPECT_EQ(REMAPI_W("q"), value_of(file, REMAPI_W("S"), REMAPI_W("Next")));
    EXPECT_EQ(REMAPI_W("2"), value_of(file, REMAPI_W("S"), REMAPI_W("Path2")))
        << "one name, one section";
    EXPECT_EQ(REMAPI_W("v"), value_of(file, REMAPI_W("open"), REMAPI_W("k")));
    EXPECT_EQ(nullptr, section->find(REMAPI_W("x")));
}

TEST(ServiceFile, SurvivesGarbage) {
    std::uint32_t state = 20240607;  // the seed: the run is the same each time
    for (int round = 0; round < 200; ++round) {
        std::string bytes;
        for (int i = 0; i < 700; ++i) {
            state = state * 1664525u + 1013904223u;
            constexpr char kAlphabet[] =
                "[]=;\\\r\n,| PR_RESOURCE_TYPE0123456789abcdef\0\xFF\xFE\"";
            bytes.push_back(kAlphabet[(state >> 16) % (sizeof kAlphabet - 1)]);
        }
        const ServiceFile file = ServiceFile::parse(bytes);
        for (const auto& service : file.services()) {
            if (const ServiceSection* section = file.service(service.name))
                file.providers(*section);
        }
    }
    EXPECT_TRUE(ServiceFile::parse("").services().empty());
    EXPECT_TRUE(ServiceFile::parse(std::string(3u << 20, '[')).services().empty());
}

TEST(ServiceEntryValue, KnowsTagsByNameAndNumber) {
    EXPECT_EQ(PR_DISPLAY_NAME_W, tag_from_key(REMAPI_W("PR_DISPLAY_NAME")));
    EXPECT_EQ(PR_DISPLAY_NAME_W, tag_from_key(REMAPI_W("pr_display_name_a")));
    EXPECT_EQ(PR_RESOURCE_TYPE, tag_from_key(REMAPI_W("PR_RESOURCE_TYPE")));
    EXPECT_EQ(PROP_TAG(PT_LONG, 0x6604), tag_from_key(REMAPI_W("66040003")));
    EXPECT_EQ(0u, tag_from_key(REMAPI_W("Providers")));
    EXPECT_EQ(0u, tag_from_key(REMAPI_W("0000FFFF")));
    EXPECT_EQ(0u, tag_from_key(REMAPI_W("")));
}

TEST(ServiceEntryValue, ReadsNumbersAsThePagesWriteThem) {
    constexpr ULONG kLong = PROP_TAG(PT_LONG, 0x6600);
    EXPECT_EQ(6, value_from_text(kLong, REMAPI_W("06000000"))->number());
    EXPECT_EQ(1024, value_from_text(kLong, REMAPI_W("00040000"))->number());
    EXPECT_EQ(1234567, value_from_text(kLong, REMAPI_W("1234567"))->number());
    EXPECT_EQ(-1, value_from_text(kLong, REMAPI_W("-1"))->number());
    EXPECT_EQ(255, value_from_text(kLong, REMAPI_W("0xff"))->number());
    EXPECT_EQ(MAPI_AB_PROVIDER, value_from_text(kLong, REMAPI_W("mapi_ab_provider"))->number());
    EXPECT_FALSE(value_from_text(kLong, REMAPI_W("SERVICE_NO_SUCH_FLAG")));
    EXPECT_FALSE(value_from_text(kLong, REMAPI_W("")));
    EXPECT_TRUE(value_from_text(PROP_TAG(PT_BOOLEAN, 0x6600), REMAPI_W("0100"))->truth());
    EXPECT_FALSE(value_from_text(PROP_TAG(PT_BOOLEAN, 0x6600), REMAPI_W("false"))->truth());
}

TEST(ServiceEntryValue, ReadsBinaryAndRefusesWhatIsNone) {
    constexpr ULONG kBinary = PROP_TAG(PT_BINARY, 0x6600);
    EXPECT_EQ((Bytes{0xAB, 0x01}), value_from_text(kBinary, REMAPI_W("AB01"))->bytes());
    EXPECT_EQ((Bytes{0xAB}), value_from_text(kBinary, REMAPI_W("AB0"))->bytes());
    EXPECT_FALSE(value_from_text(kBinary, REMAPI_W("XYZW")));
    EXPECT_FALSE(value_from_text(PROP_TAG(PT_SYSTIME, 0x6600), REMAPI_W("0100")));
    EXPECT_EQ(1, value_from_text(PROP_TAG(PT_I8, 0x6600), REMAPI_W("0100000000000000"))->number());
    EXPECT_FALSE(value_from_text(PROP_TAG(PT_OBJECT, 0x6600), REMAPI_W("1")));
}

}  // namespace
}  // namespace remapi::spi
