// SPDX-License-Identifier: LGPL-2.1-or-later
//
// GCC has no __try. What a compiler that has it generates is written here by hand: a frame that the
// system finds when it looks for somebody to handle an exception, innermost frame first. (A
// vectored handler would not do: it comes first, so that code which probes a pointer and expects
// the fault, as IsBadReadPtr does, would be cut off.)
#include "port/foreign_call.h"

#include <windows.h>

namespace remapi::port {
namespace {

/// Another compiler's C++ exception.
constexpr DWORD kForeignCppException = 0xE06D7363;

bool is_fault(DWORD code) noexcept {
    switch (code) {
        case EXCEPTION_ACCESS_VIOLATION:
        case EXCEPTION_IN_PAGE_ERROR:
        case EXCEPTION_DATATYPE_MISALIGNMENT:
        case EXCEPTION_ARRAY_BOUNDS_EXCEEDED:
        case EXCEPTION_ILLEGAL_INSTRUCTION:
        case EXCEPTION_PRIV_INSTRUCTION:
        case EXCEPTION_INT_DIVIDE_BY_ZERO:
        case EXCEPTION_INT_OVERFLOW:
        case EXCEPTION_FLT_DIVIDE_BY_ZERO:
        case EXCEPTION_FLT_INVALID_OPERATION:
        case EXCEPTION_FLT_OVERFLOW:
        case EXCEPTION_FLT_STACK_CHECK:
        case kForeignCppException:
            return true;
        default:
            return false;  // breakpoints, stack overflow, thread names ...: not ours to take
    }
}

void describe(const EXCEPTION_RECORD& record, Fault& fault) noexcept {
    fault.code = record.ExceptionCode;
    fault.instruction = reinterpret_cast<std::uintptr_t>(record.ExceptionAddress);
    if (record.ExceptionCode == EXCEPTION_ACCESS_VIOLATION && record.NumberParameters >= 2) {
        fault.address = static_cast<std::uintptr_t>(record.ExceptionInformation[1]);
    }
}

bool unwinding(const EXCEPTION_RECORD& record) noexcept {
    constexpr DWORD kUnwinding = 0x2;
    constexpr DWORD kExitUnwind = 0x4;
    return (record.ExceptionFlags & (kUnwinding | kExitUnwind)) != 0;
}

}  // namespace
}  // namespace remapi::port

// Answers 0 when `body` came back, 1 when it faulted.
extern "C" int remapi_call_in_frame(void (*body)(void*), void* context, remapi::port::Fault* fault);

#ifdef __x86_64__

// The frame keeps `fault` at its establisher (rbp - 8 = frame + 40 seen from rsp).
extern "C" void remapi_call_in_frame_landed();
extern "C" [[gnu::used]] EXCEPTION_DISPOSITION remapi_frame_handler(
    EXCEPTION_RECORD* record, void* frame, CONTEXT* /*context*/, DISPATCHER_CONTEXT* dispatcher) {
    using namespace remapi::port;
    if (unwinding(*record) || !is_fault(record->ExceptionCode)) return ExceptionContinueSearch;
    // The establisher frame is rbp, because the prologue declares it as the frame register.
    describe(*record, *reinterpret_cast<Fault**>(frame)[-1]);
    RtlUnwindEx(frame, reinterpret_cast<void*>(&remapi_call_in_frame_landed), record,
                reinterpret_cast<void*>(static_cast<std::uintptr_t>(1)), dispatcher->ContextRecord,
                dispatcher->HistoryTable);
    return ExceptionContinueSearch;  // only when the unwinding itself failed
}

asm(R"(
    .text
    .p2align 4
    .globl remapi_call_in_frame
    .def remapi_call_in_frame; .scl 2; .type 32; .endef
    .seh_proc remapi_call_in_frame
remapi_call_in_frame:
    pushq %rbp
    .seh_pushreg %rbp
    movq %rsp, %rbp
    .seh_setframe %rbp, 0
    subq $48, %rsp
    .seh_stackalloc 48
    .seh_endprologue
    .seh_handler remapi_frame_handler, @except
    movq %r8, -8(%rbp)
    movq %rcx, %rax
    movq %rdx, %rcx
    call *%rax
    xorl %eax, %eax
    .globl remapi_call_in_frame_landed
remapi_call_in_frame_landed:
    leaq 0(%rbp), %rsp
    popq %rbp
    ret
    .seh_endproc
)");

#else

// On the stack of remapi_call_in_frame, linked into the thread's list of handlers at fs:[0].
struct RemapiFrame {
    RemapiFrame* previous;
    void* handler;
    remapi::port::Fault* fault;
};

// Runs the handlers further in, as __finally blocks expect, and lets the thread go on at the
// landing.
extern "C" void remapi_call_in_frame_landed();
extern "C"
    [[gnu::used]] EXCEPTION_DISPOSITION __cdecl remapi_frame_handler(EXCEPTION_RECORD* record,
                                                                     void* frame, CONTEXT* context,
                                                                     void* /*dispatcher*/) {
    using namespace remapi::port;
    if (unwinding(*record) || !is_fault(record->ExceptionCode)) return ExceptionContinueSearch;
    describe(*record, *static_cast<RemapiFrame*>(frame)->fault);
    // RtlUnwind keeps no register but the stack's; the compiler must not rely on any across it.
    asm volatile(
        "pushl %%ebx\n\t"
        "pushl %%esi\n\t"
        "pushl %%edi\n\t"
        "pushl %%ebp\n\t"
        "pushl $0\n\t"
        "pushl %1\n\t"
        "pushl $1f\n\t"
        "pushl %0\n\t"
        "call _RtlUnwind@16\n"
        "1:\n\t"
        "popl %%ebp\n\t"
        "popl %%edi\n\t"
        "popl %%esi\n\t"
        "popl %%ebx"
        :
        : "r"(frame), "r"(record)
        : "eax", "ecx", "edx", "memory", "cc");
    // The frame lies at the bottom of what remapi_call_in_frame pushed.
    context->Esp = reinterpret_cast<DWORD>(frame);
    context->Eip = reinterpret_cast<DWORD>(&remapi_call_in_frame_landed);
    context->Eax = 1;
    return ExceptionContinueExecution;
}

asm(R"(
    .text
    .p2align 4
    .globl _remapi_call_in_frame
_remapi_call_in_frame:
    pushl %ebp
    movl %esp, %ebp
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl 16(%ebp)
    pushl $_remapi_frame_handler
    pushl %fs:0
    movl %esp, %fs:0
    pushl 12(%ebp)
    movl 8(%ebp), %eax
    call *%eax
    addl $4, %esp
    xorl %eax, %eax
    .globl _remapi_call_in_frame_landed
_remapi_call_in_frame_landed:
    popl %fs:0
    addl $8, %esp
    popl %edi
    popl %esi
    popl %ebx
    popl %ebp
    ret
)");

#endif

namespace remapi::port {

bool call_foreign(void (*body)(void*), void* context, Fault& fault) noexcept {
    return remapi_call_in_frame(body, context, &fault) == 0;
}

}  // namespace remapi::port
