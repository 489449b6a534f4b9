// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/change.h"

#include <algorithm>

namespace remapi::localstore {

void ChangeHub::join(std::weak_ptr<ChangeListener> listener) {
    const port::Lock lock(m_mutex);
    const auto gone = [](const std::weak_ptr<ChangeListener>& old) { return old.expired(); };
    m_listeners.erase(std::remove_if(m_listeners.begin(), m_listeners.end(), gone),
                      m_listeners.end());
    m_listeners.push_back(std::move(listener));
}

void ChangeHub::tell(const Change& change) {
    std::vector<std::shared_ptr<ChangeListener>> alive;
    {
        const port::Lock lock(m_mutex);
        for (const auto& listener : m_listeners) {
            if (auto strong = listener.lock()) alive.push_back(std::move(strong));
        }
    }
    for (const auto& listener : alive) listener->on_change(change);
}

}  // namespace remapi::localstore
