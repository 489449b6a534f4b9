// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/value_stream.h"

#include "abi/iids.h"
#include "log/log.h"
#include "object/props/prop_stream.h"
#include "object/stream/backing.h"
#include "object/stream/memory_stream.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

/// A body in an ANSI stream is converted as a whole; larger ones must be opened as Unicode.
constexpr std::size_t kAnsiBytes = 256u << 20;

/// A property of a ValueOwner as the bytes behind a stream.
class ValueBacking final : public object::Backing {
public:
    ValueBacking(ValueOwner& values, IUnknown* owner, ULONG tag, std::shared_ptr<LargeValue> value,
                 bool shared, bool writable, bool transacted)
        : m_values(values),
          m_owner(com::Ptr<IUnknown>::share(owner)),
          m_tag(tag),
          m_value(std::move(value)),
          m_committed(m_value),
          m_shared(shared),
          m_writable(writable),
          m_transacted(transacted) {}

    ~ValueBacking() override {
        if (!m_dirty || m_transacted) return;
        try {
            commit(STGC_DEFAULT);
        } catch (const std::exception& error) {
            REMAPI_ERROR(Store, "what was written to a stream is lost: %s", error.what());
        }
    }

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override {
        return current()->read_at(offset, buffer, size);
    }
    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override {
        own()->write_at(offset, buffer, size);
    }
    std::uint64_t size() override { return current()->size(); }
    void set_size(std::uint64_t size) override { own()->set_size(size); }
    bool writable() const override { return m_writable; }

    void commit(DWORD) override {
        std::shared_ptr<LargeValue> value;
        {
            const port::Lock lock(m_mutex);
            if (!m_dirty) return;
            value = m_value;
            m_shared = true;  // what is in a property set does not change any more
            m_dirty = false;
        }
        const SCODE refused = m_values.set_large_value(m_tag, value);
        if (refused != S_OK) throw Error(refused, "committing a property stream");
        const port::Lock lock(m_mutex);
        m_committed = std::move(value);
    }

    void revert() override {
        if (!m_transacted) return;
        const port::Lock lock(m_mutex);
        m_value = m_committed;
        m_shared = true;
        m_dirty = false;
    }

    /// An empty property was created by opening it: it exists even if nothing is ever written.
    void mark_dirty() { m_dirty = true; }

private:
    std::shared_ptr<LargeValue> current() {
        const port::Lock lock(m_mutex);
        return m_value;
    }
    /// The value, made our own before the first change.
    std::shared_ptr<LargeValue> own() {
        const port::Lock lock(m_mutex);
        if (m_shared) m_value = m_value->fork();
        m_shared = false;
        m_dirty = true;
        return m_value;
    }

    ValueOwner& m_values;
    const com::Ptr<IUnknown> m_owner;
    const ULONG m_tag;
    port::Mutex m_mutex;
    std::shared_ptr<LargeValue> m_value;
    std::shared_ptr<LargeValue> m_committed;
    bool m_shared;  ///< the value is in a property set as well
    const bool m_writable;
    const bool m_transacted;
    bool m_dirty = false;
};

bool wants_writing(ULONG options, ULONG flags) {
    return (flags & (MAPI_CREATE | MAPI_MODIFY)) != 0 ||
           (options & (STGM_WRITE | STGM_READWRITE)) != 0;
}

com::Ptr<IUnknown> open_ansi(ValueOwner& values, object::PropSource& source, IUnknown* owner,
                             ULONG tag, ULONG options, ULONG flags) {
    const auto value =
        (flags & MAPI_CREATE) != 0 ? std::nullopt : values.load_whole_value(tag, kAnsiBytes);
    const std::string ansi = value ? text::to_ansi(value->text()) : std::string();
    object::MemoryStreamOptions how;
    how.writable = wants_writing(options, flags);
    how.transacted = (options & STGM_TRANSACTED) != 0;
    how.owner = owner;
    how.position = (flags & STREAM_APPEND) != 0 ? ansi.size() : 0;
    how.write_back = [&source, tag](const Bytes& bytes) {
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const SCODE refused = source.store(PropValue(object::stored_tag(tag), text::to_wide(text)));
        if (refused != S_OK) throw Error(refused, "committing a property stream");
    };
    return object::make_memory_stream(to_bytes(std::string_view(ansi)), std::move(how));
}

/// The value to stream; null when there is none.
std::shared_ptr<LargeValue> stored_value(ValueOwner& values, ULONG tag) {
    if (auto large = values.find_large_value(tag)) return large;
    const auto small = values.load_whole_value(tag, LargeValue::kInlineBytes);
    const auto bytes = small ? stream_bytes(*small) : std::nullopt;
    if (!bytes) return nullptr;
    auto value = std::make_shared<LargeValue>(values.value_database());
    value->write_at(0, bytes->data(), bytes->size());
    return value;
}

}  // namespace

com::Ptr<IUnknown> open_value_stream(ValueOwner& values, object::PropSource& source,
                                     IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) {
    const bool is_stream = IsEqualGUID(iid, IID_IStream) || IsEqualGUID(iid, IID_ISequentialStream);
    const ULONG type = PROP_TYPE(tag);
    const bool known_type = type == PT_BINARY || type == PT_UNICODE || type == PT_STRING8;
    const bool create = (flags & MAPI_CREATE) != 0;
    const bool stored = values.find_large_value(tag) || values.load_whole_value(tag, kAnsiBytes);
    if (!is_stream || !known_type || !(create || stored)) {
        return object::open_property_stream(source, owner, tag, iid, options, flags);
    }
    const bool writing = wants_writing(options, flags);
    if (writing && !source.writable())
        throw Error(MAPI_E_NO_ACCESS, "opening a property stream for writing");
    if (type == PT_STRING8) return open_ansi(values, source, owner, tag, options, flags);
    auto value = create ? nullptr : stored_value(values, tag);
    const bool is_new = !value;
    if (is_new) value = std::make_shared<LargeValue>(values.value_database());
    const std::uint64_t position = (flags & STREAM_APPEND) != 0 ? value->size() : 0;
    const bool shared = !is_new && values.find_large_value(tag) == value;
    auto backing = std::make_shared<ValueBacking>(values, owner, tag, std::move(value), shared,
                                                  writing, (options & STGM_TRANSACTED) != 0);
    if (is_new) backing->mark_dirty();
    return object::make_stream(std::move(backing), owner, position);
}

}  // namespace remapi::localstore
