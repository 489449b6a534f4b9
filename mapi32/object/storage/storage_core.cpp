// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/storage_core.h"

#include "abi/guard.h"
#include "port/clock.h"

namespace remapi::object {
namespace {

constexpr std::size_t kElementCopyBytes = 64u << 10;

void copy_stream(CompoundFile& to, ElementId to_id, CompoundFile& from, ElementId from_id,
                 Bytes& buffer) {
    std::uint64_t offset = 0;
    while (const std::size_t got = from.read(from_id, offset, buffer.data(), buffer.size())) {
        to.write(to_id, offset, buffer.data(), got);
        offset += got;
    }
}

}  // namespace

void replace_contents(CompoundFile& to, ElementId to_storage, CompoundFile& from,
                      ElementId from_storage) {
    for (const ElementId child : to.children(to_storage)) to.remove(child);
    Bytes buffer(kElementCopyBytes);
    std::vector<std::pair<ElementId, ElementId>> waiting = {{to_storage, from_storage}};
    while (!waiting.empty()) {
        const auto [into, out_of] = waiting.back();
        waiting.pop_back();
        to.set_class(into, from.entry(out_of).class_id);
        to.set_state_bits(into, from.entry(out_of).state_bits);
        to.set_times(into, from.entry(out_of).created, from.entry(out_of).modified);
        for (const ElementId child : from.children(out_of)) {
            const ElementId copy = to.add(into, from.entry(child).name, from.entry(child).type);
            if (from.entry(child).type == ElementType::Storage) {
                waiting.emplace_back(copy, child);
            } else {
                copy_stream(to, copy, from, child, buffer);
            }
        }
    }
}

StorageCore::StorageCore(std::shared_ptr<format::BlockSource> source, const Options& options)
    : m_source(std::move(source)), m_options(options) {
    if (options.transacted) {
        m_overlay = std::make_shared<format::OverlaySource>(m_source);
        m_source = m_overlay;
    }
    load();
}

StorageCore::StorageCore(std::shared_ptr<StorageCore> parent, ElementRef element)
    : m_source(std::make_shared<format::MemorySource>()),
      m_parent(std::move(parent)),
      m_element(std::move(element)) {
    m_options.create = true;
    load();
}

StorageCore::~StorageCore() {
    if (transacted() || !m_options.writable) return;
    // The last Release has nobody to report to; the guard logs what goes wrong.
    abi::guard("IStorage::Release", [&]() -> HRESULT {
        flush();
        return S_OK;
    });
}

void StorageCore::load() {
    m_file = m_options.create ? CompoundFile::create(m_source, m_options.version)
                              : CompoundFile::open(m_source);
    if (!m_parent) return;
    const Access parent(*m_parent);
    replace_contents(*m_file, format::kRootElement, parent.file(), parent.id(m_element));
}

void StorageCore::lose_all() {
    for (const auto& [id, open] : m_open) {
        if (const ElementRef element = open.lock()) element->lost = true;
    }
    m_open.clear();
}

void StorageCore::commit() {
    const port::Lock lock(m_mutex);
    if (!m_options.writable) return;
    if (m_parent) {
        const Access parent(*m_parent);
        const ElementId id = parent.id(m_element);
        replace_contents(parent.file(), id, *m_file, format::kRootElement);
        parent.touch(id);
        return;
    }
    m_file->flush();
    if (!m_overlay) return;
    m_overlay->apply();
    m_options.create = false;
}

void StorageCore::revert() {
    const port::Lock lock(m_mutex);
    if (!transacted()) return;
    lose_all();
    if (m_overlay) m_overlay->discard();
    load();
}

void StorageCore::flush() {
    const port::Lock lock(m_mutex);
    if (!transacted() && m_options.writable) m_file->flush();
}

ElementId StorageCore::Access::id(const ElementRef& element) const {
    if (element->lost) throw Error(STG_E_REVERTED, "using an element that is gone");
    // A transaction on a storage ends with that storage.
    if (m_core.m_element && m_core.m_element->lost) {
        throw Error(STG_E_REVERTED, "using a storage that is gone");
    }
    return element->id;
}

ElementRef StorageCore::Access::open(ElementId id) const {
    if (is_open(id)) throw Error(STG_E_ACCESSDENIED, "opening an element twice");
    auto element = std::make_shared<OpenElement>(id);
    m_core.m_open[id] = element;
    return element;
}

bool StorageCore::Access::is_open(ElementId id) const {
    const auto found = m_core.m_open.find(id);
    return found != m_core.m_open.end() && !found->second.expired();
}

void StorageCore::Access::remove(ElementId id) const {
    for (auto open = m_core.m_open.begin(); open != m_core.m_open.end();) {
        const ElementRef element = open->second.lock();
        const bool goes = !element || is_within(element->id, id);
        if (element && goes) element->lost = true;
        open = goes ? m_core.m_open.erase(open) : std::next(open);
    }
    file().remove(id);
}

bool StorageCore::Access::is_within(ElementId id, ElementId storage) const {
    while (id != storage && id != format::kRootElement) id = file().entry(id).parent;
    return id == storage;
}

void StorageCore::Access::touch(ElementId storage) const {
    file().set_times(storage, std::nullopt, port::file_time_now());
}

ElementId StorageCore::Access::element_of(const IStorage* storage) const {
    const auto found = m_core.m_storages.find(storage);
    if (found == m_core.m_storages.end() || found->second->lost) return format::kNoElement;
    return found->second->id;
}

void StorageCore::Access::note(const IStorage* storage, ElementRef element) const {
    m_core.m_storages[storage] = std::move(element);
}

void StorageCore::Access::forget(const IStorage* storage) const {
    m_core.m_storages.erase(storage);
}

}  // namespace remapi::object
