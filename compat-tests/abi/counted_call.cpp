// SPDX-License-Identifier: LGPL-2.1-or-later
#include "counted_call.h"

#include <stdexcept>

namespace remapi::test {

namespace {
constexpr std::size_t kMostWords = 16;
}

#if defined(__i386__)

CountedResult counted_call(void* function, const std::vector<std::uintptr_t>& words) {
    if (words.size() > kMostWords) throw std::invalid_argument("too many words");
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    long popped = 0;
    struct Frame {
        void* function;
        const std::uintptr_t* first;
        std::size_t count;
        std::size_t padding_bytes;  // keeps the stack aligned to 16 bytes at the call
    } frame = {function, words.data(), words.size(), (16 - words.size() * 4 % 16) % 16};
    // EBX keeps the stack pointer, EDI its value at the call; both survive the callee.
    asm volatile(
        "movl %%esp, %%ebx\n\t"
        "andl $-16, %%esp\n\t"
        "subl 12(%%esi), %%esp\n\t"
        "movl 8(%%esi), %%ecx\n\t"
        "movl 4(%%esi), %%edx\n"
        "1:\n\t"
        "testl %%ecx, %%ecx\n\t"
        "jz 2f\n\t"
        "decl %%ecx\n\t"
        "pushl (%%edx,%%ecx,4)\n\t"
        "jmp 1b\n"
        "2:\n\t"
        "movl %%esp, %%edi\n\t"
        "call *(%%esi)\n\t"
        "movl %%esp, %%ecx\n\t"
        "subl %%edi, %%ecx\n\t"
        "movl %%ebx, %%esp\n\t"
        : "=a"(low), "=d"(high), "=c"(popped)
        : "S"(&frame)
        : "ebx", "edi", "memory", "cc");
    return {static_cast<std::uint64_t>(high) << 32 | low, popped};
}

#else

CountedResult counted_call(void* function, const std::vector<std::uintptr_t>& words) {
    using Word = std::uintptr_t;
    using Widest = std::uint64_t (*)(Word, Word, Word, Word, Word, Word, Word, Word, Word, Word,
                                     Word, Word, Word, Word, Word, Word);
    if (words.size() > kMostWords) throw std::invalid_argument("too many words");
    // The caller cleans up in both 64-bit conventions, so words beyond the parameters do no harm.
    Word w[kMostWords] = {};
    for (std::size_t i = 0; i < words.size(); ++i) w[i] = words[i];
    const auto call = reinterpret_cast<Widest>(function);
    return {call(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12],
                 w[13], w[14], w[15]),
            0};
}

#endif

}  // namespace remapi::test
