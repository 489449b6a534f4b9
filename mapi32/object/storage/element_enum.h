// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <vector>

#include "com/ptr.h"

namespace remapi::object {

/// What Stat says of one element, with its name as a string of ours.
struct ElementStat {
    String name;
    STATSTG stat = {};  ///< pwcsName is null

    /// The structure for a caller, who frees the name. Throws Error(STG_E_INSUFFICIENTMEMORY).
    STATSTG for_caller(bool with_name) const;
};

/// Enumerates elements as they were when it was made.
com::Ptr<IEnumSTATSTG> make_element_enum(std::shared_ptr<const std::vector<ElementStat>> elements,
                                         std::size_t position = 0);

}  // namespace remapi::object
