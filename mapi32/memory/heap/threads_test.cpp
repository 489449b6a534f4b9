// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A heap that several threads use at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <functional>
#include <random>

#include "memory/heap/heap.h"
#include "port/thread.h"

namespace remapi::memory {
namespace {

constexpr int kThreads = 4;

constinit Heap g_shared_pooled(Heap::Blocks::Pooled);
constinit Heap g_shared_lone(Heap::Blocks::Lone);

class HeapThreadsTest : public testing::TestWithParam<Heap*> {
protected:
    void TearDown() override { EXPECT_EQ(0u, heap.live()); }

    /// Runs `body` with the numbers from 0 up, each on a thread of its own.
    static void on_all_threads(const std::function<void(int)>& body) {
        std::array<port::Thread, kThreads> threads;
        for (int i = 0; i < kThreads; ++i) {
            ASSERT_TRUE(threads[static_cast<std::size_t>(i)].start([&body, i] { body(i); }));
        }
    }

    Heap& heap = *GetParam();
};

INSTANTIATE_TEST_SUITE_P(OfEitherKind, HeapThreadsTest,
                         testing::Values(&g_shared_pooled, &g_shared_lone), [](const auto& kind) {
                             return kind.param == &g_shared_pooled ? "Pooled" : "Lone";
                         });

/// A block that says of itself how long it is and what it is filled with.
struct Note {
    std::uint32_t size;
    std::uint32_t value;

    void fill(std::uint32_t whole_size, std::uint32_t new_value) {
        size = whole_size;
        value = new_value;
        std::memset(this + 1, static_cast<int>(value), size - sizeof(Note));
    }
    bool is_intact() const {
        const auto* const bytes = reinterpret_cast<const unsigned char*>(this + 1);
        return std::all_of(bytes, bytes + (size - sizeof(Note)), [this](unsigned char byte) {
            return byte == static_cast<unsigned char>(value);
        });
    }
};

TEST_P(HeapThreadsTest, BlocksOfOneThreadAreLinkedToAndFreedByAnother) {
    std::array<std::atomic<Note*>, 64> shelf = {};
    std::atomic<int> failures = 0;
    on_all_threads([&](int thread) {
        std::mt19937 random(static_cast<std::uint32_t>(thread));
        for (int i = 0; i < 20000; ++i) {
            const std::uint32_t size = 8 + random() % (i % 500 == 0 ? 30000 : 400);
            void* made = nullptr;
            if (heap.allocate(size, &made) != Outcome::Done) ++failures;
            static_cast<Note*>(made)->fill(size, random());
            Note* const found = shelf[random() % shelf.size()].exchange(static_cast<Note*>(made));
            if (!found) continue;
            void* linked = nullptr;
            if (heap.link(size, found, &linked) != Outcome::Done) ++failures;
            std::memset(linked, 1, size);
            if (heap.free(linked) != Outcome::Linked) ++failures;
            if (!found->is_intact()) ++failures;
            if (heap.free(found) != Outcome::Done) ++failures;
        }
    });
    EXPECT_EQ(0, failures.load());
    for (const auto& note : shelf) {
        if (!note) continue;
        EXPECT_EQ(Outcome::Done, heap.free(note));
    }
}

TEST_P(HeapThreadsTest, AllLinkToOneRoot) {
    void* root = nullptr;
    ASSERT_EQ(Outcome::Done, heap.allocate(8, &root));
    std::atomic<int> failures = 0;
    on_all_threads([&](int thread) {
        std::array<Note*, 1000> notes = {};
        for (std::uint32_t i = 0; i < notes.size(); ++i) {
            void* parent = i % 3 ? static_cast<void*>(notes[i - 1]) : root;
            void* linked = nullptr;
            if (heap.link(8 + i, parent, &linked) != Outcome::Done) ++failures;
            notes[i] = static_cast<Note*>(linked);
            notes[i]->fill(8 + i, static_cast<std::uint32_t>(thread));
        }
        for (const Note* note : notes) failures += note->is_intact() ? 0 : 1;
    });
    EXPECT_EQ(0, failures.load());
    EXPECT_EQ(Outcome::Done, heap.free(root));
}

TEST_P(HeapThreadsTest, OfRacingFreesExactlyOneWins) {
    constexpr int kRounds = 2000;
    std::atomic<void*> current = nullptr;
    std::atomic<int> arrived = 0;
    std::atomic<int> wins = 0;
    std::atomic<int> wrong_rounds = 0;
    on_all_threads([&](int thread) {
        for (int round = 0; round < kRounds; ++round) {
            if (thread == 0) {
                void* block = nullptr;
                heap.allocate(round % 5 ? 100 : 20000, &block);
                void* linked = nullptr;
                heap.link(50, block, &linked);
                current = block;
            }
            // All have the block, then all free it, then one looks at what came of it.
            const auto meet = [&](int times) {
                ++arrived;
                while (arrived < (round * 3 + times) * kThreads) port::yield();
            };
            meet(1);
            if (heap.free(current) == Outcome::Done) ++wins;
            meet(2);
            if (thread == 0 && wins.exchange(0) != 1) ++wrong_rounds;
            meet(3);
        }
    });
    EXPECT_EQ(0, wrong_rounds.load());
}

TEST_P(HeapThreadsTest, PointersThatAreNoBlocksMayBeTriedWhileSpansComeAndGo) {
    std::atomic<std::uintptr_t> hint = 0;
    std::atomic<int> ended = 0;
    std::atomic<int> failures = 0;
    on_all_threads([&](int thread) {
        if (thread == 0) {
            // Within what was a block a moment ago and is anything now, but never its start.
            while (ended < kThreads - 1) {
                void* const inside = reinterpret_cast<void*>(hint.load() + 4);
                void* out = nullptr;
                if (heap.free(inside) != Outcome::NotOurs) ++failures;
                if (heap.link(8, inside, &out) != Outcome::NotOurs) ++failures;
            }
            return;
        }
        std::mt19937 random(static_cast<std::uint32_t>(thread));
        for (int round = 0; round < 30; ++round) {
            const std::size_t size = std::size_t{16} << random() % 10;
            std::array<void*, 1500> blocks = {};
            for (void*& block : blocks) {
                if (heap.allocate(size, &block) != Outcome::Done) ++failures;
                hint = address_of(block);
            }
            for (void* block : blocks) {
                if (heap.free(block) != Outcome::Done) ++failures;
            }
        }
        ++ended;
    });
    EXPECT_EQ(0, failures.load());
}

TEST_P(HeapThreadsTest, ARootIsResizedWhileOthersLinkToWhatIsLinkedToIt) {
    void* root = nullptr;
    void* linked = nullptr;
    ASSERT_EQ(Outcome::Done, heap.allocate(8, &root));
    ASSERT_EQ(Outcome::Done, heap.link(8, root, &linked));
    std::atomic<bool> ended = false;
    std::atomic<int> failures = 0;
    on_all_threads([&](int thread) {
        void* out = nullptr;
        if (thread == 0) {
            for (std::size_t i = 0; i < 500; ++i) {
                if (heap.resize(root, i * 97 % 40000, &root) != Outcome::Done) ++failures;
            }
            ended = true;
        }
        for (int i = 0; i < 2000 && !ended; ++i) {
            if (heap.link(100, linked, &out) != Outcome::Done) ++failures;
            std::memset(out, 1, 100);
        }
    });
    EXPECT_EQ(0, failures.load());
    EXPECT_EQ(Outcome::Done, heap.free(root));
    EXPECT_EQ(Outcome::NotOurs, heap.free(linked));
}

}  // namespace
}  // namespace remapi::memory
