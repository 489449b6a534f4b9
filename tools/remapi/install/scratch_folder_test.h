// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "port/file.h"
#include "port/random.h"
#include "text/text.h"

namespace remapi::tool {

/// A test with a folder of its own, and a folder "state" in it that need not exist.
class ScratchFolderTest : public testing::Test {
protected:
    void SetUp() override {
        unsigned char bytes[8] = {};
        ASSERT_TRUE(port::random_bytes(bytes, sizeof bytes));
        const String name = REMAPI_W("remapi-") + text::from_utf8(text::hex(bytes, sizeof bytes));
        m_root = port::join_path(port::temporary_folder(), name);
        m_state = port::join_path(m_root, REMAPI_W("state"));
        ASSERT_EQ(port::create_folders(m_root), 0);
    }
    void TearDown() override {
        for (const String& folder : {m_state, m_root}) {
            for (const String& name : port::list_folder(folder))
                port::remove_file(port::join_path(folder, name));
            port::remove_folder(folder);
        }
    }
    String path(StringView name) const { return port::join_path(m_root, String(name)); }
    String put(StringView name, std::string_view bytes) const {
        EXPECT_EQ(port::write_file(path(name), bytes), 0);
        return path(name);
    }
    std::string content(StringView name) const {
        std::string bytes;
        return port::read_file(path(name), bytes) == 0 ? bytes : "(absent)";
    }

    String m_root;
    String m_state;
};

}  // namespace remapi::tool
