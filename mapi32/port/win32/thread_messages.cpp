// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The window is message-only: one that is not would keep every program that broadcasts a message
// waiting whenever its thread does not run a message loop. The end of the session, which such a
// window is not told of, is asked for instead.
#include "port/thread_messages.h"

#include <windows.h>

#include <limits>

#include "port/module.h"

namespace remapi::port {
namespace {

constexpr wchar_t kClassName[] = L"ReMAPI notifications";
// The name that the page gives it (mapi/forcing-a-notification.md): szMAPINotificationMsg.
constexpr wchar_t kMessageName[] = L"MAPI Notify window message";
constexpr UINT kCloseMessage = WM_APP;
constexpr int kHandlerSlot = 0;
constexpr int kContextSlot = sizeof(LONG_PTR);

UINT wake_message() noexcept {
    return RegisterWindowMessageW(kMessageName);
}

LRESULT CALLBACK window_procedure(HWND window, UINT message, WPARAM word, LPARAM data) noexcept {
    if (message == kCloseMessage) {
        DestroyWindow(window);
        return 0;
    }
    if (message >= 0xC000 && message == wake_message()) {
        const auto handler =
            reinterpret_cast<ThreadWindow::Handler>(GetWindowLongPtrW(window, kHandlerSlot));
        const auto context = static_cast<std::uintptr_t>(GetWindowLongPtrW(window, kContextSlot));
        if (handler) handler(context);
        return 0;
    }
    return DefWindowProcW(window, message, word, data);
}

HINSTANCE own_instance() noexcept {
    HMODULE module = nullptr;
    const DWORD flags =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    GetModuleHandleExW(flags, reinterpret_cast<LPCWSTR>(&window_procedure), &module);
    return module;
}

bool register_class(HINSTANCE instance) noexcept {
    WNDCLASSEXW window_class = {};
    window_class.cbSize = sizeof window_class;
    window_class.lpfnWndProc = window_procedure;
    window_class.cbWndExtra = 2 * sizeof(LONG_PTR);
    window_class.hInstance = instance;
    window_class.lpszClassName = kClassName;
    return RegisterClassExW(&window_class) != 0 || GetLastError() == ERROR_CLASS_ALREADY_EXISTS;
}

HWND handle_of(void* window) noexcept {
    return static_cast<HWND>(window);
}

bool session_ends() noexcept {
    return GetSystemMetrics(SM_SHUTTINGDOWN) != 0;
}

}  // namespace

bool ThreadWindow::open(Handler handler, std::uintptr_t context) noexcept {
    pin_own_module();  // a message may be dispatched after our caller has unloaded us
    const HINSTANCE instance = own_instance();
    if (!register_class(instance)) return false;
    const HWND window = CreateWindowExW(0, kClassName, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr,
                                        instance, nullptr);
    if (!window) return false;
    SetWindowLongPtrW(window, kContextSlot, static_cast<LONG_PTR>(context));
    SetWindowLongPtrW(window, kHandlerSlot, reinterpret_cast<LONG_PTR>(handler));
    m_thread = GetCurrentThreadId();
    m_window = window;
    return true;
}

void ThreadWindow::close() noexcept {
    const bool there = alive();
    const HWND window = handle_of(m_window.exchange(nullptr));
    if (!there) return;
    if (m_thread == GetCurrentThreadId()) {
        DestroyWindow(window);
    } else {
        PostMessageW(window, kCloseMessage, 0, 0);
    }
}

bool ThreadWindow::alive() const noexcept {
    return m_window && GetWindowThreadProcessId(handle_of(m_window), nullptr) == m_thread;
}

bool ThreadWindow::wake() noexcept {
    if (!m_window) return false;
    // A full queue is not the end: what is in it wakes the thread as well.
    return PostMessageW(handle_of(m_window), wake_message(), 0, 0) || alive();
}

Pumped ThreadWindow::pump() noexcept {
    MSG message = {};
    // WM_QUIT comes whatever the window and the range asked for.
    while (PeekMessageW(&message, handle_of(m_window), 0, 0, PM_REMOVE)) {
        if (message.message == WM_QUIT) {
            PostQuitMessage(static_cast<int>(message.wParam));
            return Pumped::AskedToEnd;
        }
        // The caller does now what a wake-up stands for.
        if (message.message != wake_message()) DispatchMessageW(&message);
    }
    return session_ends() ? Pumped::AskedToEnd : Pumped::All;
}

bool ThreadWindow::wait(std::uint32_t milliseconds) noexcept {
    const DWORD answer =
        MsgWaitForMultipleObjectsEx(0, nullptr, milliseconds, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    return answer == WAIT_OBJECT_0;
}

bool has_message_loops() noexcept {
    return true;
}

void run_message_loop(std::uint32_t milliseconds) noexcept {
    MsgWaitForMultipleObjectsEx(0, nullptr, milliseconds, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    MSG message = {};
    while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
        if (message.message == WM_QUIT) {
            PostQuitMessage(static_cast<int>(message.wParam));
            return;
        }
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
}

bool asked_to_end() noexcept {
    MSG message = {};
    return PeekMessageW(&message, nullptr, WM_QUIT, WM_QUIT, PM_NOREMOVE) || session_ends();
}

bool user_input_waits() noexcept {
    return HIWORD(GetQueueStatus(QS_INPUT | QS_PAINT)) != 0;
}

std::uint64_t milliseconds_without_input() noexcept {
    LASTINPUTINFO last = {sizeof last, 0};
    if (!GetLastInputInfo(&last)) return std::numeric_limits<std::uint64_t>::max();
    return GetTickCount() - last.dwTime;  // both are 32 bits wide and wrap alike
}

void use_idle_priority() noexcept {
    SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_IDLE);
}

}  // namespace remapi::port
