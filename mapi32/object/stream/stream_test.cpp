// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "format/guid.h"
#include "object/stream/file_stream.h"
#include "object/stream/memory_stream.h"
#include "object/util/calls.h"
#include "port/file.h"
#include "text/text.h"

namespace remapi::object {
namespace {

LARGE_INTEGER by(std::int64_t distance) {
    LARGE_INTEGER move;
    move.QuadPart = distance;
    return move;
}
ULARGE_INTEGER size_of(std::uint64_t size) {
    ULARGE_INTEGER result;
    result.QuadPart = size;
    return result;
}
std::uint64_t size_of(IStream& stream) {
    STATSTG stat = {};
    EXPECT_EQ(S_OK, stream.Stat(&stat, STATFLAG_NONAME));
    EXPECT_EQ(static_cast<DWORD>(STGTY_STREAM), stat.type);
    EXPECT_EQ(nullptr, stat.pwcsName);
    return stat.cbSize.QuadPart;
}
std::string rest_of(IStream& stream) {
    const Bytes bytes = read_stream(&stream);
    return std::string(bytes.begin(), bytes.end());
}
std::string whole(IStream& stream) {
    EXPECT_EQ(S_OK, stream.Seek(by(0), STREAM_SEEK_SET, nullptr));
    return rest_of(stream);
}
void write(IStream& stream, std::string_view text) {
    ULONG written = 0;
    EXPECT_EQ(S_OK, stream.Write(text.data(), static_cast<ULONG>(text.size()), &written));
    EXPECT_EQ(text.size(), written);
}

/// The same behaviour is expected of every backing.
void exercise(IStream& stream) {
    write(stream, "hello world");
    EXPECT_EQ(11u, size_of(stream));
    EXPECT_EQ("hello world", whole(stream));

    ULARGE_INTEGER position = {};
    EXPECT_EQ(S_OK, stream.Seek(by(-5), STREAM_SEEK_END, &position));
    EXPECT_EQ(6u, position.QuadPart);
    EXPECT_EQ("world", rest_of(stream));
    EXPECT_EQ(S_OK, stream.Seek(by(-9), STREAM_SEEK_CUR, &position));
    EXPECT_EQ(2u, position.QuadPart);
    EXPECT_EQ(STG_E_INVALIDFUNCTION, stream.Seek(by(-3), STREAM_SEEK_CUR, nullptr));
    EXPECT_EQ(STG_E_INVALIDFUNCTION, stream.Seek(by(0), 7, nullptr));

    com::Ptr<IStream> clone;
    EXPECT_EQ(S_OK, stream.Clone(clone.put()));
    EXPECT_EQ("llo world", rest_of(*clone));
    write(*clone, "!");
    EXPECT_EQ("llo world!", rest_of(stream));

    EXPECT_EQ(S_OK, stream.Seek(by(14), STREAM_SEEK_SET, nullptr));
    write(stream, "x");
    EXPECT_EQ(std::string("hello world!\0\0x", 15), whole(stream));
    EXPECT_EQ(S_OK, stream.SetSize(size_of(5)));
    EXPECT_EQ("hello", whole(stream));
    EXPECT_EQ(S_OK, stream.SetSize(size_of(7)));
    EXPECT_EQ(std::string("hello\0\0", 7), whole(stream));

    const auto target = make_memory_stream({});
    ULARGE_INTEGER read = {}, written = {};
    EXPECT_EQ(S_OK, stream.Seek(by(1), STREAM_SEEK_SET, nullptr));
    EXPECT_EQ(S_OK, stream.CopyTo(target.get(), size_of(3), &read, &written));
    EXPECT_EQ(3u, read.QuadPart);
    EXPECT_EQ(3u, written.QuadPart);
    EXPECT_EQ(S_OK, stream.CopyTo(target.get(), size_of(~std::uint64_t{0}), &read, nullptr));
    EXPECT_EQ(3u, read.QuadPart);
    EXPECT_EQ(std::string("ello\0\0", 6), whole(*target));

    EXPECT_EQ(S_OK, stream.Commit(STGC_DEFAULT));
    EXPECT_EQ(STG_E_INVALIDFUNCTION, stream.LockRegion(size_of(0), size_of(1), LOCK_WRITE));
    EXPECT_EQ(STG_E_INVALIDPOINTER, stream.Read(nullptr, 1, nullptr));
    EXPECT_EQ(STG_E_INVALIDPOINTER, stream.Stat(nullptr, 0));
}

TEST(MemoryStream, BehavesAsAStream) {
    exercise(*make_memory_stream({}));
}

TEST(MemoryStream, AnswersForBothOfItsInterfaces) {
    const auto stream = make_memory_stream({});
    EXPECT_TRUE(com::query<ISequentialStream>(stream.get()));
    EXPECT_TRUE(com::query<IStream>(stream.get()));
    EXPECT_FALSE(com::query<IStorage>(stream.get()));
}

TEST(MemoryStream, ReadOnlyOnesRefuseChanges) {
    MemoryStreamOptions options;
    options.writable = false;
    const auto stream = make_memory_stream({1, 2}, std::move(options));
    EXPECT_EQ(STG_E_ACCESSDENIED, stream->Write("x", 1, nullptr));
    EXPECT_EQ(STG_E_ACCESSDENIED, stream->SetSize(size_of(0)));
    EXPECT_EQ(2u, size_of(*stream));
}

struct Written {
    int times = 0;
    Bytes last;
};

MemoryStreamOptions into(Written& written, bool transacted = false) {
    MemoryStreamOptions options;
    options.transacted = transacted;
    options.write_back = [&written](const Bytes& bytes) {
        ++written.times;
        written.last = bytes;
    };
    return options;
}

TEST(MemoryStream, DirectOnesWriteBackOnCommitAndOnTheLastRelease) {
    Written written;
    {
        auto stream = make_memory_stream({}, into(written));
        write(*stream, "a");
        EXPECT_EQ(S_OK, stream->Commit(STGC_DEFAULT));
        EXPECT_EQ(S_OK, stream->Commit(STGC_DEFAULT));
        EXPECT_EQ(1, written.times);
        com::Ptr<IStream> clone;
        EXPECT_EQ(S_OK, stream->Clone(clone.put()));
        write(*stream, "b");
        stream.reset();
        EXPECT_EQ(1, written.times);
    }
    EXPECT_EQ(2, written.times);
    EXPECT_EQ(to_bytes(std::string_view("ab")), written.last);
}

TEST(MemoryStream, TransactedOnesWriteBackOnCommitOnlyAndRevert) {
    Written written;
    {
        const auto stream =
            make_memory_stream(to_bytes(std::string_view("old")), into(written, true));
        write(*stream, "new");
        EXPECT_EQ(S_OK, stream->Revert());
        EXPECT_EQ("old", whole(*stream));
        EXPECT_EQ(S_OK, stream->Seek(by(0), STREAM_SEEK_SET, nullptr));
        write(*stream, "N");
        EXPECT_EQ(S_OK, stream->Commit(STGC_DEFAULT));
        write(*stream, "lost");
    }
    EXPECT_EQ(1, written.times);
    EXPECT_EQ(to_bytes(std::string_view("Nld")), written.last);
}

TEST(MemoryStream, WhatWriteBackThrowsIsCommitsAnswer) {
    int times = 0;
    MemoryStreamOptions options;
    options.write_back = [&times](const Bytes&) {
        if (++times == 1) throw Error(MAPI_E_NO_ACCESS, "refusing");
    };
    const auto stream = make_memory_stream({}, std::move(options));
    write(*stream, "a");
    EXPECT_EQ(MAPI_E_NO_ACCESS, stream->Commit(STGC_DEFAULT));
    EXPECT_EQ(S_OK, stream->Commit(STGC_DEFAULT));
    EXPECT_EQ(2, times);
}

TEST(MemoryStream, StartsWhereItIsTold) {
    MemoryStreamOptions options;
    options.position = 2;
    const auto stream = make_memory_stream(to_bytes(std::string_view("abcd")), std::move(options));
    EXPECT_EQ("cd", rest_of(*stream));
}

class FileStreamTest : public testing::Test {
protected:
    void SetUp() override {
        const std::string name = "remapi-stream-" + format::uid_text(format::new_uid());
        path = port::join_path(port::temporary_folder(), text::from_utf8(name));
    }
    void TearDown() override { port::remove_file(path); }
    String path;
};

TEST_F(FileStreamTest, BehavesAsAStream) {
    exercise(*open_file_stream(path, STGM_READWRITE | STGM_CREATE));
    std::string bytes;
    EXPECT_EQ(0, port::read_file(path, bytes));
    EXPECT_EQ(std::string("hello\0\0", 7), bytes);
}

TEST_F(FileStreamTest, AbsentFilesAreNotMadeUnlessAsked) {
    for (const DWORD mode : {STGM_READ, STGM_READWRITE}) {
        try {
            open_file_stream(path, mode);
            FAIL() << "nothing thrown";
        } catch (const Error& error) {
            EXPECT_EQ(STG_E_FILENOTFOUND, error.code());
        }
    }
    EXPECT_FALSE(port::exists(path));
}

TEST_F(FileStreamTest, ReadingLeavesTheFileAlone) {
    ASSERT_EQ(0, port::write_file(path, "content"));
    const auto stream = open_file_stream(path, STGM_READ);
    EXPECT_EQ("content", whole(*stream));
    EXPECT_EQ(STG_E_ACCESSDENIED, stream->Write("x", 1, nullptr));
}

TEST_F(FileStreamTest, DeleteOnReleaseRemovesTheFile) {
    auto stream = open_file_stream(path, STGM_READWRITE | STGM_CREATE | STGM_DELETEONRELEASE);
    EXPECT_TRUE(port::exists(path));
    stream.reset();
    EXPECT_FALSE(port::exists(path));
}

}  // namespace
}  // namespace remapi::object
