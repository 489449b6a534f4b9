// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

using Count = SCODE WINAPI(int, LPNOTIFICATION, ULONG*);
using Copy = SCODE WINAPI(int, LPNOTIFICATION, LPVOID, ULONG*);
using Relocate = SCODE WINAPI(int, LPNOTIFICATION, LPVOID, LPVOID, ULONG*);

/// Bytes aligned as MAPIAllocateBuffer's are.
class Block {
public:
    explicit Block(std::size_t bytes) : m_words(bytes / sizeof(std::uint64_t) + 2, 0) {}
    BYTE* bytes() { return reinterpret_cast<BYTE*>(m_words.data()); }
    NOTIFICATION* events() { return reinterpret_cast<NOTIFICATION*>(m_words.data()); }

private:
    std::vector<std::uint64_t> m_words;
};

/// Pages: mapi/sccountnotifications.md, mapi/sccopynotifications.md, mapi/screlocnotifications.md,
/// mapi/notification.md
class NotificationBlock : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(count && copy && relocate) << "export missing"; }

    NOTIFICATION object_event(ULONG type) {
        NOTIFICATION event = {};
        event.ulEventType = type;
        event.info.obj.ulObjType = MAPI_MESSAGE;
        event.info.obj.cbEntryID = sizeof m_id;
        event.info.obj.lpEntryID = reinterpret_cast<ENTRYID*>(m_id);
        event.info.obj.cbParentID = 3;
        event.info.obj.lpParentID = reinterpret_cast<ENTRYID*>(m_parent_id);
        return event;
    }
    NOTIFICATION row_event() {
        m_row[0].ulPropTag = PR_DISPLAY_NAME_W;
        m_row[0].Value.lpszW = m_name;
        m_row[1].ulPropTag = PROP_TAG(PT_MV_STRING8, 0x6601);
        m_row[1].Value.MVszA = {2, m_texts};
        NOTIFICATION event = {};
        event.ulEventType = fnevTableModified;
        event.info.tab.ulTableEvent = TABLE_ROW_ADDED;
        event.info.tab.propIndex.ulPropTag = PR_INSTANCE_KEY;
        event.info.tab.propIndex.Value.bin = {sizeof m_id, m_id};
        event.info.tab.propPrior.ulPropTag = PR_NULL;
        event.info.tab.row = {0, 2, m_row};
        return event;
    }

    /// Copies `event`, then spoils what it pointed to; the copy stays in `m_block`.
    NOTIFICATION& copied(NOTIFICATION event) {
        EXPECT_HR(S_OK, count(1, &event, &m_size));
        m_block = Block(m_size);
        ULONG written = 0;
        EXPECT_HR(S_OK, copy(1, &event, m_block.bytes(), &written));
        EXPECT_EQ(m_size, written);
        std::memset(m_id, 0, sizeof m_id);
        std::memset(m_parent_id, 0, sizeof m_parent_id);
        m_name[0] = m_text[0] = 'X';
        return m_block.events()[0];
    }
    bool in_block(const void* pointer) {
        const auto* const at = static_cast<const BYTE*>(pointer);
        return at >= m_block.bytes() && at < m_block.bytes() + m_size;
    }

    const Subject& mapi = Subject::the();
    Count* count = mapi.find<Count>("ScCountNotifications");
    Copy* copy = mapi.find<Copy>("ScCopyNotifications");
    Relocate* relocate = mapi.find<Relocate>("ScRelocNotifications");

    BYTE m_id[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    BYTE m_parent_id[3] = {9, 9, 9};
    WCHAR m_name[5] = {'n', 'a', 'm', 'e', 0};
    char m_text[5] = "text";
    LPSTR m_texts[2] = {m_text, m_text};
    SPropValue m_row[2] = {};
    ULONG m_size = 0;
    Block m_block{0};
};

TEST_F(NotificationBlock, IsAsLargeAsTheArrayWhenNothingIsPointedTo) {
    NOTIFICATION events[3] = {};
    for (NOTIFICATION& event : events) event.ulEventType = fnevTableModified;
    ULONG size = 0;
    EXPECT_HR(S_OK, count(3, events, &size));
    EXPECT_EQ(sizeof events, size);
}

TEST_F(NotificationBlock, CountingWithoutASizeOnlyValidates) {
    NOTIFICATION event = object_event(fnevObjectCreated);
    EXPECT_HR(S_OK, count(1, &event, nullptr));
    event.ulEventType = 0x12345678;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, &event, nullptr));
}

TEST_F(NotificationBlock, OfEveryObjectEventHoldsIdsAndTags) {
    for (const ULONG type : {fnevObjectCreated, fnevObjectDeleted, fnevObjectModified,
                             fnevObjectMoved, fnevObjectCopied, fnevSearchComplete}) {
        SizedSPropTagArray(2, tags) = {2, {PR_SUBJECT_W, PR_BODY_W}};
        NOTIFICATION event = object_event(type);
        event.info.obj.lpPropTagArray = reinterpret_cast<SPropTagArray*>(&tags);
        m_id[0] = 1;
        const NOTIFICATION& made = copied(event);
        tags.aulPropTag[1] = 0;
        EXPECT_EQ(type, made.ulEventType);
        ASSERT_TRUE(in_block(made.info.obj.lpEntryID));
        EXPECT_EQ(1, reinterpret_cast<const BYTE*>(made.info.obj.lpEntryID)[0]);
        EXPECT_TRUE(in_block(made.info.obj.lpParentID));
        EXPECT_EQ(nullptr, made.info.obj.lpOldID);
        ASSERT_TRUE(in_block(made.info.obj.lpPropTagArray));
        EXPECT_EQ(PR_BODY_W, made.info.obj.lpPropTagArray->aulPropTag[1]);
    }
}

TEST_F(NotificationBlock, OfANewMailHoldsItsClassInTheWidthThatItsFlagsSay) {
    NOTIFICATION event = {};
    event.ulEventType = fnevNewMail;
    event.info.newmail.ulFlags = MAPI_UNICODE;
    event.info.newmail.lpszMessageClass = reinterpret_cast<LPTSTR>(m_name);
    const ULONG wide = [&] {
        const NOTIFICATION& made = copied(event);
        EXPECT_EQ('n', reinterpret_cast<const WCHAR*>(made.info.newmail.lpszMessageClass)[0]);
        return m_size;
    }();
    event.info.newmail.ulFlags = 0;
    event.info.newmail.lpszMessageClass = reinterpret_cast<LPTSTR>(m_text);
    m_text[0] = 't';
    const NOTIFICATION& made = copied(event);
    EXPECT_STREQ("text", reinterpret_cast<const char*>(made.info.newmail.lpszMessageClass));
    EXPECT_LE(m_size, wide);
}

TEST_F(NotificationBlock, OfARowHoldsKeysAndValues) {
    const NOTIFICATION& made = copied(row_event());
    const TABLE_NOTIFICATION& table = made.info.tab;
    ASSERT_TRUE(in_block(table.propIndex.Value.bin.lpb));
    EXPECT_EQ(1, table.propIndex.Value.bin.lpb[0]);
    EXPECT_EQ(PR_NULL, table.propPrior.ulPropTag);
    ASSERT_TRUE(in_block(table.row.lpProps));
    ASSERT_TRUE(in_block(table.row.lpProps[0].Value.lpszW));
    EXPECT_EQ('n', table.row.lpProps[0].Value.lpszW[0]);
    ASSERT_TRUE(in_block(table.row.lpProps[1].Value.MVszA.lppszA));
    EXPECT_STREQ("text", table.row.lpProps[1].Value.MVszA.lppszA[1]);
}

TEST_F(NotificationBlock, OfErrorsStatusObjectsAndExtensionsIsDeepToo) {
    MAPIERROR error = {};
    error.lpszError = reinterpret_cast<LPTSTR>(m_text);
    SPropValue status = {};
    status.ulPropTag = PR_DISPLAY_NAME_A;
    status.Value.lpszA = m_text;
    NOTIFICATION events[3] = {};
    events[0].ulEventType = fnevCriticalError;
    events[0].info.err.lpMAPIError = &error;
    events[0].info.err.cbEntryID = 8;
    events[0].info.err.lpEntryID = reinterpret_cast<ENTRYID*>(m_id);
    events[1].ulEventType = fnevStatusObjectModified;
    events[1].info.statobj.cValues = 1;
    events[1].info.statobj.lpPropVals = &status;
    events[2].ulEventType = fnevExtended;
    events[2].info.ext.cb = 3;
    events[2].info.ext.pbEventParameters = m_parent_id;
    ASSERT_HR(S_OK, count(3, events, &m_size));
    m_block = Block(m_size);
    ASSERT_HR(S_OK, copy(3, events, m_block.bytes(), &m_size));
    m_text[0] = 'X';
    m_parent_id[0] = 0;
    const NOTIFICATION* const made = m_block.events();
    ASSERT_TRUE(in_block(made[0].info.err.lpMAPIError));
    EXPECT_STREQ("text", reinterpret_cast<char*>(made[0].info.err.lpMAPIError->lpszError));
    EXPECT_TRUE(in_block(made[0].info.err.lpEntryID));
    EXPECT_STREQ("text", made[1].info.statobj.lpPropVals[0].Value.lpszA);
    EXPECT_EQ(9, made[2].info.ext.pbEventParameters[0]);
}

TEST_F(NotificationBlock, InvalidNotificationsAreRefused) {
    NOTIFICATION event = object_event(fnevObjectModified);
    ULONG size = 7;
    EXPECT_HR(S_OK, count(1, &event, &size));
    event.info.obj.lpEntryID = nullptr;  // bytes that are nowhere
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, &event, &size));
    NOTIFICATION row = row_event();
    m_row[0].ulPropTag = PROP_TAG(0x0123, 0x6600);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, &row, &size));
    row = row_event();
    row.info.tab.row.lpProps = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(1, &row, m_block.bytes(), &size));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, relocate(1, &row, nullptr, &row, &size));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, nullptr, &size));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(-1, &event, &size));
    EXPECT_HR(S_OK, count(0, nullptr, &size));
}

TEST_F(NotificationBlock, SizesOver4GiBAreInvalid) {
    NOTIFICATION event = object_event(fnevObjectCreated);
    ULONG size = 0;
    ASSERT_HR(S_OK, count(1, &event, &size));
    event.info.obj.cbParentID = 0xFFFFFFF0u;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, &event, nullptr)) << "alone";
    event.info.obj.cbEntryID = event.info.obj.cbParentID = 0x80000000u;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, &event, nullptr)) << "with another";
    NOTIFICATION row = row_event();
    row.info.tab.row.cValues = 0xFFFFFFFFu;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, &row, nullptr)) << "elements times their size";
}

TEST_F(NotificationBlock, IsMadeWithoutItsSizeBeingAskedFor) {
    NOTIFICATION event = object_event(fnevObjectCreated);
    ASSERT_HR(S_OK, count(1, &event, &m_size));
    m_block = Block(m_size);
    EXPECT_HR(S_OK, copy(1, &event, m_block.bytes(), nullptr));
    ASSERT_TRUE(in_block(m_block.events()[0].info.obj.lpEntryID));
    EXPECT_EQ(2, reinterpret_cast<const BYTE*>(m_block.events()[0].info.obj.lpEntryID)[1]);
    EXPECT_HR(S_OK, copy(1, &event, nullptr, nullptr)) << "with neither it only validates";
    event.ulEventType = 0x12345678;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(1, &event, nullptr, nullptr));
}

TEST_F(NotificationBlock, EventsMayLieAnywhere) {
    const NOTIFICATION event = row_event();
    std::vector<BYTE> source(sizeof event + 1);
    std::memcpy(source.data() + 1, &event, sizeof event);
    auto* const misaligned = reinterpret_cast<NOTIFICATION*>(source.data() + 1);
    ASSERT_HR(S_OK, count(1, misaligned, &m_size));
    std::vector<BYTE> target(m_size + 3);
    ASSERT_HR(S_OK, copy(1, misaligned, target.data() + 3, nullptr));
    // Back to where it can be looked at.
    m_block = Block(m_size);
    std::memcpy(m_block.bytes(), target.data() + 3, m_size);
    ASSERT_HR(S_OK, relocate(1, m_block.events(), target.data() + 3, m_block.bytes(), nullptr));
    const SRow& row = m_block.events()[0].info.tab.row;
    ASSERT_TRUE(in_block(row.lpProps));
    ASSERT_TRUE(in_block(row.lpProps[1].Value.MVszA.lppszA));
    EXPECT_STREQ("text", row.lpProps[1].Value.MVszA.lppszA[1]);
}

TEST_F(NotificationBlock, NothingIsWrittenWhenOneOfThemIsInvalid) {
    NOTIFICATION events[2] = {object_event(fnevObjectCreated), object_event(fnevObjectCreated)};
    events[1].ulEventType = 0x12345678;
    Block untouched(512);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(2, events, untouched.bytes(), nullptr));
    for (int i = 0; i < 512; ++i) ASSERT_EQ(0, untouched.bytes()[i]);
}

// As before writing a block to a file and after reading it at another place.
TEST_F(NotificationBlock, CanBeMovedThroughABaseOfZero) {
    copied(row_event());
    BYTE* const old_place = m_block.bytes();
    ULONG size = 0;
    ASSERT_HR(S_OK, relocate(1, m_block.events(), old_place, nullptr, &size));
    EXPECT_EQ(m_size, size);
    EXPECT_LT(reinterpret_cast<ULONG_PTR>(m_block.events()[0].info.tab.row.lpProps), m_size);

    Block moved(m_size);
    std::memcpy(moved.bytes(), old_place, m_size);
    std::memset(old_place, 0xEE, m_size);
    ASSERT_HR(S_OK, relocate(1, moved.events(), nullptr, moved.bytes(), &size));
    EXPECT_EQ(m_size, size);
    std::swap(moved, m_block);
    const TABLE_NOTIFICATION& table = m_block.events()[0].info.tab;
    ASSERT_TRUE(in_block(table.row.lpProps));
    EXPECT_EQ('n', table.row.lpProps[0].Value.lpszW[0]);
    ASSERT_TRUE(in_block(table.row.lpProps[1].Value.MVszA.lppszA[1]));
    EXPECT_STREQ("text", table.row.lpProps[1].Value.MVszA.lppszA[1]);
    EXPECT_EQ(1, table.propIndex.Value.bin.lpb[0]);
}

TEST_F(NotificationBlock, CanBeMovedFromOnePlaceToAnother) {
    copied(row_event());
    Block moved(m_size);
    std::memcpy(moved.bytes(), m_block.bytes(), m_size);
    ASSERT_HR(S_OK, relocate(1, moved.events(), m_block.bytes(), moved.bytes(), nullptr));
    std::memset(m_block.bytes(), 0xEE, m_size);
    std::swap(moved, m_block);
    const SRow& row = m_block.events()[0].info.tab.row;
    ASSERT_TRUE(in_block(row.lpProps));
    EXPECT_STREQ("text", row.lpProps[1].Value.MVszA.lppszA[0]);
}

}  // namespace
}  // namespace remapi::test
