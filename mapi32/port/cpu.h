// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the processor can do beyond what this build requires of it.
#pragma once

#if defined(__i386__) || defined(__x86_64__)
#define REMAPI_X86 1
#else
#define REMAPI_X86 0
#endif

/// Marks a function that makes use of 16-byte registers.
#if REMAPI_X86 && !defined(__SSE2__)
// With the other functions' arithmetic, or they could not become part of it.
#define REMAPI_WIDE_REGISTERS [[gnu::target("sse2,fpmath=387")]]
#else
#define REMAPI_WIDE_REGISTERS
#endif

namespace remapi::port {

/// What code may make use of: what every processor of the target has, or registers of 16 bytes.
enum class Registers { Any, Wide };
#ifdef __SSE2__
inline constexpr Registers kRegisters = Registers::Wide;  ///< of any code
#else
inline constexpr Registers kRegisters = Registers::Any;
#endif
/// Of functions that are marked REMAPI_WIDE_REGISTERS. Where it is better than kRegisters, they
/// ask has_wide_registers() before they are called.
inline constexpr Registers kBestRegisters = REMAPI_X86 ? Registers::Wide : Registers::Any;

/// Whether code that was compiled for 16-byte registers may run. Only the 32-bit PE build has such
/// code in a few files and runs on processors without them.
bool has_wide_registers() noexcept;

}  // namespace remapi::port
