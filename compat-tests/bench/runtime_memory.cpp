// SPDX-License-Identifier: LGPL-2.1-or-later
#include <array>

#include "abi/mapi.h"
#include "runtime_calls.h"

namespace remapi::bench {
namespace {

struct Memory {
    explicit Memory(const Library& library)
        : allocate(library.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer")),
          more(library.find<MAPIALLOCATEMORE>("MAPIAllocateMore")),
          free(library.find<MAPIFREEBUFFER>("MAPIFreeBuffer")) {
        void* block = nullptr;
        void* linked = nullptr;
        require(allocate(64, &block) == S_OK && block, "MAPIAllocateBuffer");
        require(more(64, block, &linked) == S_OK && linked, "MAPIAllocateMore");
        require(free(block) == 0, "MAPIFreeBuffer");
    }

    /// A block of 64 bytes with so many blocks of 32 bytes linked to it.
    void tree(std::size_t links) const {
        void* block = nullptr;
        allocate(64, &block);
        for (std::size_t i = 0; i < links; ++i) {
            void* linked = nullptr;
            more(32, block, &linked);
        }
        free(block);
    }

    /// 2,000 blocks alive at a time, freed in the order in which they were made.
    void many() const {
        std::array<void*, 2000> blocks = {};
        for (void*& block : blocks) allocate(320, &block);
        for (void* block : blocks) free(block);
    }

    MAPIALLOCATEBUFFER* allocate;
    MAPIALLOCATEMORE* more;
    MAPIFREEBUFFER* free;
};

WorkloadMaker tree_maker(const char* name, std::size_t links) {
    return {name, [links](const Library& library) -> std::function<void(std::size_t)> {
                const Memory memory(library);
                return [memory, links](std::size_t times) {
                    for (std::size_t i = 0; i < times; ++i) memory.tree(links);
                };
            }};
}

}  // namespace

std::vector<WorkloadMaker> memory_workloads() {
    std::vector<WorkloadMaker> makers = {tree_maker("buffer", 0), tree_maker("buffer+10", 10),
                                         tree_maker("buffer+1000", 1000)};
    makers.push_back(
        {"2000 buffers", [](const Library& library) -> std::function<void(std::size_t)> {
             const Memory memory(library);
             return [memory](std::size_t times) {
                 for (std::size_t i = 0; i < times; ++i) memory.many();
             };
         }});
    return makers;
}

}  // namespace remapi::bench
