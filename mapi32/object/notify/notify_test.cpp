// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "object/notify/callback_sink.h"
#include "object/notify/subscriptions.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"

namespace remapi::object {
namespace {

using Events = std::vector<ULONG>;

com::Ptr<CallbackSink> recorder(Events& events) {
    return com::make<CallbackSink>([&events](const NOTIFICATION* notifications, ULONG count) {
        for (ULONG i = 0; i < count; ++i) events.push_back(notifications[i].ulEventType);
    });
}

ObjectEvent event_of(ULONG type, Bytes id, Bytes parent = {}) {
    ObjectEvent event;
    event.type = type;
    event.entry_id = std::move(id);
    event.parent_id = std::move(parent);
    return event;
}

TEST(Subscriptions, MaskAndEntryIdSelectTheSinks) {
    Subscriptions subscriptions;
    Events all, one, parent;
    const Bytes id = {1, 2};
    subscriptions.add(fnevObjectCreated | fnevObjectDeleted, recorder(all).get());
    subscriptions.add(fnevObjectModified | fnevObjectCreated, recorder(one).get(), id);
    subscriptions.add(fnevObjectCreated, recorder(parent).get(), Bytes{9});
    subscriptions.deliver(event_of(fnevObjectCreated, {1, 2}, {9}));
    subscriptions.deliver(event_of(fnevObjectModified, {1, 2}));
    subscriptions.deliver(event_of(fnevObjectModified, {3}));
    subscriptions.deliver(event_of(fnevObjectDeleted, {3}));
    EXPECT_EQ((Events{fnevObjectCreated, fnevObjectDeleted}), all);
    EXPECT_EQ((Events{fnevObjectCreated, fnevObjectModified}), one);
    EXPECT_EQ((Events{fnevObjectCreated}), parent);
}

TEST(Subscriptions, RemovedConnectionsHearNothing) {
    Subscriptions subscriptions;
    Events events;
    const ULONG connection = subscriptions.add(fnevNewMail, recorder(events).get());
    EXPECT_NE(0u, connection);
    EXPECT_TRUE(subscriptions.wanted(fnevNewMail));
    EXPECT_FALSE(subscriptions.wanted(fnevObjectCreated));
    EXPECT_TRUE(subscriptions.remove(connection));
    EXPECT_FALSE(subscriptions.remove(connection));
    EXPECT_FALSE(subscriptions.wanted(fnevNewMail));
    subscriptions.deliver(event_of(fnevNewMail, {1}));
    EXPECT_TRUE(events.empty());
}

TEST(Subscriptions, ASinkMayUnadviseItself) {
    Subscriptions subscriptions;
    ULONG connection = 0;
    int calls = 0;
    const auto sink = com::make<CallbackSink>([&](const NOTIFICATION*, ULONG) {
        ++calls;
        EXPECT_TRUE(subscriptions.remove(connection));
    });
    connection = subscriptions.add(fnevObjectCreated, sink.get());
    subscriptions.deliver(event_of(fnevObjectCreated, {1}));
    subscriptions.deliver(event_of(fnevObjectCreated, {1}));
    EXPECT_EQ(1, calls);
}

TEST(Subscriptions, SinksAreReleased) {
    const long before = com::live_objects();
    {
        Subscriptions subscriptions;
        Events events;
        const ULONG connection = subscriptions.add(fnevNewMail, recorder(events).get());
        subscriptions.add(fnevNewMail, recorder(events).get());
        EXPECT_EQ(before + 2, com::live_objects());
        subscriptions.remove(connection);
        EXPECT_EQ(before + 1, com::live_objects());
        subscriptions.clear();
        EXPECT_EQ(before, com::live_objects());
    }
}

TEST(Subscriptions, TheOwnerDecidesWhatIsTheSameEntry) {
    Subscriptions subscriptions(
        [](BytesView left, BytesView right) { return left[0] == right[0]; });
    Events events;
    subscriptions.add(fnevObjectModified, recorder(events).get(), Bytes{7, 1});
    subscriptions.deliver(event_of(fnevObjectModified, {7, 2}));
    subscriptions.deliver(event_of(fnevObjectModified, {8, 1}));
    EXPECT_EQ(1u, events.size());
}

TEST(Notifications, ObjectEventsCarryTheirIdsAndTags) {
    ObjectEvent event = event_of(fnevObjectMoved, {1}, {2, 2});
    event.object_type = MAPI_FOLDER;
    event.old_id = {3, 3, 3};
    event.old_parent_id = {4, 4, 4, 4};
    event.tags = {PR_SUBJECT_W, PR_BODY_W};
    const Buffer<NOTIFICATION> block = pack(event);
    const OBJECT_NOTIFICATION& object = block->info.obj;
    EXPECT_EQ(static_cast<ULONG>(MAPI_FOLDER), object.ulObjType);
    EXPECT_EQ(3u, object.cbOldID);
    ASSERT_NE(nullptr, object.lpPropTagArray);
    EXPECT_EQ(PR_BODY_W, view_tags(object.lpPropTagArray)[1]);
    EXPECT_EQ(4u, subjects_of(block[0]).size());
    EXPECT_EQ(4u, subjects_of(block[0])[3].size());
}

TEST(Notifications, NewMailIsInUnicode) {
    ObjectEvent event = event_of(fnevNewMail, {1}, {2});
    event.message_class = REMAPI_W("IPM.Note");
    event.message_flags = MSGFLAG_UNMODIFIED;
    const Buffer<NOTIFICATION> block = pack(event);
    const NEWMAIL_NOTIFICATION& mail = block->info.newmail;
    EXPECT_EQ(MAPI_UNICODE, mail.ulFlags);
    EXPECT_EQ(String(REMAPI_W("IPM.Note")), reinterpret_cast<const WCHAR*>(mail.lpszMessageClass));
    EXPECT_EQ(MSGFLAG_UNMODIFIED, mail.ulMessageFlags);
}

TEST(Notifications, CopiesAreDeep) {
    const std::size_t before = memory::live_buffers();
    Buffer<NOTIFICATION> copy;
    {
        auto original = Buffer<NOTIFICATION>::allocate(3);
        const ObjectEvent event = event_of(fnevObjectCreated, {1, 2, 3, 4});
        const Buffer<NOTIFICATION> object = pack(event);
        ObjectEvent mail_event = event_of(fnevNewMail, {5});
        mail_event.message_class = REMAPI_W("IPM.Note");
        const Buffer<NOTIFICATION> mail = pack(mail_event);
        std::memcpy(&original[0], object.get(), sizeof(NOTIFICATION));
        std::memcpy(&original[1], mail.get(), sizeof(NOTIFICATION));
        original[2].ulEventType = fnevTableModified;
        TABLE_NOTIFICATION& table = original[2].info.tab;
        table.ulTableEvent = TABLE_ROW_ADDED;
        const PropValue index(PR_INSTANCE_KEY, Bytes{7, 7});
        const std::vector<PropValue> row = {PropValue(PR_DISPLAY_NAME_W, REMAPI_W("row")),
                                            PropValue(PR_DISPLAY_NAME_A, REMAPI_W("row"))};
        pack_into(&table.propIndex, {&index, 1}, original.get());
        table.propPrior.ulPropTag = PR_NULL;
        table.row.cValues = 2;
        table.row.lpProps = original.link<SPropValue>(2);
        pack_into(table.row.lpProps, row, original.get());
        copy = copy_notifications({original.get(), 3});
    }
    EXPECT_EQ(before + 1, memory::live_buffers());
    EXPECT_EQ(4u, subjects_of(copy[0])[0].size());
    EXPECT_EQ(String(REMAPI_W("IPM.Note")),
              reinterpret_cast<const WCHAR*>(copy[1].info.newmail.lpszMessageClass));
    const TABLE_NOTIFICATION& table = copy[2].info.tab;
    EXPECT_EQ(7, table.propIndex.Value.bin.lpb[1]);
    EXPECT_EQ(PR_NULL, table.propPrior.ulPropTag);
    EXPECT_EQ(String(REMAPI_W("row")), table.row.lpProps[0].Value.lpszW);
    EXPECT_STREQ("row", table.row.lpProps[1].Value.lpszA);
}

TEST(Notifications, OtherKindsAreCopiedToo) {
    auto original = Buffer<NOTIFICATION>::allocate(3);
    original[0].ulEventType = fnevExtended;
    BYTE parameters[] = {1, 2, 3};
    original[0].info.ext.cb = 3;
    original[0].info.ext.pbEventParameters = parameters;
    original[1].ulEventType = fnevCriticalError;
    char text[] = "disk full";
    MAPIERROR error = {};
    error.lpszError = reinterpret_cast<LPTSTR>(text);
    original[1].info.err.lpMAPIError = &error;
    original[2].ulEventType = fnevStatusObjectModified;
    const PropValue value(PR_STATUS_CODE, 1);
    Buffer<SPropValue> values = pack(value);
    original[2].info.statobj.cValues = 1;
    original[2].info.statobj.lpPropVals = values.get();

    const Buffer<NOTIFICATION> copy = copy_notifications({original.get(), 3});
    parameters[1] = text[0] = 'X';
    values[0].Value.l = 9;
    EXPECT_EQ(2, copy[0].info.ext.pbEventParameters[1]);
    EXPECT_STREQ("disk full",
                 reinterpret_cast<const char*>(copy[1].info.err.lpMAPIError->lpszError));
    EXPECT_EQ(1, copy[2].info.statobj.lpPropVals[0].Value.l);

    original[0].ulEventType = 0x12345678;
    EXPECT_THROW(copy_notifications({original.get(), 1}), Error);
}

}  // namespace
}  // namespace remapi::object
