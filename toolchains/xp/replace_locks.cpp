// SPDX-License-Identifier: LGPL-2.1-or-later
// kernel32: slim reader/writer locks and condition variables.
//
// All of them are replaced or none: Vista has most of these functions but not the TryAcquire ones,
// and a lock is one word whose meaning only its own family knows.
#include "condition_variable.h"
#include "import.h"
#include "srw_lock.h"

namespace {

using remapi::xp::HeldLock;
using remapi::xp::Word;

constexpr ULONG kLockModeShared = 1;

// X(result, name, bytes of arguments, parameters, arguments)
#define REMAPI_XP_LOCK_FUNCTIONS(X)                                          \
    X(void, InitializeSRWLock, 4, (Word * lock), (lock))                     \
    X(void, AcquireSRWLockExclusive, 4, (Word * lock), (lock))               \
    X(void, AcquireSRWLockShared, 4, (Word * lock), (lock))                  \
    X(BOOLEAN, TryAcquireSRWLockExclusive, 4, (Word * lock), (lock))         \
    X(BOOLEAN, TryAcquireSRWLockShared, 4, (Word * lock), (lock))            \
    X(void, ReleaseSRWLockExclusive, 4, (Word * lock), (lock))               \
    X(void, ReleaseSRWLockShared, 4, (Word * lock), (lock))                  \
    X(void, InitializeConditionVariable, 4, (Word * condition), (condition)) \
    X(BOOL, SleepConditionVariableSRW, 16,                                   \
      (Word * condition, Word * lock, DWORD timeout_ms, ULONG flags),        \
      (condition, lock, timeout_ms, flags))                                  \
    X(BOOL, SleepConditionVariableCS, 12,                                    \
      (Word * condition, CRITICAL_SECTION * section, DWORD timeout_ms),      \
      (condition, section, timeout_ms))                                      \
    X(void, WakeConditionVariable, 4, (Word * condition), (condition))       \
    X(void, WakeAllConditionVariable, 4, (Word * condition), (condition))

/// The functions' own versions, for a Windows without them.
namespace fallback {

void release_exclusive(void* lock) noexcept {
    remapi::xp::release(static_cast<Word*>(lock), true);
}

void acquire_exclusive(void* lock) noexcept {
    remapi::xp::acquire(static_cast<Word*>(lock), true);
}

void release_shared(void* lock) noexcept {
    remapi::xp::release(static_cast<Word*>(lock), false);
}

void acquire_shared(void* lock) noexcept {
    remapi::xp::acquire(static_cast<Word*>(lock), false);
}

void leave_section(void* section) noexcept {
    LeaveCriticalSection(static_cast<CRITICAL_SECTION*>(section));
}

void enter_section(void* section) noexcept {
    EnterCriticalSection(static_cast<CRITICAL_SECTION*>(section));
}

BOOL sleep_or_time_out(Word* condition, const HeldLock& held, DWORD timeout_ms) noexcept {
    if (remapi::xp::sleep_on(condition, held, timeout_ms)) return TRUE;
    SetLastError(ERROR_TIMEOUT);
    return FALSE;
}

void WINAPI InitializeSRWLock(Word* lock) {
    remapi::xp::store(lock, 0);
}

void WINAPI AcquireSRWLockExclusive(Word* lock) {
    remapi::xp::acquire(lock, true);
}

void WINAPI AcquireSRWLockShared(Word* lock) {
    remapi::xp::acquire(lock, false);
}

BOOLEAN WINAPI TryAcquireSRWLockExclusive(Word* lock) {
    return remapi::xp::try_acquire(lock, true);
}

BOOLEAN WINAPI TryAcquireSRWLockShared(Word* lock) {
    return remapi::xp::try_acquire(lock, false);
}

void WINAPI ReleaseSRWLockExclusive(Word* lock) {
    remapi::xp::release(lock, true);
}

void WINAPI ReleaseSRWLockShared(Word* lock) {
    remapi::xp::release(lock, false);
}

void WINAPI InitializeConditionVariable(Word* condition) {
    remapi::xp::store(condition, 0);
}

BOOL WINAPI SleepConditionVariableSRW(Word* condition, Word* lock, DWORD timeout_ms, ULONG flags) {
    if (flags & ~kLockModeShared) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    const HeldLock held = (flags & kLockModeShared)
                              ? HeldLock{release_shared, acquire_shared, lock}
                              : HeldLock{release_exclusive, acquire_exclusive, lock};
    return sleep_or_time_out(condition, held, timeout_ms);
}

BOOL WINAPI SleepConditionVariableCS(Word* condition, CRITICAL_SECTION* section, DWORD timeout_ms) {
    return sleep_or_time_out(condition, HeldLock{leave_section, enter_section, section},
                             timeout_ms);
}

void WINAPI WakeConditionVariable(Word* condition) {
    remapi::xp::wake_one(condition);
}

void WINAPI WakeAllConditionVariable(Word* condition) {
    remapi::xp::wake_all(condition);
}

}  // namespace fallback

// What each import points to until its first call.
#define REMAPI_XP_DECLARE(Result, Name, bytes, parameters, arguments) \
    Result WINAPI first_##Name parameters;
REMAPI_XP_LOCK_FUNCTIONS(REMAPI_XP_DECLARE)

}  // namespace

#define REMAPI_XP_DEFINE(Result, Name, bytes, parameters, arguments)                         \
    REMAPI_XP_REPLACE(REMAPI_XP_STDCALL(Name, bytes), decltype(first_##Name), import_##Name, \
                      first_##Name);
REMAPI_XP_LOCK_FUNCTIONS(REMAPI_XP_DEFINE)

namespace {

constinit bool resolved = false;

// Called through first_*, which callers that keep an import's pointer in a register call often.
void resolve() noexcept {
    if (__atomic_load_n(&resolved, __ATOMIC_ACQUIRE)) return;
    bool complete = true;
#define REMAPI_XP_FIND(Result, Name, bytes, parameters, arguments)           \
    auto* target_##Name = remapi::xp::as_function<decltype(fallback::Name)>( \
        remapi::xp::real_in_loaded_module(L"kernel32.dll", #Name));          \
    complete = complete && target_##Name;
    REMAPI_XP_LOCK_FUNCTIONS(REMAPI_XP_FIND)

#define REMAPI_XP_PUBLISH(Result, Name, bytes, parameters, arguments) \
    remapi::xp::publish(import_##Name, complete ? target_##Name : fallback::Name);
    REMAPI_XP_LOCK_FUNCTIONS(REMAPI_XP_PUBLISH)
    __atomic_store_n(&resolved, true, __ATOMIC_RELEASE);
}

#define REMAPI_XP_FIRST(Result, Name, bytes, parameters, arguments) \
    Result WINAPI first_##Name parameters {                         \
        resolve();                                                  \
        return import_##Name arguments;                             \
    }
REMAPI_XP_LOCK_FUNCTIONS(REMAPI_XP_FIRST)

}  // namespace
