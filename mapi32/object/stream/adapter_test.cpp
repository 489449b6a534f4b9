// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "object/stream/foreign_backing.h"
#include "object/stream/lock_bytes.h"
#include "object/stream/memory_stream.h"
#include "object/util/calls.h"

namespace remapi::object {
namespace {

ULARGE_INTEGER large(std::uint64_t value) {
    ULARGE_INTEGER result = {};
    result.QuadPart = value;
    return result;
}

std::string all_bytes(IStream& stream) {
    EXPECT_EQ(S_OK, stream.Seek({}, STREAM_SEEK_SET, nullptr));
    const Bytes bytes = read_stream(&stream);
    return std::string(bytes.begin(), bytes.end());
}

TEST(ForeignBacking, WorksFromAnOriginAndFillsGapsWithZeros) {
    const auto stream = make_memory_stream(to_bytes(std::string_view("0123456789")));
    const auto backing = backing_on_stream(stream.get(), 4, true);
    EXPECT_EQ(6u, backing->size());
    char buffer[20] = {};
    EXPECT_EQ(4u, backing->read_at(2, buffer, sizeof buffer));
    EXPECT_STREQ("6789", buffer);
    EXPECT_EQ(0u, backing->read_at(100, buffer, 1));
    backing->write_at(8, "x", 1);
    backing->set_size(11);
    EXPECT_EQ(std::string("0123456789\0\0x\0\0", 15), all_bytes(*stream));
    backing->set_size(1);
    EXPECT_EQ("01234", all_bytes(*stream));
}

TEST(LockBytes, ReadWriteCutAndSayWhatTheyAre) {
    const auto stream = make_memory_stream({});
    const auto bytes = make_lock_bytes(backing_on_stream(stream.get(), 0, true));
    ULONG count = 0;
    EXPECT_EQ(S_OK, bytes->WriteAt(large(3), "abc", 3, &count));
    EXPECT_EQ(3u, count);
    EXPECT_EQ(std::string("\0\0\0abc", 6), all_bytes(*stream));
    char buffer[8] = {};
    EXPECT_EQ(S_OK, bytes->ReadAt(large(4), buffer, sizeof buffer, &count));
    EXPECT_EQ(2u, count);
    EXPECT_EQ(S_OK, bytes->ReadAt(large(~std::uint64_t{0}), buffer, 1, &count));
    EXPECT_EQ(0u, count);
    EXPECT_EQ(STG_E_MEDIUMFULL, bytes->WriteAt(large(~std::uint64_t{0}), "x", 1, &count));
    EXPECT_EQ(STG_E_MEDIUMFULL, bytes->SetSize(large(~std::uint64_t{0})));
    EXPECT_EQ(S_OK, bytes->SetSize(large(4)));
    EXPECT_EQ(S_OK, bytes->Flush());
    STATSTG stat = {};
    EXPECT_EQ(S_OK, bytes->Stat(&stat, STATFLAG_DEFAULT));
    EXPECT_EQ(static_cast<DWORD>(STGTY_LOCKBYTES), stat.type);
    EXPECT_EQ(4u, stat.cbSize.QuadPart);
    EXPECT_EQ(0u, stat.grfLocksSupported);
    EXPECT_EQ(STG_E_INVALIDFUNCTION, bytes->LockRegion(large(0), large(1), LOCK_WRITE));
    EXPECT_EQ(STG_E_INVALIDPOINTER, bytes->ReadAt(large(0), nullptr, 1, &count));
    EXPECT_EQ(STG_E_INVALIDPOINTER, bytes->Stat(nullptr, 0));
}

TEST(LockBytes, OnSomethingReadOnlyRefuseToWrite) {
    const auto stream = make_memory_stream({1, 2});
    const auto bytes = make_lock_bytes(backing_on_stream(stream.get(), 0, false));
    EXPECT_EQ(STG_E_ACCESSDENIED, bytes->WriteAt(large(0), "x", 1, nullptr));
    EXPECT_EQ(STG_E_ACCESSDENIED, bytes->SetSize(large(0)));
}

}  // namespace
}  // namespace remapi::object
