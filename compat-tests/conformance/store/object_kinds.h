// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Tests of what every kind of object of a store does alike.
#pragma once

#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {

enum class Kind { Store, Folder, Message, Attachment };

inline std::string kind_name(const testing::TestParamInfo<Kind>& info) {
    static constexpr const char* kNames[] = {"Store", "Folder", "Message", "Attachment"};
    return kNames[static_cast<int>(info.param)];
}

/// One object of the kind that the test is about, open for writing.
class ObjectKindTest : public StoreTest, public testing::WithParamInterface<Kind> {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        message = saved_message(folder.get(), REMAPI_W("s"));
        add_attachment(message.get(), REMAPI_W("a"), "a");
        save(message.get());
        object = opened(MAPI_MODIFY);
    }
    void TearDown() override {
        // The store outlives the test.
        for (const ULONG tag : used) {
            if (GetParam() == Kind::Store) remove(object.get(), tag);
        }
        object.reset();
        message.reset();
        StoreTest::TearDown();
    }
    com::Ptr<IMAPIProp> opened(ULONG flags) {
        switch (GetParam()) {
            case Kind::Store:
                return com::query<IMAPIProp>(store());
            case Kind::Folder:
                return open<IMAPIProp>(store(), id_of(folder.get()), flags);
            case Kind::Message:
                return open<IMAPIProp>(store(), id_of(message.get()), flags);
            case Kind::Attachment:
                break;
        }
        owner = reopen(message.get(), flags);
        const auto rows = rows_of(attachments(owner.get()).get());
        const auto number = static_cast<ULONG>(rows.at(0).number(PR_ATTACH_NUM));
        com::Ptr<IMAPIProp> attachment;
        check(owner->OpenAttach(number, &IID_IMAPIProp, flags, attachment.put_as<IAttach>()),
              "IMessage::OpenAttach");
        return attachment;
    }
    /// Sets one that goes with the test.
    HRESULT put(const PropValue& value) {
        used.push_back(value.tag());
        return set(object.get(), value);
    }

    com::Ptr<IMessage> message;
    com::Ptr<IMessage> owner;  ///< of the attachment
    com::Ptr<IMAPIProp> object;
    std::vector<ULONG> used;
};

}  // namespace remapi::test
