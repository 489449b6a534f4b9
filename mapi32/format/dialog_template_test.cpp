// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/dialog_template.h"

#include <gtest/gtest.h>

namespace remapi::format {
namespace {

void align(Writer& writer) {
    while (writer.size() % 4 != 0) writer.u8(0);
}
void box(Writer& writer, int x, int y, int width, int height) {
    for (const int value : {x, y, width, height}) writer.u16(static_cast<std::uint16_t>(value));
}

/// Two controls: a static text with a resource number as class, an edit box with data of its own.
Bytes classic() {
    Writer writer;
    writer.u32(0x40);  // DS_SETFONT
    writer.u32(0);
    writer.u16(2);
    box(writer, 5, 6, 200, 180);
    writer.u16(0);  // no menu
    writer.u16(0);  // the usual class
    writer.text16(REMAPI_W("Title"));
    writer.u16(8);
    writer.text16(REMAPI_W("MS Shell Dlg"));
    align(writer);
    writer.u32(0);
    writer.u32(0);
    box(writer, -1, 2, 30, 8);
    writer.u16(0xFFFF);
    writer.u16(0xFFFF);
    writer.u16(0x82);
    writer.text16(REMAPI_W("&Name"));
    writer.u16(0);
    align(writer);
    writer.u32(0);
    writer.u32(0);
    box(writer, 40, 2, 100, 12);
    writer.u16(101);
    writer.text16(REMAPI_W("EDIT"));
    writer.u16(0xFFFF);
    writer.u16(7);
    writer.u16(3);
    writer.bytes(Bytes{1, 2, 3});
    return writer.take();
}

Bytes extended() {
    Writer writer;
    writer.u16(1);
    writer.u16(0xFFFF);
    writer.u32(0);
    writer.u32(0);
    writer.u32(0x48);  // DS_SHELLFONT
    writer.u16(1);
    box(writer, 0, 0, 100, 50);
    writer.u16(0xFFFF);
    writer.u16(9);  // a menu by number
    writer.u16(0);
    writer.text16(REMAPI_W("Extended"));
    writer.u16(8);
    writer.u16(400);
    writer.u16(0x0100);
    writer.text16(REMAPI_W("Tahoma"));
    align(writer);
    writer.u32(0);
    writer.u32(0);
    writer.u32(0);
    box(writer, 1, 2, 3, 4);
    writer.u32(0x12345);
    writer.u16(0xFFFF);
    writer.u16(0x80);
    writer.text16(REMAPI_W("OK"));
    writer.u16(0);
    return writer.take();
}

TEST(DialogTemplate, ClassicTemplatesAreRead) {
    const auto dialog = parse_dialog_template(classic());
    ASSERT_TRUE(dialog);
    EXPECT_EQ(REMAPI_W("Title"), dialog->title);
    EXPECT_EQ(200, dialog->box.width);
    EXPECT_EQ(180, dialog->box.height);
    ASSERT_EQ(2u, dialog->controls.size());
    EXPECT_EQ(REMAPI_W("&Name"), dialog->controls[0].text);
    EXPECT_EQ(-1, dialog->controls[0].box.x);
    EXPECT_EQ(String(), dialog->controls[1].text) << "the number of a resource is no text";
    EXPECT_EQ(&dialog->controls[1], dialog->find(101));
    EXPECT_EQ(&dialog->controls[0], dialog->find(0xFFFFFFFFu)) << "-1 in either width";
    EXPECT_EQ(nullptr, dialog->find(5));
}

TEST(DialogTemplate, ExtendedTemplatesAreRead) {
    const auto dialog = parse_dialog_template(extended());
    ASSERT_TRUE(dialog);
    EXPECT_EQ(REMAPI_W("Extended"), dialog->title);
    const DialogControl* const control = dialog->find(0x12345);
    ASSERT_TRUE(control);
    EXPECT_EQ(REMAPI_W("OK"), control->text);
    EXPECT_EQ(4, control->box.height);
}

TEST(DialogTemplate, OneThatEndsTooEarlyIsNone) {
    for (const Bytes& whole : {classic(), extended()}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_EQ(false, parse_dialog_template(BytesView(whole).first(size)).has_value())
                << size;
        }
    }
}

}  // namespace
}  // namespace remapi::format
