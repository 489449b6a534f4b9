// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <memory>
#include <vector>

#include "port/mutex.h"
#include "providers/localstore/model/identity.h"

namespace remapi::localstore {

/// Something that was committed to a store, for tables and for whoever has advised.
struct Change {
    ULONG event = fnevObjectModified;  ///< fnevObjectCreated, Deleted, Modified, Moved, Copied
    ObjectId object;
    std::int64_t parent = 0;      ///< the folder it lies in now, or lay in when deleted
    std::int64_t old_parent = 0;  ///< moved: where it came from
    std::int64_t old_row = 0;     ///< copied: of what
    bool associated = false;      ///< an associated message
    bool restorable = false;      ///< deleted: it can be restored; moved: it was deleted before
    bool queue = false;           ///< the outgoing queue has another row, state or order
    /// Not 0: only in what this search folder has found did the message come, go or change; an
    /// event about the folder itself says that all of it may be different.
    std::int64_t search = 0;
};

/// Hears of changes made in this process. Called without a lock held, on the thread that made them.
class ChangeListener {
public:
    virtual void on_change(const Change& change) = 0;

protected:
    ~ChangeListener() = default;
};

/// The listeners of one store. Any thread.
class ChangeHub {
public:
    void join(std::weak_ptr<ChangeListener> listener);
    void tell(const Change& change);

private:
    port::Mutex m_mutex;
    std::vector<std::weak_ptr<ChangeListener>> m_listeners;
};

}  // namespace remapi::localstore
