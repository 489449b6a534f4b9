// SPDX-License-Identifier: LGPL-2.1-or-later
// How one import of a PE file is replaced at link time. See README.md.
#pragma once

#include <windows.h>

// The assembler's name of a function, and of a jump through the pointer an import library would
// have provided. The only place that knows how the two architectures spell them.
#ifdef __i386__
#define REMAPI_XP_STDCALL(name, argument_bytes) "_" #name "@" #argument_bytes
#define REMAPI_XP_CDECL(name) "_" #name
#define REMAPI_XP_JUMP(pointer) "jmp *" pointer
#else
#define REMAPI_XP_STDCALL(name, argument_bytes) #name
#define REMAPI_XP_CDECL(name) #name
#define REMAPI_XP_JUMP(pointer) "jmp *" pointer "(%rip)"
#endif

/// Defines both symbols of an import: the pointer `slot`, which code compiled with dllimport calls
/// through, and the function of that name, which all other code calls. With both defined the
/// linker has no reason to take the import from its import library.
#define REMAPI_XP_REPLACE(symbol, Function, slot, initial) \
    extern "C" Function* slot __asm__("__imp_" symbol);    \
    constinit Function* slot = initial;                    \
    __asm__(".section .text$" symbol ",\"x\"\n"                                                 \
            "\t.globl " symbol "\n"                                                             \
            "\t.def " symbol "; .scl 2; .type 32; .endef\n" symbol ":\n"                        \
            "\t" REMAPI_XP_JUMP("__imp_" symbol) "\n"                                           \
            "\t.text\n")

namespace remapi::xp {

/// The address of the function `name` in the system module `module`, or null when this Windows
/// does not have it. Never loads a module.
FARPROC find_in_loaded_module(const wchar_t* module, const char* name) noexcept;

/// The same, loading `module` if need be. Not to be called under the loader lock.
FARPROC find_in_module(const wchar_t* module, const char* name) noexcept;

/// As find_in_loaded_module() and find_in_module(), for the function that a replacement replaces:
/// the test build answers that there is none.
FARPROC real_in_loaded_module(const wchar_t* module, const char* name) noexcept;
FARPROC real_in_module(const wchar_t* module, const char* name) noexcept;

/// Gives an address found at run time the type of the function it belongs to.
template <class Function>
Function* as_function(FARPROC address) noexcept {
    return reinterpret_cast<Function*>(reinterpret_cast<void*>(address));
}

/// The function at `address`, or `fallback` when there is none.
template <class Function>
Function* function_or(FARPROC address, Function* fallback) noexcept {
    return address ? as_function<Function>(address) : fallback;
}

/// Directs an import pointer to `target`. Threads may race here: all of them store the same.
template <class Function>
void publish(Function*& slot, Function* target) noexcept {
    __atomic_store_n(&slot, target, __ATOMIC_RELEASE);
}

/// Where the import goes; `choose()` decides it once. A compiler may keep the pointer in a register
/// over a loop, so `first`, the pointer's initial value, is called more often than its name says.
template <class Function, class Choose>
Function* bind(Function*& slot, Function* first, Choose choose) noexcept {
    Function* target = __atomic_load_n(&slot, __ATOMIC_ACQUIRE);
    if (target == first) {
        target = choose();
        publish(slot, target);
    }
    return target;
}

}  // namespace remapi::xp
