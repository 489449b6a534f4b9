// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <span>

#include "com/ptr.h"
#include "object/props/prop_value.h"

namespace remapi::object {

/// A named property. Page: mapi/mapinameid.md
struct PropName {
    GUID set = {};
    std::optional<LONG> number;  ///< MNID_ID; without it `text` is the name
    String text;                 ///< MNID_STRING; upper and lower case differ
    friend bool operator==(const PropName& left, const PropName& right) noexcept;
};

/// How a copy is to be made. Page: mapi/imapiprop-copyto.md
struct CopyRequest {
    IMAPIProp* destination = nullptr;
    ULONG flags = 0;  ///< MAPI_MOVE, MAPI_NOREPLACE, MAPI_DIALOG, MAPI_DECLINE_OK
    std::span<const IID> excluded_interfaces;
    ULONG_PTR ui_param = 0;
    IMAPIProgress* progress = nullptr;
};

/// What an object with properties must answer; plain C++. PropObject puts IMAPIProp's methods over
/// it. Every call may come from any thread, several at once: the implementation locks, and holds no
/// lock when it returns. Tags are looked up by id; strings are answered as PT_UNICODE.
class PropSource {
public:
    /// The value with the id of `tag`; nullopt when there is none. An error slot when there is one
    /// that cannot be read. `tag`'s type is what the client asked for and may be ignored.
    virtual std::optional<PropValue> load(ULONG tag) = 0;

    /// The tags of all properties, those with PT_OBJECT included, secure ones (0x67F0-0x67FF) not.
    virtual std::vector<ULONG> list() = 0;

    /// Sets one. Answers S_OK or the problem: MAPI_E_COMPUTED, MAPI_E_NO_ACCESS,
    /// MAPI_E_UNEXPECTED_TYPE. Throws what fails the whole call.
    virtual SCODE store(const PropValue& value) = 0;

    /// Removes the one with the id of `tag`. Answers S_OK or the problem, MAPI_E_NOT_FOUND for
    /// instance.
    virtual SCODE erase(ULONG tag) = 0;

    /// Whether the object was opened for writing; if not, SetProps, DeleteProps and writable
    /// streams answer MAPI_E_NO_ACCESS.
    virtual bool writable() const { return true; }

    /// Makes changes permanent. `flags`: KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE, FORCE_SAVE,
    /// MAPI_DEFERRED_ERRORS. Default: nothing to do.
    virtual void save(ULONG flags);

    /// Opens a property as an interface. Default: a stream over any text or binary value
    /// (prop_stream.h), else throws Error(MAPI_E_INTERFACE_NOT_SUPPORTED). `owner` is the COM
    /// object: what is returned keeps a reference to it. `options` is for the interface, STGM_
    /// flags for streams.
    virtual com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                             ULONG options, ULONG flags);

    /// Copies what is no plain value (recipients, attachments, sub-folders: PT_OBJECT properties).
    /// Answers S_OK or the problem to report. Default: MAPI_E_INTERFACE_NOT_SUPPORTED.
    virtual SCODE copy_object(IUnknown* owner, ULONG tag, const CopyRequest& request);

    /// One id for each of `names`, 0x8000 to 0xFFFE; 0 for a name that has none and, without
    /// `create`, gets none. Default: throws Error(MAPI_E_NO_SUPPORT).
    virtual std::vector<ULONG> ids_from_names(std::span<const PropName> names, bool create);
    /// One name for each of `ids`; nullopt for an id without a name. Default: as above.
    virtual std::vector<std::optional<PropName>> names_from_ids(std::span<const ULONG> ids);
    /// Every named property. Default: throws Error(MAPI_E_NO_SUPPORT).
    virtual std::vector<std::pair<ULONG, PropName>> all_names();

    /// Values over this many bytes are answered by MAPI_E_NOT_ENOUGH_MEMORY slots when GetProps
    /// names no tags; the client then opens a stream. 0: no limit.
    virtual std::size_t large_value_bytes() const { return 32u << 10; }

protected:
    ~PropSource() = default;
};

}  // namespace remapi::object
