// SPDX-License-Identifier: LGPL-2.1-or-later
//
// In a build with the address sanitizer mistakes with MAPI buffers are found as those with malloc.
#ifdef __SANITIZE_ADDRESS__

#include <gtest/gtest.h>
#include <sanitizer/lsan_interface.h>

#include <cstdlib>

#include "memory/allocator.h"

namespace remapi::memory {
namespace {

struct Blocks {
    Blocks() {
        allocate_buffer(100, &root);
        allocate_more(100, root, &linked);
    }
    volatile char& byte(void* block, std::size_t offset) {
        return static_cast<char*>(block)[offset];
    }

    void* root = nullptr;
    void* linked = nullptr;
};

TEST(SanitizerTest, AWriteBeyondABufferIsFound) {
    Blocks blocks;
    EXPECT_DEATH(blocks.byte(blocks.root, 100) = 1, "heap-buffer-overflow");
    EXPECT_DEATH(blocks.byte(blocks.linked, 100) = 1, "heap-buffer-overflow");
    free_buffer(blocks.root);
}

TEST(SanitizerTest, AWriteToAFreedBufferIsFound) {
    Blocks blocks;
    free_buffer(blocks.root);
    EXPECT_DEATH(blocks.byte(blocks.root, 0) = 1, "heap-use-after-free");
    EXPECT_DEATH(blocks.byte(blocks.linked, 99) = 1, "heap-use-after-free");
}

/// Where no frame that is still in use holds the address.
[[gnu::noinline]] void lose_a_buffer() {
    Blocks blocks;
    blocks.byte(blocks.linked, 0) = 1;
}

TEST(SanitizerTest, ABufferThatNobodyFreesIsFound) {
    const auto lose_and_look = [] {
        lose_a_buffer();
        std::_Exit(__lsan_do_recoverable_leak_check() != 0 ? 23 : 0);
    };
    EXPECT_EXIT(lose_and_look(), testing::ExitedWithCode(23), "detected memory leaks");
}

}  // namespace
}  // namespace remapi::memory

#endif
