// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/call_state.h"

#if defined(__i386__) || defined(__x86_64__)
#define REMAPI_HAS_X87 1
#include <cpuid.h>

#include <atomic>
#else
#define REMAPI_HAS_X87 0
#endif

namespace remapi::port {
namespace {

#if REMAPI_HAS_X87
constexpr std::uint16_t kMaskedControlWord = 0x037F;
constexpr std::uint32_t kMaskedMxcsr = 0x1F80;
constexpr std::uint16_t kExceptionFlags = 0x003F;
/// The summary bits that the processor derives from flags and masks.
constexpr std::uint16_t kStackFaultAndFlags = 0x007F;

/// What fnstenv stores and fldenv loads.
struct Environment {
    std::uint16_t control_word, reserved_1;
    std::uint16_t status_word, reserved_2;
    std::uint32_t rest[5];
};
static_assert(sizeof(Environment) == 28);

#ifdef __i386__
/// Windows XP runs on processors without SSE, where stmxcsr is an invalid instruction.
bool has_sse() noexcept {
    enum : int { Unknown, Absent, Present };
    static constinit std::atomic<int> known = Unknown;
    int state = known.load(std::memory_order_relaxed);
    if (state == Unknown) {
        unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
        const bool told = __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0;
        state = told && (edx & bit_SSE) ? Present : Absent;
        known.store(state, std::memory_order_relaxed);
    }
    return state == Present;
}
#else
constexpr bool has_sse() noexcept {
    return true;
}
#endif

void mask_exceptions() noexcept {
    // An exception that is pending already would be raised by fldcw.
    asm volatile("fnclex\n\tfldcw %0" : : "m"(kMaskedControlWord));
    if (has_sse()) asm volatile("ldmxcsr %0" : : "m"(kMaskedMxcsr));
}

/// Flags that were raised inside must go before their masks do: they would become an exception of
/// the caller's at its next floating-point instruction.
void restore_x87(std::uint16_t control_word, std::uint16_t status_word) noexcept {
    asm volatile("fnclex");
    if ((status_word & kExceptionFlags) == 0) {
        asm volatile("fldcw %0" : : "m"(control_word));
        return;
    }
    Environment environment;
    asm volatile("fnstenv %0" : "=m"(environment));
    environment.control_word = control_word;
    environment.status_word =
        static_cast<std::uint16_t>(environment.status_word & ~kStackFaultAndFlags);
    environment.status_word |= status_word & kStackFaultAndFlags;
    asm volatile("fldenv %0" : : "m"(environment));
}
#endif

}  // namespace

CallState::CallState() noexcept {
#if REMAPI_HAS_X87
    asm volatile("fnstcw %0" : "=m"(m_floating_point.control_word));
    asm volatile("fnstsw %0" : "=m"(m_floating_point.status_word));
    if (has_sse()) asm volatile("stmxcsr %0" : "=m"(m_floating_point.mxcsr));
    mask_exceptions();
#endif
    save_folder();
}

CallState::~CallState() {
    restore_folder();
#if REMAPI_HAS_X87
    restore_x87(m_floating_point.control_word, m_floating_point.status_word);
    if (has_sse()) asm volatile("ldmxcsr %0" : : "m"(m_floating_point.mxcsr));
#endif
}

}  // namespace remapi::port
