// SPDX-License-Identifier: LGPL-2.1-or-later
//
// An advise sink that keeps what it is told about objects and tables.
#pragma once

#include "com/object.h"
#include "format/bytes.h"
#include "port/mutex.h"

namespace remapi::test {

struct Heard {
    ULONG event = 0;
    ULONG object_type = 0;
    Bytes id = {}, parent = {}, old_id = {}, old_parent = {};
    ULONG table_event = 0;
};

/// Any thread may call it.
class EventSink final : public com::Object<EventSink, IMAPIAdviseSink> {
public:
    using Interfaces = com::Answers<IMAPIAdviseSink>;

    STDMETHODIMP_(ULONG) OnNotify(ULONG count, LPNOTIFICATION events) noexcept override {
        const port::Lock lock(m_mutex);
        for (ULONG i = 0; i < count; ++i) m_heard.push_back(heard(events[i]));
        return S_OK;
    }
    /// Everything so far, and forgets it.
    std::vector<Heard> take() {
        const port::Lock lock(m_mutex);
        return std::exchange(m_heard, {});
    }

private:
    friend class com::Object<EventSink, IMAPIAdviseSink>;
    ~EventSink() = default;

    static Bytes bytes(ULONG size, const ENTRYID* id) { return to_bytes(view_bytes(id, size)); }
    static Heard heard(const NOTIFICATION& event) {
        Heard one{.event = event.ulEventType};
        if (event.ulEventType == fnevTableModified) {
            one.table_event = event.info.tab.ulTableEvent;
        } else if (event.ulEventType == fnevNewMail) {
            const NEWMAIL_NOTIFICATION& mail = event.info.newmail;
            one.id = bytes(mail.cbEntryID, mail.lpEntryID);
            one.parent = bytes(mail.cbParentID, mail.lpParentID);
        } else {
            const OBJECT_NOTIFICATION& object = event.info.obj;
            one.object_type = object.ulObjType;
            one.id = bytes(object.cbEntryID, object.lpEntryID);
            one.parent = bytes(object.cbParentID, object.lpParentID);
            one.old_id = bytes(object.cbOldID, object.lpOldID);
            one.old_parent = bytes(object.cbOldParentID, object.lpOldParentID);
        }
        return one;
    }

    port::Mutex m_mutex;
    std::vector<Heard> m_heard;  ///< guarded by m_mutex
};

}  // namespace remapi::test
