// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/copy_engine.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "object/props/bag_object.h"
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

TEST(CopyProperties, MayNameSubObjectsOnly) {
    const auto source = source_message();
    const auto target = com::make<FakeMessage>();
    const object::TagArray included{PR_MESSAGE_RECIPIENTS};
    copy_properties(source.get(), *included.get(), target.get(), {}, nullptr);
    ASSERT_EQ(1u, target->recipients.size());
    EXPECT_EQ(REMAPI_W("Alice"), target->recipients[0].text(PR_DISPLAY_NAME_W));
    EXPECT_EQ(0u, target->values().size());
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

/// An object whose names have ids from a number of its own on.
class NamedBag final : public object::BagObject<NamedBag, IMAPIProp> {
public:
    using Interfaces = com::Answers<IMAPIProp>;
    NamedBag(ULONG first, const Bytes& signature) : m_first(first) {
        store({PR_MAPPING_SIGNATURE, signature});
    }
    std::vector<ULONG> ids_from_names(std::span<const object::PropName> names,
                                      bool create) override {
        std::vector<ULONG> ids;
        for (const object::PropName& name : names) {
            auto found = std::find(m_names.begin(), m_names.end(), name);
            if (found == m_names.end() && create) {
                m_names.push_back(name);
                found = m_names.end() - 1;
            }
            ids.push_back(
                found == m_names.end() ? 0 : m_first + static_cast<ULONG>(found - m_names.begin()));
        }
        return ids;
    }
    std::vector<std::optional<object::PropName>> names_from_ids(
        std::span<const ULONG> ids) override {
        std::vector<std::optional<object::PropName>> names;
        for (const ULONG id : ids) {
            const std::size_t at = id - m_first;
            names.push_back(at < m_names.size() ? std::optional(m_names[at]) : std::nullopt);
        }
        return names;
    }
    const PropertyBag& values() const { return m_bag; }

private:
    friend class com::Object<NamedBag, IMAPIProp>;
    ~NamedBag() = default;
    const ULONG m_first;
    std::vector<object::PropName> m_names;
};

const object::PropName kColour{PS_PUBLIC_STRINGS, std::nullopt, REMAPI_W("Colour")};
const object::PropName kShape{PS_PUBLIC_STRINGS, 7, {}};

TEST(CopyObject, NamedPropertiesKeepTheirNamesBetweenStores) {
    const auto source = com::make<NamedBag>(0x8000, Bytes(16, 1));
    const auto target = com::make<NamedBag>(0x9000, Bytes(16, 2));
    target->ids_from_names({&kShape, 1}, true);  // the names come in another order there
    source->ids_from_names({&kColour, 1}, true);
    source->ids_from_names({&kShape, 1}, true);
    source->store({PROP_TAG(PT_UNICODE, 0x8000), REMAPI_W("blue")});
    source->store({PROP_TAG(PT_LONG, 0x8001), 3});
    source->store({PROP_TAG(PT_LONG, 0x8005), 9});  // without a name
    SPropProblemArray* problems = nullptr;
    copy_object(source.get(), {}, nullptr, target.get(), {}, &problems);
    EXPECT_EQ(REMAPI_W("blue"), target->values().text(PROP_TAG(PT_UNICODE, 0x9001)));
    EXPECT_EQ(3, target->values().number(PROP_TAG(PT_LONG, 0x9000)));
    EXPECT_EQ(3u, target->values().size());
    ASSERT_NE(nullptr, problems);
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(PROP_TAG(PT_LONG, 0x8005), problems->aProblem[0].ulPropTag);
    memory::routines().free(problems);
}

TEST(CopyObject, ObjectsOfOneMappingKeepTheIds) {
    const auto source = com::make<NamedBag>(0x8000, Bytes(16, 1));
    const auto target = com::make<NamedBag>(0x9000, Bytes(16, 1));
    source->ids_from_names({&kColour, 1}, true);
    source->store({PROP_TAG(PT_UNICODE, 0x8000), REMAPI_W("blue")});
    copy_object(source.get(), {}, nullptr, target.get(), {}, nullptr);
    EXPECT_EQ(REMAPI_W("blue"), target->values().text(PROP_TAG(PT_UNICODE, 0x8000)));
}

TEST(CopyProperties, ACollisionOfNamesIsFoundUnderAnotherId) {
    const auto source = com::make<NamedBag>(0x8000, Bytes(16, 1));
    const auto target = com::make<NamedBag>(0x9000, Bytes(16, 2));
    target->ids_from_names({&kColour, 1}, true);
    target->store({PROP_TAG(PT_UNICODE, 0x9000), REMAPI_W("mine")});
    source->ids_from_names({&kColour, 1}, true);
    source->store({PROP_TAG(PT_UNICODE, 0x8000), REMAPI_W("blue")});
    const object::TagArray included{PROP_TAG(PT_UNICODE, 0x8000)};
    CopyOptions options;
    options.keep_existing = true;
    EXPECT_THROW(copy_properties(source.get(), *included.get(), target.get(), options, nullptr),
                 Error);
    EXPECT_EQ(REMAPI_W("mine"), target->values().text(PROP_TAG(PT_UNICODE, 0x9000)));
}

}  // namespace
}  // namespace remapi::spi
