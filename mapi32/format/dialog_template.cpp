// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/dialog_template.h"

namespace remapi::format {
namespace {

constexpr std::uint16_t kExtendedVersion = 1;
constexpr std::uint16_t kExtendedMark = 0xFFFF;
constexpr std::uint16_t kOrdinalMark = 0xFFFF;
constexpr std::uint32_t kHasFont = 0x40;  // DS_SETFONT
constexpr std::size_t kAlignment = 4;     // of every control
constexpr std::uint16_t kNoNumber = 0xFFFF;

/// Takes a template apart, from its beginning to its end.
class TemplateReader {
public:
    explicit TemplateReader(BytesView bytes) noexcept : m_reader(bytes), m_size(bytes.size()) {}

    std::optional<DialogTemplate> read() {
        DialogTemplate dialog;
        const std::uint32_t style = read_style();
        const std::uint16_t count = m_reader.u16();
        dialog.box = read_box();
        read_name();  // menu
        read_name();  // class
        dialog.title = m_reader.text16();
        if ((style & kHasFont) != 0) {
            m_reader.bytes(m_extended ? 6 : 2);  // size; weight, slant and character set
            m_reader.text16();                   // typeface
        }
        for (unsigned i = 0; i < count && !m_reader.failed(); ++i) {
            dialog.controls.push_back(read_control());
        }
        if (m_reader.failed()) return std::nullopt;
        return dialog;
    }

private:
    std::uint32_t read_style() {
        const std::uint32_t first = m_reader.u32();
        m_extended = first == (std::uint32_t{kExtendedMark} << 16 | kExtendedVersion);
        if (!m_extended) {
            m_reader.u32();  // extended style
            return first;
        }
        m_reader.bytes(8);  // help identifier, extended style
        return m_reader.u32();
    }

    DialogBox read_box() {
        const auto next = [&] { return static_cast<std::int16_t>(m_reader.u16()); };
        DialogBox box;
        box.x = next();
        box.y = next();
        box.width = next();
        box.height = next();
        return box;
    }

    /// A text, or empty for the number of a resource.
    String read_name() {
        Reader ahead = m_reader;
        if (ahead.u16() != kOrdinalMark) return m_reader.text16();
        m_reader.u32();  // mark and number
        return {};
    }

    DialogControl read_control() {
        const std::size_t done = m_size - m_reader.rest().size();
        m_reader.bytes((kAlignment - done % kAlignment) % kAlignment);
        m_reader.bytes(m_extended ? 12 : 8);  // help identifier, extended style, style
        DialogControl control;
        control.box = read_box();
        control.id = m_extended ? m_reader.u32() : m_reader.u16();
        read_name();  // class
        control.text = read_name();
        m_reader.bytes(m_reader.u16());  // creation data
        return control;
    }

    Reader m_reader;
    std::size_t m_size;
    bool m_extended = false;
};

}  // namespace

const DialogControl* DialogTemplate::find(std::uint32_t id) const noexcept {
    const auto reduced = [](std::uint32_t number) {
        return number == 0xFFFFFFFFu ? std::uint32_t{kNoNumber} : number;
    };
    for (const DialogControl& control : controls) {
        if (reduced(control.id) == reduced(id)) return &control;
    }
    return nullptr;
}

std::optional<DialogTemplate> parse_dialog_template(BytesView bytes) {
    return TemplateReader(bytes).read();
}

}  // namespace remapi::format
