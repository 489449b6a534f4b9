// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Compound files of ours read by libgsf, and the reverse.
#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <gsf/gsf-utils.h>
#include <gtest/gtest.h>

#include "format/compound_file.h"
#include "text/text.h"

namespace remapi::format {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GPtr = std::unique_ptr<T, Unref>;

Bytes pattern(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 13 + i / 251);
    return bytes;
}

constexpr std::size_t kSizes[] = {0, 1, 64, 100, 4095, 4096, 4097, 20000, 400000};

class Libgsf : public testing::Test {
protected:
    static void SetUpTestSuite() { gsf_init(); }

    /// Everything below a storage of ours equals what libgsf finds.
    void compare(const CompoundFile& ours, ElementId storage, GsfInfile* theirs) {
        const auto ids = ours.children(storage);
        ASSERT_EQ(static_cast<int>(ids.size()), gsf_infile_num_children(theirs));
        for (const ElementId id : ids) {
            const std::string name = text::to_utf8(ours.entry(id).name);
            const GPtr<GsfInput> child(gsf_infile_child_by_name(theirs, name.c_str()));
            ASSERT_TRUE(child) << name;
            if (ours.entry(id).type == ElementType::Storage) {
                compare(ours, id, GSF_INFILE(child.get()));
            } else {
                compare_stream(ours, id, child.get());
            }
        }
    }
    void compare_stream(const CompoundFile& ours, ElementId id, GsfInput* theirs) {
        const auto size = static_cast<std::size_t>(ours.entry(id).size);
        ASSERT_EQ(static_cast<gsf_off_t>(size), gsf_input_size(theirs));
        Bytes mine(size);
        EXPECT_EQ(size, const_cast<CompoundFile&>(ours).read(id, 0, mine.data(), size));
        if (size == 0) return;
        const guint8* const bytes = gsf_input_read(theirs, size, nullptr);
        ASSERT_TRUE(bytes);
        EXPECT_TRUE(equal_bytes(mine, view_bytes(bytes, size)));
        ++compared;
    }
    GPtr<GsfInfile> open(const Bytes& bytes) {
        const GPtr<GsfInput> input(
            gsf_input_memory_new(bytes.data(), static_cast<gsf_off_t>(bytes.size()), FALSE));
        return GPtr<GsfInfile>(gsf_infile_msole_new(input.get(), nullptr));
    }

    int compared = 0;
};

TEST_F(Libgsf, ReadsWhatWeWrite) {
    for (const auto version : {CompoundVersion::Three, CompoundVersion::Four}) {
        const auto source = std::make_shared<MemorySource>();
        const auto file = CompoundFile::create(source, version);
        ElementId storage = kRootElement;
        for (const std::size_t size : kSizes) {
            for (int i = 0; i < 5; ++i) {
                const String name =
                    REMAPI_W("\u00e4 ") + text::decimal(size) + REMAPI_W("_") + text::decimal(i);
                const ElementId id = file->add(storage, name, ElementType::Stream);
                const Bytes bytes = pattern(size);
                file->write(id, 0, bytes.data(), bytes.size());
            }
            storage = file->add(storage, REMAPI_W("storage"), ElementType::Storage);
        }
        file->remove(*file->find(kRootElement, REMAPI_W("\u00c4 0_3")));
        file->flush();
        const auto infile = open(source->bytes());
        ASSERT_TRUE(infile);
        compared = 0;
        compare(*file, kRootElement, infile.get());
        EXPECT_EQ(40, compared);
    }
}

TEST_F(Libgsf, WritesWhatWeRead) {
    for (const bool large_sectors : {false, true}) {
        const GPtr<GsfOutput> output(gsf_output_memory_new());
        {
            const GPtr<GsfOutfile> outfile(large_sectors
                                               ? gsf_outfile_msole_new_full(output.get(), 4096, 64)
                                               : gsf_outfile_msole_new(output.get()));
            const GPtr<GsfOutput> inner(
                gsf_outfile_new_child(outfile.get(), "inner storage", TRUE));
            for (const std::size_t size : kSizes) {
                const Bytes bytes = pattern(size);
                const std::string name = "stream " + std::to_string(size);
                for (GsfOutfile* parent : {outfile.get(), GSF_OUTFILE(inner.get())}) {
                    const GPtr<GsfOutput> child(gsf_outfile_new_child(parent, name.c_str(), FALSE));
                    ASSERT_TRUE(gsf_output_write(child.get(), bytes.size(), bytes.data()));
                    ASSERT_TRUE(gsf_output_close(child.get()));
                }
            }
            ASSERT_TRUE(gsf_output_close(inner.get()));
            ASSERT_TRUE(gsf_output_close(GSF_OUTPUT(outfile.get())));
        }
        const Bytes bytes =
            to_bytes(view_bytes(gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(output.get())),
                                static_cast<std::size_t>(gsf_output_size(output.get()))));
        const auto source = std::make_shared<MemorySource>(bytes);
        auto file = CompoundFile::open(source);
        const auto inner = file->find(kRootElement, REMAPI_W("INNER STORAGE"));
        ASSERT_TRUE(inner);
        for (const std::size_t size : kSizes) {
            const String name = REMAPI_W("stream ") + text::decimal(size);
            for (const ElementId storage : {kRootElement, *inner}) {
                const auto id = file->find(storage, name);
                ASSERT_TRUE(id) << size;
                Bytes mine(size + 1);
                ASSERT_EQ(size, file->read(*id, 0, mine.data(), mine.size()));
                mine.resize(size);
                EXPECT_EQ(pattern(size), mine);
            }
        }

        // Changed in place by us, it is still a file for libgsf.
        const ElementId id = *file->find(kRootElement, REMAPI_W("STREAM 100"));
        const Bytes longer = pattern(30000);
        file->write(id, 50, longer.data(), longer.size());
        file->remove(*file->find(kRootElement, REMAPI_W("stream 20000")));
        file->flush();
        const auto changed = open(source->bytes());
        ASSERT_TRUE(changed);
        compare(*CompoundFile::open(source), kRootElement, changed.get());
    }
}

}  // namespace
}  // namespace remapi::format
