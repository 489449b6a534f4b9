// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <span>
#include <vector>

#include "abi/mapi.h"

namespace remapi::spi {

/// The tags by which `target` knows the properties that `source` knows by `tags`: named ones have
/// another id where PR_MAPPING_SIGNATURE differs, and are made where they are new. 0 for a property
/// whose name one of the two cannot say. Page: mapi/pidtagmappingsignature-canonical-property.md
std::vector<ULONG> tags_in_target(IMAPIProp* source, std::span<const ULONG> tags,
                                  IMAPIProp* target);

}  // namespace remapi::spi
