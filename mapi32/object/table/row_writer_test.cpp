// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What crosses the ABI is what the row has, whichever way it was copied.
#include "object/table/row_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "memory/buffer.h"
#include "object/props/abi_value.h"

namespace remapi::object {
namespace {

using Random = std::mt19937;

constexpr GUID kGuid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};

/// A value of each type there is.
std::vector<PropValue> values_of_each_type() {
    return {PropValue(PROP_TAG(PT_I2, 0x6601), -2),
            PropValue(PROP_TAG(PT_LONG, 0x6602), -3),
            PropValue(PROP_TAG(PT_R4, 0x6603), 1.5f),
            PropValue(PROP_TAG(PT_DOUBLE, 0x6604), -2.5),
            PropValue(PROP_TAG(PT_APPTIME, 0x6605), 7.25),
            PropValue(PROP_TAG(PT_CURRENCY, 0x6606), std::int64_t{-1} << 40),
            PropValue(PROP_TAG(PT_I8, 0x6607), std::int64_t{1} << 50),
            PropValue(PROP_TAG(PT_SYSTIME, 0x6608), std::int64_t{1} << 56),
            PropValue(PROP_TAG(PT_BOOLEAN, 0x6609), 1),
            PropValue(PROP_TAG(PT_UNICODE, 0x660A), REMAPI_W("a text")),
            PropValue(PROP_TAG(PT_UNICODE, 0x660B), REMAPI_W("")),
            PropValue(PROP_TAG(PT_UNICODE, 0x660C), REMAPI_W("four letters")),
            PropValue(PROP_TAG(PT_BINARY, 0x660D), Bytes{1, 2, 3}),
            PropValue(PROP_TAG(PT_BINARY, 0x660E), Bytes{}),
            PropValue(PROP_TAG(PT_CLSID, 0x660F), PropValue::Data(kGuid)),
            PropValue(PROP_TAG(PT_MV_LONG, 0x6610), PropValue::Data(std::vector<std::int32_t>{4})),
            PropValue(PROP_TAG(PT_MV_UNICODE, 0x6611),
                      PropValue::Data(std::vector<String>{REMAPI_W("x"), REMAPI_W("")})),
            PropValue(PROP_TAG(PT_MV_BINARY, 0x6612),
                      PropValue::Data(std::vector<Bytes>{{9}, {}, {8, 7}}))};
}

class RowWriterTest : public testing::Test {
protected:
    void TearDown() override { EXPECT_EQ(m_blocks, memory::live_buffers()); }

    /// What the columns of a row come out as, and that they lie in one block.
    std::vector<PropValue> written(RowWriter& writer, const RowView& row, std::size_t count) {
        const std::size_t before = memory::live_buffers();
        const auto values = Buffer<SPropValue>::attach(writer.write(row));
        EXPECT_EQ(before + 1, memory::live_buffers());
        std::vector<PropValue> result;
        for (std::size_t i = 0; i < count; ++i) {
            result.push_back(from_abi(values[i]));
            if (PROP_TYPE(values[i].ulPropTag) == PT_UNICODE) expect_aligned(values[i].Value.lpszW);
            if (PROP_TYPE(values[i].ulPropTag) == PT_CLSID) expect_aligned(values[i].Value.lpguid);
            if (PROP_TYPE(values[i].ulPropTag) == PT_BINARY) {
                expect_aligned(values[i].Value.bin.lpb);
            }
        }
        return result;
    }
    static void expect_aligned(const void* data) {
        EXPECT_NE(nullptr, data);
        EXPECT_EQ(0u, reinterpret_cast<std::uintptr_t>(data) % 8);
    }
    Random random{53};

private:
    const std::size_t m_blocks = memory::live_buffers();
};

TEST_F(RowWriterTest, WritesEveryTypeWhateverElseTheRowHas) {
    const std::vector<PropValue> all = values_of_each_type();
    std::vector<ULONG> columns;
    for (const PropValue& value : all) columns.push_back(value.tag());
    for (int round = 0; round < 300; ++round) {
        std::shuffle(columns.begin(), columns.end(), random);
        const std::size_t count = 1 + random() % columns.size();
        const std::span<const ULONG> wanted = std::span(columns).first(count);
        RowWriter writer(memory::routines(), wanted, MAPI_UNICODE);
        // Rows that differ in what they have, one after another by the same writer.
        for (int i = 0; i < 6; ++i) {
            std::vector<PropValue> has;
            for (const PropValue& value : all) {
                if (random() % 8 != 0 || i == 0) has.push_back(value);
            }
            const PropertyBag bag(has);
            const CompactRowPtr row = CompactRow::make(bag);
            ASSERT_EQ(bag.select(wanted, MAPI_UNICODE), written(writer, {row.get()}, count));
        }
    }
}

TEST_F(RowWriterTest, OfTextsAndBytesOnlyThoseThatAreWantedTakeRoom) {
    const std::vector<PropValue> all = values_of_each_type();
    const CompactRowPtr row = CompactRow::make(PropertyBag(all));
    RowCopier few(std::vector<ULONG>{all[9].tag(), all[1].tag()});
    EXPECT_EQ(CompactRow::data_size(7 * sizeof(WideChar)), few.measure({row.get()}));
    std::vector<ULONG> plain;
    for (std::size_t i = 0; i < 15; ++i) plain.push_back(all[i].tag());
    RowCopier whole(plain);
    EXPECT_EQ(row->data().size(), whole.measure({row.get()}));
    EXPECT_EQ(6u, row->data_pieces());
    RowCopier converted(std::vector<ULONG>{CHANGE_PROP_TYPE(all[9].tag(), PT_STRING8)});
    EXPECT_EQ(std::nullopt, converted.measure({row.get()}));
}

TEST_F(RowWriterTest, OtherCellsComeBeforeAndInsteadOfThoseOfTheRow) {
    const Bytes own = {1, 1};
    const Bytes made_up = {2, 2, 2};
    const std::vector<ULONG> columns = {PR_DEPTH, PR_INSTANCE_KEY, PR_SUBJECT_W};
    const PropValue subject(PR_SUBJECT_W, REMAPI_W("subject"));
    const CompactRowPtr with = CompactRow::make(
        PropertyBag{{PR_DEPTH, 5}, {PR_INSTANCE_KEY, own}, {PR_SUBJECT_W, subject.text()}});
    const CompactRowPtr without = CompactRow::make(PropertyBag{subject});
    const Cell depth = number_cell(PR_DEPTH, 1);
    const Cell key = binary_cell(PR_INSTANCE_KEY, made_up);
    RowWriter writer(memory::routines(), columns, MAPI_UNICODE);
    const auto error = PropValue::error(PR_DEPTH, MAPI_E_NOT_FOUND);
    // In turn, so that where one row has its cells is of no use for the next.
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ((std::vector<PropValue>{{PR_DEPTH, 5}, {PR_INSTANCE_KEY, own}, subject}),
                  written(writer, {with.get(), {}, &key}, 3));
        EXPECT_EQ((std::vector<PropValue>{error, {PR_INSTANCE_KEY, made_up}, subject}),
                  written(writer, {without.get(), {}, &key}, 3));
        EXPECT_EQ((std::vector<PropValue>{{PR_DEPTH, 1}, {PR_INSTANCE_KEY, own}, subject}),
                  written(writer, {with.get(), std::span(&depth, 1), &key}, 3));
        EXPECT_EQ((std::vector<PropValue>{{PR_DEPTH, 1}, {PR_INSTANCE_KEY, made_up}, subject}),
                  written(writer, {without.get(), std::span(&depth, 1), &key}, 3));
    }
}

}  // namespace
}  // namespace remapi::object
