// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file_claims.h"

namespace remapi::format {

std::optional<Chain> Claims::claim(std::uint32_t first) {
    Chain chain;
    for (std::uint32_t unit = first; unit != kEndOfChain; unit = m_space.next(unit)) {
        if (unit >= m_taken.size() || m_taken[unit]) {
            for (const std::uint32_t mine : chain) m_taken[mine] = false;
            return std::nullopt;
        }
        m_taken[unit] = true;
        chain.push_back(unit);
    }
    return chain;
}

}  // namespace remapi::format
