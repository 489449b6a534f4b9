// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How one thread gets another to do something while that one waits for its user. On PE a hidden
// message-only window, whose procedure runs when its thread dispatches messages; natively a flag
// that the thread waits for or looks at.
#pragma once

#include <atomic>
#include <cstdint>

#include "port/mutex.h"

namespace remapi::port {

/// What came of taking the waiting messages: all of them, or the thread is asked to end (WM_QUIT,
/// which stays in the queue; the end of the Windows session).
enum class Pumped : std::uint8_t { All, AskedToEnd };

/// The hidden window of the thread that opened it. It outlives neither that thread nor `close`.
class ThreadWindow {
public:
    using Handler = void (*)(std::uintptr_t context);

    ThreadWindow() = default;
    ~ThreadWindow() { close(); }
    ThreadWindow(const ThreadWindow&) = delete;
    ThreadWindow& operator=(const ThreadWindow&) = delete;

    /// Opens it for the calling thread. On PE `handler` is called, there, each time that thread
    /// dispatches what `wake` posted; natively never. False when the system has no window to give.
    bool open(Handler handler, std::uintptr_t context) noexcept;
    /// Closes it, from any thread; a handler that runs goes on.
    void close() noexcept;
    /// Whether its thread still runs. Any thread.
    bool alive() const noexcept;
    /// Makes its thread dispatch soon. Any thread. False when the thread has ended.
    bool wake() noexcept;

    /// Takes the window's waiting messages without calling its handler. Only on its thread.
    Pumped pump() noexcept;
    /// Waits until somebody wakes the thread, or for any of its messages. False when the time
    /// passed without. Only on its thread.
    bool wait(std::uint32_t milliseconds) noexcept;

private:
    std::atomic<void*> m_window = nullptr;  ///< PE: the window
    std::atomic<std::uint64_t> m_thread = 0;
    Mutex m_mutex;  ///< natively: guards m_woken
    Condition m_changed;
    bool m_woken = false;
};

/// Whether threads have message loops, as on PE. Natively what `wake` stands for is found only by
/// asking.
bool has_message_loops() noexcept;

/// Dispatches every message that waits for the calling thread, after waiting for one for at most
/// `milliseconds`: what the message loop of a client does. Natively it only rests as long.
void run_message_loop(std::uint32_t milliseconds) noexcept;

/// Whether the calling thread is asked to end, of which nothing is taken from its queue: WM_QUIT
/// waits, or the Windows session ends. Natively never.
bool asked_to_end() noexcept;

/// Whether the user did something that the calling thread has not looked at yet (keys, the mouse, a
/// window to paint). Natively never.
bool user_input_waits() noexcept;
/// Milliseconds since the user last did something in this session; natively, where nobody can tell,
/// the greatest number there is.
std::uint64_t milliseconds_without_input() noexcept;

/// Gives the calling thread whatever time no other thread wants.
void use_idle_priority() noexcept;

}  // namespace remapi::port
