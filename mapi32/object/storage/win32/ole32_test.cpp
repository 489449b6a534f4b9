// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Compound files of ours read and changed by ole32, and the reverse. State bits are left out:
// Wine's ole32 does not write them.
#include "object/storage/support_test.h"
#include "object/stream/lock_bytes.h"

namespace remapi::object {
namespace {

using test::create_storage;
using test::create_stream;
using test::element_names;
using test::kReadWrite;
using test::open_storage;
using test::stream_text;

constexpr std::size_t kSizes[] = {0, 1, 64, 100, 4095, 4096, 4097, 20000, 300000};

std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 13 + i / 251);
    return text;
}

String name_of(std::size_t size) {
    return REMAPI_W("Stream_\u00e4 ") + text::decimal(size);
}

void fill(IStorage& root) {
    for (const std::size_t size : kSizes) create_stream(root, name_of(size).c_str(), pattern(size));
    const auto inner = create_storage(root, REMAPI_W("inner storage"));
    EXPECT_EQ(S_OK, inner->SetClass(IID_IMessage));
    for (const std::size_t size : kSizes)
        create_stream(*inner, name_of(size).c_str(), pattern(size));
    EXPECT_EQ(S_OK, root.Commit(STGC_DEFAULT));
}

void expect_filled(IStorage& root) {
    const auto inner = open_storage(root, REMAPI_W("INNER STORAGE"));
    STATSTG stat = {};
    ASSERT_EQ(S_OK, inner->Stat(&stat, STATFLAG_NONAME));
    EXPECT_TRUE(IsEqualGUID(stat.clsid, IID_IMessage));
    for (const std::size_t size : kSizes) {
        EXPECT_TRUE(pattern(size) == stream_text(root, name_of(size).c_str())) << size;
        EXPECT_TRUE(pattern(size) == stream_text(*inner, name_of(size).c_str())) << size;
    }
}

/// Changes every kind of thing in what `fill` has made.
void change(IStorage& root) {
    const auto large = name_of(20000);
    EXPECT_EQ(S_OK, root.DestroyElement(name_of(4096).c_str()));
    EXPECT_EQ(S_OK, root.RenameElement(name_of(100).c_str(), REMAPI_W("renamed")));
    com::Ptr<IStream> stream;
    ASSERT_EQ(S_OK, root.OpenStream(large.c_str(), nullptr, kReadWrite, 0, stream.put()));
    ULARGE_INTEGER size = {};
    size.QuadPart = 50;
    EXPECT_EQ(S_OK, stream->SetSize(size));
    stream.reset();
    for (int i = 0; i < 30; ++i) {
        create_stream(root, (REMAPI_W("new ") + text::decimal(i)).c_str(), pattern(i * 300));
    }
    EXPECT_EQ(S_OK, root.Commit(STGC_DEFAULT));
}

void expect_changed(IStorage& root) {
    EXPECT_EQ("(none)", stream_text(root, name_of(4096).c_str()));
    EXPECT_TRUE(pattern(100) == stream_text(root, REMAPI_W("Renamed")));
    EXPECT_TRUE(pattern(50) == stream_text(root, name_of(20000).c_str()));
    EXPECT_TRUE(pattern(300000) == stream_text(root, name_of(300000).c_str()));
    for (int i = 0; i < 30; ++i) {
        EXPECT_TRUE(pattern(i * 300) ==
                    stream_text(root, (REMAPI_W("NEW ") + text::decimal(i)).c_str()))
            << i;
    }
}

class Ole32 : public testing::Test {
protected:
    com::Ptr<IStorage> open_theirs() {
        com::Ptr<IStorage> root;
        EXPECT_EQ(S_OK, StgOpenStorageOnILockBytes(m_bytes.get(), nullptr, kReadWrite, nullptr, 0,
                                                   root.put()));
        return root;
    }
    com::Ptr<IStorage> create_theirs() {
        com::Ptr<IStorage> root;
        EXPECT_EQ(S_OK, StgCreateDocfileOnILockBytes(m_bytes.get(), kReadWrite | STGM_CREATE, 0,
                                                     root.put()));
        return root;
    }

    test::MemoryFile file;

private:
    com::Ptr<ILockBytes> m_bytes = make_lock_bytes(file.backing());
};

TEST_F(Ole32, ReadsWhatWeWrite) {
    fill(*file.create());
    const auto theirs = open_theirs();
    ASSERT_TRUE(theirs);
    expect_filled(*theirs);
    const std::string names = element_names(*theirs);
    EXPECT_EQ(element_names(*file.open(test::kRead)), names) << "in the same order";
}

TEST_F(Ole32, ChangesWhatWeWrite) {
    fill(*file.create());
    change(*open_theirs());
    expect_changed(*file.open());
}

TEST_F(Ole32, WritesWhatWeRead) {
    fill(*create_theirs());
    expect_filled(*file.open());
}

TEST_F(Ole32, ReadsWhatWeChange) {
    fill(*create_theirs());
    change(*file.open());
    const auto theirs = open_theirs();
    ASSERT_TRUE(theirs);
    expect_changed(*theirs);
    expect_changed(*file.open());
}

TEST_F(Ole32, TakesCopiesOfOurStoragesAndGivesThem) {
    test::MemoryFile ours;
    const auto source = ours.create();
    fill(*source);
    const auto theirs = create_theirs();
    ASSERT_EQ(S_OK, source->CopyTo(0, nullptr, nullptr, theirs.get()));
    expect_filled(*theirs);
    test::MemoryFile other;
    const auto target = other.create();
    ASSERT_EQ(S_OK, theirs->CopyTo(0, nullptr, nullptr, target.get()));
    expect_filled(*target);
}

}  // namespace
}  // namespace remapi::object
