// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/ini_edit.h"

#include <gtest/gtest.h>

namespace remapi::tool {
namespace {

TEST(IniEditTest, ValuesAreFoundWithoutRegardToCase) {
    constexpr const char* kText = "[fonts]\r\nMAPI=9\r\n[MAIL]\r\n mapi = 1 \r\n";
    EXPECT_EQ(ini_value(kText, "Mail", "MAPI"), "1");
    EXPECT_EQ(ini_value(kText, "Mail", "CMC"), std::nullopt);
    EXPECT_EQ(ini_value(kText, "Desktop", "MAPI"), std::nullopt);
    EXPECT_TRUE(ini_has_section(kText, "mail"));
    EXPECT_FALSE(ini_has_section(kText, "mai"));
}

TEST(IniEditTest, ANewSectionGoesToTheEnd) {
    EXPECT_EQ(ini_with("[a]\nx=1\n", "Mail", "MAPI", "1"), "[a]\nx=1\n[Mail]\nMAPI=1\n");
    EXPECT_EQ(ini_with("[a]\nx=1", "Mail", "MAPI", "1"), "[a]\nx=1\n[Mail]\nMAPI=1\n");
    EXPECT_EQ(ini_with("", "Mail", "MAPI", "1"), "[Mail]\r\nMAPI=1\r\n");
}

TEST(IniEditTest, ANewKeyGoesBehindTheLastOneOfItsSection) {
    EXPECT_EQ(ini_with("[Mail]\r\nCMC=1\r\n\r\n[b]\r\n", "Mail", "MAPI", "1"),
              "[Mail]\r\nCMC=1\r\nMAPI=1\r\n\r\n[b]\r\n");
}

TEST(IniEditTest, AKnownKeyChangesInItsLine) {
    EXPECT_EQ(ini_with("[mail]\nmapi=0\nz=2\n", "Mail", "MAPI", "1"), "[mail]\nMAPI=1\nz=2\n");
}

TEST(IniEditTest, TakingAKeyAwayUndoesPuttingItIn) {
    for (const std::string before :
         {"", "[a]\nx=1\n", "[Mail]\r\nCMC=1\r\n\r\n[b]\r\n", "; a comment\r\n\r\n"}) {
        std::string text = ini_with(before, "Mail", "MAPI", "1");
        text = ini_with(text, "Mail", "MAPIX", "1");
        text = ini_without(text, "Mail", "MAPIX");
        text = ini_without(text, "Mail", "MAPI");
        EXPECT_EQ(text, before);
    }
}

TEST(IniEditTest, ASectionWithOtherKeysStays) {
    EXPECT_EQ(ini_without("[Mail]\nMAPI=1\nCMC=1\n", "Mail", "mapi"), "[Mail]\nCMC=1\n");
    EXPECT_EQ(ini_without("[Mail]\nCMC=1\n", "Mail", "mapi"), "[Mail]\nCMC=1\n");
}

}  // namespace
}  // namespace remapi::tool
