// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A session on a profile of the store under test and one of the other store, and a folder for each
// test. The store is reached through the library's export table and MAPI's interfaces only.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "abi/iids.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"
#include "object/props/tag_array.h"
#include "object/util/calls.h"

namespace remapi::test {

/// Named properties of the tests.
constexpr GUID kTestSet = {
    0x5A8F1D20, 0x7B1C, 0x4E55, {0x9D, 0x10, 0x53, 0x55, 0x49, 0x54, 0x45, 0x31}};
/// Properties that no store knows: it keeps them as it is told.
constexpr ULONG kText = PROP_TAG(PT_UNICODE, 0x6701);
constexpr ULONG kNumber = PROP_TAG(PT_LONG, 0x6702);
constexpr ULONG kBinary = PROP_TAG(PT_BINARY, 0x6703);
/// DeleteMessages, DeleteFolder: what is deleted cannot be restored; the headers lack it.
/// Page: mapi/imapifolder-deletemessages.md
constexpr ULONG kHardDelete = 0x00000010;
/// A tag with no type: whatever is there.
constexpr ULONG untyped(ULONG tag) {
    return PROP_TAG(PT_UNSPECIFIED, PROP_ID(tag));
}

/// Everything that lasts as long as the process: profile, session, the two stores.
class StoreWorld {
public:
    /// Makes it at first use. Ends the process when that fails: no test could say anything.
    static StoreWorld& the();
    /// The message service under test (of mapisvc.inf); before the first use.
    static void set_service(std::string name);
    /// Logs everything off; to be called once, at the end of the process.
    static void end();
    static const std::string& service();

    IMAPISession& session() { return *m_session; }
    IMsgStore& store() { return *m_store; }
    IMsgStore& other_store() { return *m_other; }
    IMAPIFolder& subtree() { return *m_subtree; }
    IMAPIFolder& other_subtree() { return *m_other_subtree; }
    /// A session of its own on the same profile; log it off before it is released.
    com::Ptr<IMAPISession> log_on();
    /// The store under test, opened by that session.
    com::Ptr<IMsgStore> open_store(IMAPISession& session, ULONG flags = MDB_WRITE);
    /// Calls every advise sink that is to be called.
    void dispatch();
    /// Ends the session and logs on again; whoever kept an object of it has lost.
    void restart();

private:
    StoreWorld();
    void begin();
    void finish();

    com::Ptr<IMAPISession> m_session;
    com::Ptr<IMsgStore> m_store;
    com::Ptr<IMsgStore> m_other;
    com::Ptr<IMAPIFolder> m_subtree;
    com::Ptr<IMAPIFolder> m_other_subtree;
};

// What tests do all the time. Those that answer an object throw Error, which fails the test.

inline ENTRYID* as_entry(const Bytes& id) {
    return reinterpret_cast<ENTRYID*>(const_cast<std::uint8_t*>(id.data()));
}
inline LPTSTR as_tstr(const WideChar* text) {
    return reinterpret_cast<LPTSTR>(const_cast<WideChar*>(text));
}
inline LPTSTR as_tstr(const char* text) {
    return reinterpret_cast<LPTSTR>(const_cast<char*>(text));
}

/// A property as the object answers it when asked for exactly `tag`; an error slot when it has
/// none.
PropValue get(IMAPIProp* object, ULONG tag);
inline std::int64_t get_number(IMAPIProp* object, ULONG tag) {
    return get(object, tag).number();
}
inline String get_text(IMAPIProp* object, ULONG tag) {
    return get(object, tag).text();
}
inline Bytes get_bytes(IMAPIProp* object, ULONG tag) {
    return get(object, tag).bytes();
}
inline Bytes id_of(IMAPIProp* object) {
    return get_bytes(object, PR_ENTRYID);
}
/// The error code of a slot; S_OK when there is a value.
SCODE error_of(const PropValue& value);
/// Sets one; answers the call's code, or that of the problem it reports.
HRESULT set(IMAPIProp* object, const PropValue& value);
HRESULT remove(IMAPIProp* object, ULONG tag);

/// An entry list of these.
class EntryList {
public:
    explicit EntryList(std::vector<Bytes> ids);
    ENTRYLIST* get() { return &m_list; }

private:
    std::vector<Bytes> m_ids;
    std::vector<SBinary> m_binaries;
    ENTRYLIST m_list = {};
};

/// Opens an object of `container` (a store or folder).
template <class Interface, class Container>
com::Ptr<Interface> open(Container* container, const Bytes& id, ULONG flags = MAPI_MODIFY) {
    ULONG type = 0;
    com::Ptr<Interface> object;
    check(container->OpenEntry(narrow_size(id.size()), as_entry(id), &abi::iid_of<Interface>(),
                               flags, &type, object.template put_as<IUnknown>()),
          "OpenEntry");
    return object;
}
com::Ptr<IMAPIFolder> make_folder(IMAPIFolder* parent, const WideChar* name, ULONG flags = 0,
                                  ULONG type = FOLDER_GENERIC);
com::Ptr<IMessage> new_message(IMAPIFolder* folder, const WideChar* subject, ULONG flags = 0);
/// A message that was saved and is open for writing.
com::Ptr<IMessage> saved_message(IMAPIFolder* folder, const WideChar* subject, ULONG flags = 0);
void save(IMAPIProp* object, ULONG flags = KEEP_OPEN_READWRITE);

struct NewRecipient {
    const WideChar* name;
    const WideChar* address;
    ULONG type = MAPI_TO;
};
HRESULT modify_recipients(IMessage* message, ULONG flags,
                          const std::vector<std::vector<PropValue>>& rows);
void add_recipients(IMessage* message, std::initializer_list<NewRecipient> recipients);
/// An attachment with these bytes, saved in its message, which is not.
com::Ptr<IAttach> add_attachment(IMessage* message, const WideChar* name, std::string_view bytes);

std::vector<PropertyBag> rows_of(IMAPITable* table);
com::Ptr<IMAPITable> contents(IMAPIFolder* folder, ULONG flags = MAPI_UNICODE);
com::Ptr<IMAPITable> hierarchy(IMAPIFolder* folder, ULONG flags = MAPI_UNICODE);
com::Ptr<IMAPITable> recipients(IMessage* message, ULONG flags = MAPI_UNICODE);
com::Ptr<IMAPITable> attachments(IMessage* message, ULONG flags = MAPI_UNICODE);
/// One text of every row, in their order.
std::vector<String> texts(IMAPITable* table, ULONG tag);
inline std::vector<String> subjects(IMAPIFolder* folder, ULONG flags = MAPI_UNICODE) {
    return texts(contents(folder, flags).get(), PR_SUBJECT_W);
}
inline std::vector<String> names(IMAPIFolder* folder) {
    return texts(hierarchy(folder).get(), PR_DISPLAY_NAME_W);
}
/// The columns of a new view, their types as they are answered.
std::vector<ULONG> columns(IMAPITable* table, ULONG flags = 0);
bool has_column(IMAPITable* table, ULONG tag);
/// A restriction of that kind on a property, without a value.
inline Restriction restriction_of(ULONG kind, ULONG operation = 0, ULONG tag = 0, ULONG number = 0,
                                  ULONG second_tag = 0) {
    Restriction restriction;
    restriction.kind = kind;
    restriction.operation = operation;
    restriction.tag = tag;
    restriction.number = number;
    restriction.second_tag = second_tag;
    return restriction;
}
using Texts = std::vector<String>;
/// What pages leave to the store when something of a list is not there.
inline bool is_partial(HRESULT hr) {
    return hr == MAPI_W_PARTIAL_COMPLETION || hr == MAPI_E_NOT_FOUND;
}

/// A test with a folder of its own below the IPM subtree, which goes with the test.
class StoreTest : public testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;

    StoreWorld& world = StoreWorld::the();
    IMsgStore* store() { return &world.store(); }
    com::Ptr<IMAPIFolder> folder;

    com::Ptr<IMessage> reopen(IMAPIProp* message, ULONG flags = MAPI_MODIFY) {
        return open<IMessage>(store(), id_of(message), flags);
    }
    /// Whether the store says that it can do this. Page:
    /// mapi/pidtagstoresupportmask-canonical-property.md
    bool supports(ULONG bit) {
        return (get_number(store(), PR_STORE_SUPPORT_MASK) & static_cast<std::int64_t>(bit)) != 0;
    }
};

}  // namespace remapi::test
