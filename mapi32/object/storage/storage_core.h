// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <atomic>

#include "abi/mapi.h"
#include "format/compound_file.h"
#include "port/mutex.h"

namespace remapi::object {

using format::CompoundFile;
using format::DirectoryEntry;
using format::ElementId;
using format::ElementType;

/// An element that somebody has open. It loses its element when that is destroyed or the
/// transaction it was opened in reverted.
struct OpenElement {
    explicit OpenElement(ElementId element) : id(element) {}
    const ElementId id;
    std::atomic<bool> lost = false;
};
using ElementRef = std::shared_ptr<OpenElement>;

/// What a storage and all that was opened from it in direct mode share: the compound file, one
/// lock, and the transaction if there is one. A substorage opened in transacted mode has a core of
/// its own over a copy in memory. Any thread may call it.
class StorageCore {
public:
    struct Options {
        bool create = false;      ///< an empty file instead of what the source holds
        bool transacted = false;  ///< nothing reaches the source before `commit`
        bool writable = true;     ///< nothing is flushed otherwise
        format::CompoundVersion version = format::CompoundVersion::Three;
    };
    StorageCore(std::shared_ptr<format::BlockSource> source, const Options& options);
    /// A transaction on the storage `element` of `parent`.
    StorageCore(std::shared_ptr<StorageCore> parent, ElementRef element);
    ~StorageCore();
    StorageCore(const StorageCore&) = delete;
    StorageCore& operator=(const StorageCore&) = delete;

    bool transacted() const noexcept { return m_overlay || m_parent; }
    ElementRef root() const noexcept { return m_root; }

    /// The file, while the lock is held.
    class Access {
    public:
        explicit Access(StorageCore& core) : m_core(core), m_lock(core.m_mutex) {}
        CompoundFile& file() const { return *m_core.m_file; }
        /// The element's id. Throws Error(STG_E_REVERTED) when it is lost.
        ElementId id(const ElementRef& element) const;
        /// Opens an element for one user. Throws Error(STG_E_ACCESSDENIED) when it has one.
        ElementRef open(ElementId id) const;
        bool is_open(ElementId id) const;
        /// Removes an element; whoever has it or something in it open has lost it.
        void remove(ElementId id) const;
        /// Whether `id` is `storage` or lies in it.
        bool is_within(ElementId id, ElementId storage) const;
        /// Notes the time of a change in a storage.
        void touch(ElementId storage) const;
        /// The element behind a storage of this core; kNoElement for any other.
        ElementId element_of(const IStorage* storage) const;
        void note(const IStorage* storage, ElementRef element) const;
        void forget(const IStorage* storage) const;

    private:
        StorageCore& m_core;
        port::Lock<port::Mutex> m_lock;
    };

    /// Makes the changes so far permanent: in the source, or in the parent's transaction.
    void commit();
    /// Goes back to the last commit; every open element but the root is lost.
    void revert();
    /// Makes the source a complete file, outside of transactions.
    void flush();

private:
    void load();
    void lose_all();

    port::Mutex m_mutex;
    std::shared_ptr<format::BlockSource> m_source;
    std::shared_ptr<format::OverlaySource> m_overlay;  ///< m_source, when it is one
    std::shared_ptr<StorageCore> m_parent;
    ElementRef m_element;  ///< what this is a transaction on, in m_parent
    const ElementRef m_root = std::make_shared<OpenElement>(format::kRootElement);
    Options m_options;
    std::unique_ptr<CompoundFile> m_file;
    std::map<ElementId, std::weak_ptr<OpenElement>> m_open;
    std::map<const IStorage*, ElementRef> m_storages;
};

/// Makes the elements of a storage those of another one in another file, class and bits included.
void replace_contents(CompoundFile& to, ElementId to_storage, CompoundFile& from,
                      ElementId from_storage);

}  // namespace remapi::object
