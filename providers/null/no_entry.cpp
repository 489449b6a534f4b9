// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A module without any of the entry points that a host looks for.

/// Nothing calls it: a module must export something.
extern "C" int RemapiNothing() {
    return 0;
}
