// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/element_stream.h"

#include "object/storage/storage_modes.h"

namespace remapi::object {
namespace {

class ElementBacking final : public Backing {
public:
    ElementBacking(std::shared_ptr<StorageCore> core, ElementRef element, DWORD mode)
        : m_core(std::move(core)), m_element(std::move(element)), m_mode(mode) {}

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override {
        if (!can_read(m_mode)) throw Error(STG_E_ACCESSDENIED, "reading a stream");
        const StorageCore::Access access(*m_core);
        return access.file().read(access.id(m_element), offset, buffer, size);
    }
    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override {
        const StorageCore::Access access(*m_core);
        access.file().write(access.id(m_element), offset, buffer, size);
    }
    std::uint64_t size() override {
        const StorageCore::Access access(*m_core);
        return access.file().entry(access.id(m_element)).size;
    }
    void set_size(std::uint64_t size) override {
        const StorageCore::Access access(*m_core);
        access.file().resize(access.id(m_element), size);
    }
    bool writable() const override { return can_write(m_mode); }
    DWORD mode() const override { return m_mode; }
    String name() override {
        const StorageCore::Access access(*m_core);
        return access.file().entry(access.id(m_element)).name;
    }
    void commit(DWORD) override {
        {
            const StorageCore::Access access(*m_core);
            access.id(m_element);
        }
        m_core->flush();
    }

private:
    const std::shared_ptr<StorageCore> m_core;
    const ElementRef m_element;
    const DWORD m_mode;
};

}  // namespace

com::Ptr<IStream> make_element_stream(std::shared_ptr<StorageCore> core, ElementRef element,
                                      DWORD mode) {
    return make_stream(std::make_shared<ElementBacking>(std::move(core), std::move(element), mode));
}

}  // namespace remapi::object
