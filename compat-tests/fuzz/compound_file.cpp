// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;
using format::CompoundFile;
using format::ElementId;
using format::ElementType;

namespace {

/// More than any file of its size can hold: sectors belong to one stream only.
std::uint64_t read_everything(CompoundFile& file, remapi::Bytes& buffer) {
    std::uint64_t total = 0;
    std::vector<ElementId> waiting = {format::kRootElement};
    while (!waiting.empty()) {
        const ElementId storage = waiting.back();
        waiting.pop_back();
        for (const ElementId id : file.children(storage)) {
            if (file.entry(id).type == ElementType::Storage) {
                waiting.push_back(id);
                continue;
            }
            try {
                std::uint64_t offset = 0;
                while (const auto got = file.read(id, offset, buffer.data(), buffer.size())) {
                    offset += got;
                }
                require(offset == file.entry(id).size, "a stream has as many bytes as it says");
                total += offset;
            } catch (const remapi::Error& error) {
                require(error.code() == STG_E_DOCFILECORRUPT, "a broken stream is said to be so");
            }
        }
    }
    return total;
}

/// Changes that the input asks for, at elements of the root.
void change(CompoundFile& file, remapi::fuzz::Input input) {
    for (int i = 0; i < 8 && !input.empty(); ++i) {
        const auto children = file.children(format::kRootElement);
        const std::uint8_t what = input.u8() % 6;
        const auto which = static_cast<std::size_t>(input.number(2));
        const auto size = static_cast<std::size_t>(input.number(2));
        try {
            if (what == 0 || children.empty()) {
                file.add(format::kRootElement, remapi::String(1 + size % 31, 'a' + which % 26),
                         which % 3 == 0 ? ElementType::Storage : ElementType::Stream);
                continue;
            }
            const ElementId id = children[which % children.size()];
            const bool stream = file.entry(id).type == ElementType::Stream;
            if (what == 1) file.remove(id);
            if (what == 2) file.rename(id, remapi::String(1 + size % 31, 'A' + which % 26));
            if (what == 3 && stream) file.resize(id, size);
            if (what >= 4 && stream) file.write(id, size, "some bytes", 10);
        } catch (const remapi::Error&) {
            // Taken names, broken streams and files that are full are refused.
        }
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The last bytes say what to change.
    const std::size_t script = std::min<std::size_t>(size / 2, 40);
    const remapi::BytesView bytes = remapi::view_bytes(data, size - script);
    const auto source = std::make_shared<format::MemorySource>(remapi::to_bytes(bytes));
    std::unique_ptr<CompoundFile> file;
    try {
        file = CompoundFile::open(source);
    } catch (const remapi::Error&) {
        return 0;
    }
    remapi::Bytes buffer(8192);
    // The last sector may be cut short.
    require(read_everything(*file, buffer) <= size + 4096, "streams do not share sectors");
    change(*file, remapi::fuzz::Input(data + size - script, script));
    const std::uint64_t before = read_everything(*file, buffer);
    file->flush();
    const auto again = CompoundFile::open(std::make_shared<format::MemorySource>(source->bytes()));
    require(read_everything(*again, buffer) == before, "what was changed is a complete file");
    return 0;
}
