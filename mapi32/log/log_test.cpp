// SPDX-License-Identifier: LGPL-2.1-or-later
#include "log/log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"

namespace remapi::log {
namespace {

void set_variable(const std::string& assignment) {
    static std::vector<std::unique_ptr<std::string>> kept;  // putenv keeps the pointer
    kept.push_back(std::make_unique<std::string>(assignment));
    putenv(kept.back()->data());
}

/// Sends the lines to a file of its own.
class LogFile : public testing::Test {
protected:
    void SetUp() override {
        const std::string name = "remapi-log-test-" + std::to_string(port::current_process_id());
        m_path = port::join_path(port::temporary_folder(), port::from_utf8(name));
        set_variable("REMAPI_LOG_FILE=" + port::to_utf8(m_path));
    }
    void TearDown() override {
        set_variable("REMAPI_LOG_FILE=");
        set_variable("REMAPI_LOG=");
        reload_settings();
        port::remove_file(m_path);
    }
    void use(const std::string& channels) {
        set_variable("REMAPI_LOG=" + channels);
        reload_settings();
    }
    std::string written() {
        std::string bytes;
        port::read_file(m_path, bytes);
        return bytes;
    }
    String m_path;
};

TEST_F(LogFile, ErrorsAndWarningsAreWrittenByDefault) {
    use("");
    REMAPI_ERROR(Spi, "error %d", 1);
    REMAPI_WARN(Spi, "warning %s", "two");
    REMAPI_INFO(Spi, "information");
    REMAPI_TRACE(Spi, "trace");
    const std::string lines = written();
    EXPECT_NE(std::string::npos, lines.find(" err:spi error 1\n"));
    EXPECT_NE(std::string::npos, lines.find(" warn:spi warning two\n"));
    EXPECT_EQ(std::string::npos, lines.find("information"));
    EXPECT_EQ(std::string::npos, lines.find("trace"));
}

TEST_F(LogFile, ChannelsAreTurnedOnAndOff) {
    use("+spi,-table,unknown");
    EXPECT_TRUE(enabled(Channel::Spi, Level::Trace));
    EXPECT_FALSE(enabled(Channel::Table, Level::Error));
    EXPECT_TRUE(enabled(Channel::Store, Level::Warning));
    EXPECT_FALSE(enabled(Channel::Store, Level::Information));
    use("-all,+props");
    EXPECT_FALSE(enabled(Channel::Spi, Level::Error));
    EXPECT_TRUE(enabled(Channel::Props, Level::Information));
}

TEST_F(LogFile, OneEventIsOneLineHoweverLong) {
    use("");
    const std::string text = "first\r\nsecond" + std::string(5000, 'x');
    REMAPI_ERROR(Ui, "%s", text.c_str());
    const std::string lines = written();
    EXPECT_EQ(1, std::count(lines.begin(), lines.end(), '\n'));
    EXPECT_NE(std::string::npos, lines.find("first  second"));
    EXPECT_LE(lines.size(), 2048u);
}

TEST_F(LogFile, AnExportWithoutABodyIsNamedOnce) {
    use("");
    static constexpr char kName[] = "HrSomethingNobodyWrote";
    not_supported(kName);
    not_supported(kName);
    const std::string lines = written();
    const std::size_t first = lines.find(kName);
    ASSERT_NE(std::string::npos, first);
    EXPECT_EQ(std::string::npos, lines.find(kName, first + 1));
}

TEST(Utf8, NullIsNamed) {
    EXPECT_EQ("(null)", utf8(static_cast<const WideChar*>(nullptr)));
    EXPECT_EQ("a", utf8(StringView(REMAPI_W("a"))));
}

}  // namespace
}  // namespace remapi::log
