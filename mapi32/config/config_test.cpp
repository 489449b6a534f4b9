// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config/config.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "port/file.h"
#include "port/process.h"
#include "text/text.h"

namespace remapi::config {
namespace {

/// Sets or clears a variable of this process: putenv is what every C library here has.
void set_variable(const std::string& assignment) {
    static std::vector<std::unique_ptr<std::string>> kept;  // putenv keeps the pointer
    kept.push_back(std::make_unique<std::string>(assignment));
    putenv(kept.back()->data());
}

class ConfigFile : public testing::Test {
protected:
    void SetUp() override {
        m_path = port::join_path(
            port::temporary_folder(),
            REMAPI_W("remapi-config-test-") + text::decimal(port::current_process_id()));
        set_variable("REMAPI_CONF=" + text::to_utf8(m_path));
    }
    void TearDown() override {
        port::remove_file(m_path);
        set_variable("REMAPI_CONF=");
        reload();
    }
    void write(const std::string& content) {
        ASSERT_EQ(0, port::write_file(m_path, content));
        reload();
    }
    String m_path;
};

TEST_F(ConfigFile, DefaultsHoldWithoutAFile) {
    reload();
    EXPECT_EQ("prompt", get("send.policy"));
    EXPECT_FALSE(find("send.policy").has_value());
    EXPECT_EQ(300u, get_number("spooler.linger"));
    EXPECT_TRUE(get_flag("ui.dialogs"));
}

TEST_F(ConfigFile, SectionsOfTheRunningProgramWin) {
    const std::string program = text::to_utf8(port::program_name());
    write("[remapi]\nsend.policy = draft\nspooler.linger=7\n[program:" + program +
          "]\nsend.policy=send\n" + "[program:other.exe]\nsend.policy=draft\n");
    EXPECT_EQ("send", get("send.policy"));
    EXPECT_EQ(7u, get_number("spooler.linger"));
}

TEST_F(ConfigFile, TheEnvironmentWinsOverTheFile) {
    write("[remapi]\nsmtp.timeout=7\n");
    set_variable("REMAPI_SMTP_TIMEOUT=9");
    EXPECT_EQ(9u, get_number("smtp.timeout"));
    set_variable("REMAPI_SMTP_TIMEOUT=x");
    EXPECT_EQ(60u, get_number("smtp.timeout"));
}

TEST_F(ConfigFile, WhatIsNotAllowedIsIgnored) {
    write("nonsense\n[remapi\nsend.policy=loudly\nno.such.option=1\n=\n\xff\xfe\n");
    EXPECT_EQ("prompt", get("send.policy"));
}

TEST(AnnotatedFile, NamesEveryOption) {
    const std::string file = annotated_file();
    for (const Option& option : options()) {
        EXPECT_NE(std::string::npos, file.find(std::string("# ") + option.name + " = "))
            << option.name;
        EXPECT_NE(std::string::npos, file.find(option.variable)) << option.name;
    }
}

}  // namespace
}  // namespace remapi::config
