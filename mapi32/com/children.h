// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <algorithm>
#include <vector>

#include "com/ptr.h"
#include "port/mutex.h"

namespace remapi::com {

/// A parent's weak list of its open children: a child holds its parent by Ptr, joins in its
/// constructor and leaves in its destructor. Any thread may call it.
template <class Child>
class Children {
public:
    void join(Child* child) {
        const port::Lock lock(m_mutex);
        m_children.push_back(child);
    }
    void leave(Child* child) noexcept {
        const port::Lock lock(m_mutex);
        m_children.erase(std::remove(m_children.begin(), m_children.end(), child),
                         m_children.end());
    }
    /// The children alive now, each with a reference, so that they can be called without the lock.
    std::vector<Ptr<Child>> snapshot() {
        std::vector<Ptr<Child>> alive;
        const port::Lock lock(m_mutex);
        alive.reserve(m_children.size());
        for (Child* child : m_children) {
            if (child->try_add_ref()) alive.push_back(Ptr<Child>::attach(child));
        }
        return alive;
    }

private:
    port::Mutex m_mutex;
    std::vector<Child*> m_children;
};

}  // namespace remapi::com
