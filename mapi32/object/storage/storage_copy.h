// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/storage/storage_core.h"

namespace remapi::object {

/// What IStorage::CopyTo leaves out.
struct CopyExclusions {
    bool storages = false;
    bool streams = false;
    std::vector<String> names;  ///< of the outermost storage's elements, case ignored
};

/// Copies elements, class and state bits of `storage` to anybody's storage: streams take the place
/// of elements of their name, storages are merged. What is open is copied as it is now. Throws
/// Error with what the target answers.
/// Page: IStorage::CopyTo
void copy_storage(StorageCore& core, const ElementRef& storage, IStorage* target,
                  const CopyExclusions& exclusions);

/// Copies one element into `target`, which must not have one of that name.
void copy_element(StorageCore& core, ElementId element, IStorage* target, const WCHAR* name);

}  // namespace remapi::object
