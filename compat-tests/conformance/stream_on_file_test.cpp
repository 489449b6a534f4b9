// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "com/ptr.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"
#include "text/text.h"

namespace remapi::test {
namespace {

using Open = HRESULT WINAPI(LPALLOCATEBUFFER, LPFREEBUFFER, ULONG, LPTSTR, LPTSTR, LPSTREAM*);
using OpenWide = HRESULT WINAPI(LPALLOCATEBUFFER, LPFREEBUFFER, ULONG, LPWSTR, LPWSTR, LPSTREAM*);

constexpr ULONG kCreate = STGM_CREATE | STGM_READWRITE;
constexpr ULONG kTemporary = SOF_UNIQUEFILENAME | kCreate | STGM_DELETEONRELEASE;

/// Blocks that the routines below have handed out and not got back.
int g_blocks = 0;
bool g_refuse = false;

SCODE STDAPICALLTYPE count_allocate(ULONG size, LPVOID* out) {
    *out = g_refuse ? nullptr : std::malloc(size);
    if (!*out) return MAPI_E_NOT_ENOUGH_MEMORY;
    ++g_blocks;
    return S_OK;
}
ULONG STDAPICALLTYPE count_free(LPVOID block) {
    if (block) --g_blocks;
    std::free(block);
    return 0;
}

/// As a client frees what a COM interface hands out: with MAPI's allocator where COM has none.
void free_task_memory(void* block) {
#ifdef _WIN32
    CoTaskMemFree(block);
#else
    Subject::the().find<LPMALLOC WINAPI()>("MAPIGetDefaultMalloc")()->Free(block);
#endif
}

LARGE_INTEGER by(std::int64_t distance) {
    LARGE_INTEGER move = {};
    move.QuadPart = distance;
    return move;
}
ULARGE_INTEGER size_of(std::uint64_t size) {
    ULARGE_INTEGER result = {};
    result.QuadPart = size;
    return result;
}

/// Pages: mapi/openstreamonfile.md, mapi/openstreamonfilew.md
class StreamOnFile : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(open_ansi && open_wide) << "export missing";
        g_blocks = 0;
        g_refuse = false;
        folder =
            port::join_path(port::temporary_folder(),
                            REMAPI_W("remapi-sof-") + text::decimal(port::current_process_id()));
        ASSERT_EQ(0, port::create_folders(folder));
        path = port::join_path(folder, REMAPI_W("file.txt"));
    }
    void TearDown() override {
        stream.reset();
        for (const String& name : files()) port::remove_file(port::join_path(folder, name));
        port::remove_folder(folder);
    }

    /// Through the ANSI function; null texts are passed on.
    HRESULT open(ULONG flags, const String* file, const char* prefix = nullptr) {
        std::string narrow = file ? text::to_ansi(*file) : std::string();
        std::string own_prefix = prefix ? prefix : "";
        return open_ansi(count_allocate, count_free, flags,
                         file ? reinterpret_cast<LPTSTR>(narrow.data()) : nullptr,
                         prefix ? reinterpret_cast<LPTSTR>(own_prefix.data()) : nullptr,
                         stream.put());
    }
    HRESULT open(ULONG flags) { return open(flags, &path); }
    std::vector<String> files() const { return port::list_folder(folder); }
    void write_file(const char* content) { ASSERT_EQ(0, port::write_file(path, content)); }
    std::string file_content() const {
        std::string bytes;
        return port::read_file(path, bytes) == 0 ? bytes : "(none)";
    }
    void write(std::string_view content) {
        ULONG written = 0;
        EXPECT_HR(S_OK,
                  stream->Write(content.data(), static_cast<ULONG>(content.size()), &written));
        EXPECT_EQ(content.size(), written);
    }
    std::string whole(IStream& from) {
        char buffer[256];
        ULONG read = 0;
        EXPECT_HR(S_OK, from.Seek(by(0), STREAM_SEEK_SET, nullptr));
        EXPECT_GE(from.Read(buffer, sizeof buffer, &read), 0);
        return std::string(buffer, read);
    }
    std::uint64_t size() {
        STATSTG stat = {};
        EXPECT_HR(S_OK, stream->Stat(&stat, STATFLAG_NONAME));
        return stat.cbSize.QuadPart;
    }

    const Subject& mapi = Subject::the();
    Open* open_ansi = mapi.find<Open>("OpenStreamOnFile");
    OpenWide* open_wide = mapi.find<OpenWide>("OpenStreamOnFileW");
    String folder;
    String path;
    com::Ptr<IStream> stream;
};

TEST_F(StreamOnFile, AnExistingFileIsReadAndNotChanged) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it opens no file that exists already");
    write_file("content");
    ASSERT_HR(S_OK, open(STGM_READ));
    EXPECT_EQ("content", whole(*stream));
    EXPECT_TRUE(FAILED(stream->Write("x", 1, nullptr)));
    EXPECT_TRUE(FAILED(stream->SetSize(size_of(1))));
    stream.reset();
    EXPECT_EQ("content", file_content());
}

TEST_F(StreamOnFile, AnExistingFileIsOpenedForWritingAsItIs) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it opens no file that exists already");
    write_file("content");
    ASSERT_HR(S_OK, open(STGM_READWRITE));
    write("C");
    stream.reset();
    EXPECT_EQ("Content", file_content());
}

TEST_F(StreamOnFile, CreateEmptiesAFileThatExists) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it opens no file that exists already");
    write_file("content");
    ASSERT_HR(S_OK, open(kCreate));
    EXPECT_EQ(0u, size());
    write("new");
    stream.reset();
    EXPECT_EQ("new", file_content());
}

TEST_F(StreamOnFile, AFileThatDoesNotExistIsNotFound) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it answers the code of the file system");
    EXPECT_HR(MAPI_E_NOT_FOUND, open(STGM_READ));
    EXPECT_HR(MAPI_E_NOT_FOUND, open(STGM_READWRITE));
    const String elsewhere =
        port::join_path(port::join_path(folder, REMAPI_W("none")), REMAPI_W("file"));
    EXPECT_HR(MAPI_E_NOT_FOUND, open(kCreate, &elsewhere));
    EXPECT_FALSE(stream);
    EXPECT_TRUE(files().empty());
}

TEST_F(StreamOnFile, AFolderIsNoFile) {
    UNDECIDED_DIFFERENCE(Wine, "it answers the code of the file system");
    EXPECT_HR(MAPI_E_NO_ACCESS, open(STGM_READ, &folder));
    EXPECT_HR(MAPI_E_NO_ACCESS, open(kCreate, &folder));
}

TEST_F(StreamOnFile, TheArgumentsAreChecked) {
    UNDECIDED_DIFFERENCE(Wine, "it checks no argument");
    write_file("content");
    std::string name = text::to_ansi(path);
    const auto file = reinterpret_cast<LPTSTR>(name.data());
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              open_ansi(nullptr, count_free, STGM_READ, file, nullptr, stream.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              open_ansi(count_allocate, nullptr, STGM_READ, file, nullptr, stream.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              open_ansi(count_allocate, count_free, STGM_READ, file, nullptr, nullptr));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, open(0x100));
    EXPECT_FALSE(stream);
    EXPECT_EQ("content", file_content());
}

TEST_F(StreamOnFile, CreateNeedsWriteAccess) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it checks no argument");
    write_file("content");
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open(STGM_CREATE));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open(STGM_CREATE | STGM_DELETEONRELEASE, nullptr));
    EXPECT_EQ("content", file_content());
}

TEST_F(StreamOnFile, AMissingNameNeedsCreateAndDeleteOnRelease) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it takes no missing name");
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open(STGM_READWRITE, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open(kCreate, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open(SOF_UNIQUEFILENAME | kCreate, nullptr));
    for (const ULONG flags : {kTemporary, kCreate | ULONG{STGM_DELETEONRELEASE}}) {
        ASSERT_HR(S_OK, open(flags, nullptr));
        write("x");
        EXPECT_EQ("x", whole(*stream));
    }
}

TEST_F(StreamOnFile, DeleteOnReleaseRemovesTheFileWithTheLastReference) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it does not delete");
    ASSERT_HR(S_OK, open(kCreate | STGM_DELETEONRELEASE));
    com::Ptr<IStream> clone;
    ASSERT_HR(S_OK, stream->Clone(clone.put()));
    stream.reset();
    EXPECT_EQ(1u, files().size());
    clone.reset();
    EXPECT_TRUE(files().empty());
}

TEST_F(StreamOnFile, AUniqueNameIsMadeOfThePrefixAndHexadecimalDigits) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it makes no unique names");
    const ULONG flags = SOF_UNIQUEFILENAME | kCreate;
    for (const char* prefix : {static_cast<const char*>(nullptr), "Ab", ""}) {
        ASSERT_HR(S_OK, open(flags, &folder, prefix));
        stream.reset();
        ASSERT_EQ(1u, files().size()) << "kept: nothing said it should go";
        const std::string name = text::to_utf8(files()[0]);
        const std::string start = prefix ? prefix : "SOF";
        EXPECT_EQ(start, name.substr(0, start.size()));
        EXPECT_EQ(start.size() + 8, name.size()) << name;
        EXPECT_EQ(std::string::npos,
                  name.substr(start.size(), 4).find_first_not_of("0123456789ABCDEF"));
        EXPECT_EQ(".TMP", name.substr(name.size() - 4));
        port::remove_file(port::join_path(folder, files()[0]));
    }
}

TEST_F(StreamOnFile, UniqueNamesDiffer) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it makes no unique names");
    for (int i = 0; i < 20; ++i) ASSERT_HR(S_OK, open(SOF_UNIQUEFILENAME | kCreate, &folder));
    EXPECT_EQ(20u, files().size());
    ASSERT_HR(S_OK, open(kTemporary, &folder));
    EXPECT_EQ(21u, files().size());
    stream.reset();
    EXPECT_EQ(20u, files().size());
}

TEST_F(StreamOnFile, APrefixHasThreeCharactersAtMost) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it makes no unique names");
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open(kTemporary, &folder, "four"));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open(kTemporary, &folder, "../"));
    EXPECT_TRUE(files().empty());
    EXPECT_HR(S_OK, open(kTemporary, &folder, "abc"));
    EXPECT_HR(S_OK, open(kCreate, &path, "not read without a unique name"));
}

TEST_F(StreamOnFile, AFolderForAUniqueNameMustExist) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it makes no unique names");
    const String missing = port::join_path(folder, REMAPI_W("none"));
    EXPECT_HR(MAPI_E_NOT_FOUND, open(kTemporary, &missing));
    EXPECT_FALSE(stream);
}

TEST_F(StreamOnFile, MemoryComesFromTheCallersRoutines) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it allocates by itself");
    write_file("content");
    ASSERT_HR(S_OK, open(STGM_READ));
    EXPECT_GT(g_blocks, 0);
    stream.reset();
    EXPECT_EQ(0, g_blocks);
    g_refuse = true;
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, open(STGM_READ));
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, open(kTemporary, &folder));
    EXPECT_EQ(1u, files().size()) << "a file was left behind";
}

TEST_F(StreamOnFile, TheWideFunctionTakesAnyName) {
    path = port::join_path(folder, REMAPI_W("\u00e4\u4e2d\U0001F4E8.txt"));
    String name = path;
    String prefix = REMAPI_W("abcd");
    ASSERT_HR(S_OK, open_wide(count_allocate, count_free, kCreate, name.data(), prefix.data(),
                              stream.put()));
    write("wide");
    stream.reset();
    EXPECT_EQ("wide", file_content());
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open_wide(count_allocate, count_free, kTemporary,
                                                  folder.data(), prefix.data(), stream.put()));
    prefix = REMAPI_W("\u00e4\u4e2d");
    ASSERT_HR(S_OK, open_wide(count_allocate, count_free, kTemporary, folder.data(), prefix.data(),
                              stream.put()));
    EXPECT_EQ(2u, files().size());
}

TEST_F(StreamOnFile, SeeksFromEachOriginAndBeyondTheEnd) {
    KNOWN_DIFFERENCE(Wine, "objidl/nf-objidl-istream-seek.md",
                     "it answers the codes of the file system");
    ASSERT_HR(S_OK, open(kCreate));
    write("0123456789");
    ULARGE_INTEGER position = {};
    EXPECT_HR(S_OK, stream->Seek(by(-3), STREAM_SEEK_END, &position));
    EXPECT_EQ(7u, position.QuadPart);
    EXPECT_HR(S_OK, stream->Seek(by(-2), STREAM_SEEK_CUR, &position));
    EXPECT_EQ(5u, position.QuadPart);
    EXPECT_HR(STG_E_INVALIDFUNCTION, stream->Seek(by(-6), STREAM_SEEK_CUR, &position));
    EXPECT_HR(STG_E_INVALIDFUNCTION, stream->Seek(by(0), 3, &position));
    EXPECT_HR(S_OK, stream->Seek(by(12), STREAM_SEEK_SET, &position));
    char byte = 0;
    ULONG read = 7;
    EXPECT_GE(stream->Read(&byte, 1, &read), 0);
    EXPECT_EQ(0u, read);
    EXPECT_EQ(10u, size()) << "a seek alone makes nothing longer";
    write("x");
    EXPECT_EQ(std::string("0123456789\0\0x", 13), whole(*stream));
}

TEST_F(StreamOnFile, SizesOfMoreThan32BitsWork) {
    KNOWN_DIFFERENCE(Wine, "objidl/nf-objidl-istream-seek.md",
                     "it loses the high half of positions");
    ASSERT_HR(S_OK, open(kCreate | STGM_DELETEONRELEASE));
    const std::uint64_t beyond = (std::uint64_t{5} << 30) + 3;
    ULARGE_INTEGER position = {};
    EXPECT_HR(S_OK,
              stream->Seek(by(static_cast<std::int64_t>(beyond)), STREAM_SEEK_SET, &position));
    EXPECT_EQ(beyond, position.QuadPart);
    write("end");
    EXPECT_EQ(beyond + 3, size());
    EXPECT_HR(S_OK, stream->Seek(by(-3), STREAM_SEEK_END, nullptr));
    char buffer[4] = {};
    ULONG read = 0;
    EXPECT_GE(stream->Read(buffer, 3, &read), 0);
    EXPECT_STREQ("end", buffer);
    EXPECT_HR(S_OK, stream->SetSize(size_of(0)));
}

TEST_F(StreamOnFile, SetSizeCutsAndAddsZeros) {
    ASSERT_HR(S_OK, open(kCreate));
    write("0123456789");
    EXPECT_HR(S_OK, stream->SetSize(size_of(4)));
    EXPECT_HR(S_OK, stream->SetSize(size_of(6)));
    EXPECT_EQ(std::string("0123\0\0", 6), whole(*stream));
    EXPECT_TRUE(FAILED(stream->SetSize(size_of(~std::uint64_t{0}))));
    EXPECT_EQ(6u, size());
}

TEST_F(StreamOnFile, CopyToStopsAtTheEndAndSaysHowMuch) {
    UNDECIDED_DIFFERENCE(Wine, "it copies to nowhere and succeeds");
    ASSERT_HR(S_OK, open(kCreate));
    write("0123456789");
    com::Ptr<IStream> source = stream;
    path = port::join_path(folder, REMAPI_W("target"));
    ASSERT_HR(S_OK, open(kCreate));
    ULARGE_INTEGER read = {};
    ULARGE_INTEGER written = {};
    EXPECT_HR(S_OK, source->Seek(by(2), STREAM_SEEK_SET, nullptr));
    EXPECT_HR(S_OK, source->CopyTo(stream.get(), size_of(3), &read, &written));
    EXPECT_EQ(3u, read.QuadPart);
    EXPECT_EQ(3u, written.QuadPart);
    EXPECT_HR(S_OK, source->CopyTo(stream.get(), size_of(~std::uint64_t{0}), &read, &written));
    EXPECT_EQ(5u, read.QuadPart);
    EXPECT_EQ("23456789", whole(*stream));
    EXPECT_TRUE(FAILED(source->CopyTo(nullptr, size_of(1), &read, &written)));
}

TEST_F(StreamOnFile, ACopyOntoItsOwnCloneEnds) {
    KNOWN_DIFFERENCE(Wine, "objidl/nf-objidl-istream-clone.md",
                     "streams on files cannot be cloned");
    ASSERT_HR(S_OK, open(kCreate));
    write("0123456789");
    com::Ptr<IStream> clone;
    ASSERT_HR(S_OK, stream->Clone(clone.put()));
    EXPECT_HR(S_OK, stream->Seek(by(0), STREAM_SEEK_SET, nullptr));
    EXPECT_HR(S_OK, stream->CopyTo(clone.get(), size_of(~std::uint64_t{0}), nullptr, nullptr));
    EXPECT_EQ("01234567890123456789", whole(*stream));
}

TEST_F(StreamOnFile, AClonePointsAtTheSameBytesFromAPositionOfItsOwn) {
    KNOWN_DIFFERENCE(Wine, "objidl/nf-objidl-istream-clone.md",
                     "streams on files cannot be cloned");
    ASSERT_HR(S_OK, open(kCreate));
    write("0123456789");
    EXPECT_HR(S_OK, stream->Seek(by(4), STREAM_SEEK_SET, nullptr));
    com::Ptr<IStream> clone;
    ASSERT_HR(S_OK, stream->Clone(clone.put()));
    EXPECT_HR(S_OK, stream->Seek(by(0), STREAM_SEEK_SET, nullptr));
    EXPECT_HR(S_OK, clone->Write("x", 1, nullptr));
    EXPECT_EQ("0123x56789", whole(*stream));
    EXPECT_TRUE(FAILED(stream->Clone(nullptr)));
}

TEST_F(StreamOnFile, StatTellsTypeAccessAndName) {
    KNOWN_DIFFERENCE(Wine, "mapi/openstreamonfile.md", "it opens no file that exists already");
    write_file("content");
    for (const ULONG mode : {ULONG{STGM_READ}, ULONG{STGM_READWRITE}}) {
        ASSERT_HR(S_OK, open(mode));
        STATSTG stat = {};
        ASSERT_HR(S_OK, stream->Stat(&stat, STATFLAG_NONAME));
        EXPECT_EQ(DWORD{STGTY_STREAM}, stat.type);
        EXPECT_EQ(7u, stat.cbSize.QuadPart);
        EXPECT_EQ(mode, stat.grfMode);
        EXPECT_EQ(nullptr, stat.pwcsName);
        ASSERT_HR(S_OK, stream->Stat(&stat, STATFLAG_DEFAULT));
        ASSERT_NE(nullptr, stat.pwcsName);
        EXPECT_EQ(path, String(stat.pwcsName));
        free_task_memory(stat.pwcsName);
        EXPECT_TRUE(FAILED(stream->Stat(nullptr, STATFLAG_NONAME)));
    }
}

TEST_F(StreamOnFile, CommitAndRevertSucceedAndLocksAreNotOffered) {
    UNDECIDED_DIFFERENCE(Wine, "its streams answer Revert or LockRegion otherwise");
    ASSERT_HR(S_OK, open(kCreate));
    write("x");
    EXPECT_HR(S_OK, stream->Commit(STGC_DEFAULT));
    EXPECT_EQ("x", file_content());
    EXPECT_HR(S_OK, stream->Revert());
    EXPECT_EQ("x", whole(*stream)) << "nothing is transacted";
    const HRESULT locked = stream->LockRegion(size_of(0), size_of(1), LOCK_EXCLUSIVE);
    EXPECT_TRUE(locked == STG_E_INVALIDFUNCTION || locked == E_NOTIMPL);
    const HRESULT unlocked = stream->UnlockRegion(size_of(0), size_of(1), LOCK_EXCLUSIVE);
    EXPECT_TRUE(unlocked == STG_E_INVALIDFUNCTION || unlocked == E_NOTIMPL);
}

TEST_F(StreamOnFile, AnswersForItsInterfaces) {
    ASSERT_HR(S_OK, open(kCreate));
    EXPECT_TRUE(com::query<IStream>(stream.get()));
    EXPECT_TRUE(com::query<ISequentialStream>(stream.get()));
    EXPECT_FALSE(com::query<IStorage>(stream.get()));
}

}  // namespace
}  // namespace remapi::test
