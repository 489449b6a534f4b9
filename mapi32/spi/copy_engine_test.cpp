// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/copy_engine.h"

#include <gtest/gtest.h>

#include "object/props/tag_array.h"
#include "spi/testing/fake_message.h"

namespace remapi::spi {
namespace {

using testing::FakeMessage;

com::Ptr<FakeMessage> source_message() {
    return com::make<FakeMessage>(
        PropertyBag{{PR_SUBJECT_W, REMAPI_W("Hello")},
                    {PR_BODY_W, REMAPI_W("Body")},
                    {PR_ENTRYID, Bytes{1, 2, 3, 4}}},
        std::vector<PropertyBag>{
            PropertyBag{{PR_RECIPIENT_TYPE, MAPI_TO}, {PR_DISPLAY_NAME_W, REMAPI_W("Alice")}}});
}

TEST(CopyObject, CopiesPropertiesAndRecipientsButNoIdentity) {
    const auto source = source_message();
    const auto target = com::make<FakeMessage>();
    SPropProblemArray* problems = nullptr;
    copy_object(source.get(), {}, nullptr, target.get(), {}, &problems);
    EXPECT_EQ(nullptr, problems);
    EXPECT_EQ(REMAPI_W("Hello"), target->values().text(PR_SUBJECT_W));
    EXPECT_EQ(nullptr, target->values().find(PR_ENTRYID));
    ASSERT_EQ(1u, target->recipients.size());
    EXPECT_EQ(REMAPI_W("Alice"), target->recipients[0].text(PR_DISPLAY_NAME_W));
}

TEST(CopyObject, LeavesOutWhatIsExcludedWhateverItsType) {
    const auto source = source_message();
    const auto target = com::make<FakeMessage>();
    const object::TagArray excluded{PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_W)),
                                    PR_MESSAGE_RECIPIENTS};
    copy_object(source.get(), {}, excluded.get(), target.get(), {}, nullptr);
    EXPECT_EQ(nullptr, target->values().find(PR_SUBJECT_W));
    EXPECT_EQ(REMAPI_W("Body"), target->values().text(PR_BODY_W));
    EXPECT_TRUE(target->recipients.empty());
}

TEST(CopyObject, KeepsWhatTheTargetHasWhenToldTo) {
    const auto source = source_message();
    const auto target = com::make<FakeMessage>(PropertyBag{{PR_SUBJECT_W, REMAPI_W("Mine")}});
    CopyOptions options;
    options.keep_existing = true;
    copy_object(source.get(), {}, nullptr, target.get(), options, nullptr);
    EXPECT_EQ(REMAPI_W("Mine"), target->values().text(PR_SUBJECT_W));
    EXPECT_EQ(REMAPI_W("Body"), target->values().text(PR_BODY_W));
}

TEST(CopyProperties, CopiesTheNamedOnesOnlyAndMoves) {
    const auto source = source_message();
    const auto target = com::make<FakeMessage>();
    const object::TagArray included{PR_BODY_W};
    CopyOptions options;
    options.move = true;
    copy_properties(source.get(), *included.get(), target.get(), options, nullptr);
    EXPECT_EQ(1u, target->values().size());
    EXPECT_EQ(nullptr, source->values().find(PR_BODY_W));
    EXPECT_NE(nullptr, source->values().find(PR_SUBJECT_W));
    EXPECT_TRUE(target->recipients.empty());
}

TEST(CopyProperties, RefusesACollision) {
    const auto source = source_message();
    const auto target = com::make<FakeMessage>(PropertyBag{{PR_BODY_W, REMAPI_W("Mine")}});
    const object::TagArray included{PR_BODY_W};
    CopyOptions options;
    options.keep_existing = true;
    EXPECT_THROW(copy_properties(source.get(), *included.get(), target.get(), options, nullptr),
                 Error);
    EXPECT_EQ(REMAPI_W("Mine"), target->values().text(PR_BODY_W));
}

}  // namespace
}  // namespace remapi::spi
