// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/routing.h"

#include <gtest/gtest.h>

#include "format/guid.h"

namespace remapi::spi {
namespace {

TEST(Routing, FindsTheProviderOfAnEntryId) {
    Routing routing;
    const MAPIUID uid = format::new_uid();
    const MAPIUID first = format::new_uid();
    const MAPIUID second = format::new_uid();
    const Bytes entry = format::make_entry_id(0, uid, Bytes{1, 2});
    EXPECT_TRUE(routing.find_entry(entry).empty());
    routing.add(uid, ProviderKind::Store, first);
    routing.add(uid, ProviderKind::Store, first);
    routing.add(uid, ProviderKind::AddressBook, second);
    const auto targets = routing.find_entry(entry);
    ASSERT_EQ(2u, targets.size()) << "in order of registration, a repeated pair once";
    EXPECT_TRUE(same_uid(first, targets[0].provider_uid));
    EXPECT_EQ(ProviderKind::AddressBook, targets[1].kind);
    routing.remove(first);
    EXPECT_EQ(1u, routing.find(uid).size());
    EXPECT_TRUE(routing.find_entry(Bytes{1, 2, 3}).empty());
}

}  // namespace
}  // namespace remapi::spi
