// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Sending by a profile of which a provider's module cannot be loaded.
#include "compat-tests/conformance/simple_mapi_fixture.h"

namespace remapi::test {
namespace {

class MissingModule : public SimpleMapi {
protected:
    ULONG send_with(std::vector<const char*> services) {
        const ScopedProfile profile(std::move(services));
        MapiRecipDescW recipient = to(nullptr, REMAPI_W("alice@example.org"));
        MapiMessageW message = message_to(&recipient, 1);
        const ULONG result = send(message);
        if (result == SUCCESS_SUCCESS) {
            const MapiUse use(mapi);
            Mailbox mailbox(mapi);
            EXPECT_EQ(1u, mailbox.outbox().size());
            mailbox.empty(REMAPI_W("Drafts"));
        }
        return result;
    }
};

TEST_F(MissingModule, WithoutTheStoreNothingCanBeSent) {
    EXPECT_EQ(ULONG{MAPI_E_FAILURE}, send_with({"GONEMS", "RMIN"}));
}

TEST_F(MissingModule, AnotherAddressBookOrTransportIsNotNeeded) {
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_with({"RMLS", "RMIN", "GONEAB"}));
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_with({"RMLS", "RMIN", "GONEXP"}));
}

}  // namespace
}  // namespace remapi::test
