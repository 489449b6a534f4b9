// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/ptr.h"

namespace remapi::localstore {

/// Who is told how far an operation is.
struct Audience {
    IMAPISupport* host = nullptr;
    bool dialog = false;  ///< the caller asked for it: MESSAGE_DIALOG, FOLDER_DIALOG
    ULONG_PTR ui_param = 0;
    IMAPIProgress* progress = nullptr;  ///< null: the host's
};

/// The steps of a long operation, told to a progress object. One thread.
/// Page: mapi/how-to-display-a-progress-indicator.md
class Steps {
public:
    explicit Steps(const Audience& audience);

    /// How many steps there are in all.
    void expect(std::size_t total);
    /// So many more are done. Throws Error(MAPI_E_USER_CANCEL) when the person wants no more.
    void done(std::size_t count);

private:
    void tell();

    com::Ptr<IMAPIProgress> m_progress;  ///< null: nobody is told
    ULONG m_low = 1;
    ULONG m_high = 1000;
    bool m_top_level = true;
    std::size_t m_total = 0;
    std::size_t m_done = 0;
};

}  // namespace remapi::localstore
