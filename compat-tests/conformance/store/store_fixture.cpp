// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "compat-tests/harness/test_profile.h"
#include "text/text.h"

namespace remapi::test {
namespace {

std::string g_service = "RMLS";
StoreWorld* g_world = nullptr;

/// Of this process only, so that none finds what another has left.
const String& profile_name() {
    static const String* const name =
        new String(REMAPI_W("store conformance ") + text::decimal(port::current_process_id()));
    return *name;
}

/// Where profile and stores of this process lie natively.
String own_folder() {
    const std::string own = "remapi-stores-" + std::to_string(port::current_process_id());
    return port::join_path(port::temporary_folder(), port::from_utf8(own));
}

void use_own_folder() {
    static std::vector<std::unique_ptr<std::string>> kept;  // putenv keeps the pointer
    const String root = own_folder();
    port::create_folders(root);
    for (const char* variable : {"XDG_CONFIG_HOME=", "XDG_DATA_HOME="}) {
        kept.push_back(std::make_unique<std::string>(variable + port::to_utf8(root)));
        putenv(kept.back()->data());
    }
}

void create_profile() {
    const auto admin_profiles = Subject::the().find<MAPIADMINPROFILES>("MAPIAdminProfiles");
    com::Ptr<IProfAdmin> profiles;
    check(admin_profiles(0, profiles.put()), "MAPIAdminProfiles");
    check(profiles->CreateProfile(as_tstr(profile_name().c_str()), nullptr, 0, MAPI_UNICODE),
          "IProfAdmin::CreateProfile");
    com::Ptr<IMsgServiceAdmin> services;
    check(profiles->AdminServices(as_tstr(profile_name().c_str()), nullptr, 0, MAPI_UNICODE,
                                  services.put()),
          "IProfAdmin::AdminServices");
    const std::string other = g_service == "RMLS" ? "REMAPIMEM" : "RMLS";
    for (const std::string& service : {g_service, other})
        detail::add_service(*services, service.c_str());
}

com::Ptr<IMsgStore> open_row(IMAPISession& session, const PropertyBag& row, ULONG flags) {
    com::Ptr<IMsgStore> store;
    const Bytes id = to_bytes(row.bytes(PR_ENTRYID));
    check(session.OpenMsgStore(0, narrow_size(id.size()), as_entry(id), nullptr,
                               flags | MDB_NO_DIALOG, store.put()),
          "IMAPISession::OpenMsgStore");
    return store;
}

std::vector<PropertyBag> store_rows(IMAPISession& session) {
    com::Ptr<IMAPITable> table;
    check(session.GetMsgStoresTable(MAPI_UNICODE, table.put()), "GetMsgStoresTable");
    return rows_of(table.get());
}

com::Ptr<IMAPIFolder> subtree_of(IMsgStore& store) {
    return open<IMAPIFolder>(&store, get_bytes(&store, PR_IPM_SUBTREE_ENTRYID));
}

}  // namespace

void StoreWorld::set_service(std::string name) {
    g_service = std::move(name);
}

const std::string& StoreWorld::service() {
    return g_service;
}

StoreWorld& StoreWorld::the() {
    if (!g_world) {
        try {
            g_world = new StoreWorld();
        } catch (const Error& error) {
            std::printf("no session: %s: 0x%08x\n", error.what(),
                        static_cast<unsigned>(error.code()));
            std::exit(2);
        }
    }
    return *g_world;
}

StoreWorld::StoreWorld() {
    use_own_folder();
    const Subject& library = Subject::the();
    memory::use_routines({library.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer"),
                          library.find<MAPIALLOCATEMORE>("MAPIAllocateMore"),
                          library.find<MAPIFREEBUFFER>("MAPIFreeBuffer")});
    check(library.find<MAPIINITIALIZE>("MAPIInitialize")(nullptr), "MAPIInitialize");
    create_profile();
    begin();
}

com::Ptr<IMAPISession> StoreWorld::log_on() {
    com::Ptr<IMAPISession> session;
    check(Subject::the().find<MAPILOGONEX>("MAPILogonEx")(
              0, as_tstr(profile_name().c_str()), nullptr,
              MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_NO_MAIL | MAPI_UNICODE, session.put()),
          "MAPILogonEx");
    return session;
}

com::Ptr<IMsgStore> StoreWorld::open_store(IMAPISession& session, ULONG flags) {
    for (const PropertyBag& row : store_rows(session)) {
        if (row.truth(PR_DEFAULT_STORE)) return open_row(session, row, flags);
    }
    throw Error(MAPI_E_NOT_FOUND, "the profile has no default store");
}

void StoreWorld::begin() {
    m_session = log_on();
    for (const PropertyBag& row : store_rows(*m_session)) {
        auto& which = row.truth(PR_DEFAULT_STORE) ? m_store : m_other;
        which = open_row(*m_session, row, MDB_WRITE);
    }
    if (!m_store || !m_other) throw Error(MAPI_E_NOT_FOUND, "the profile lacks a store");
    m_subtree = subtree_of(*m_store);
    m_other_subtree = subtree_of(*m_other);
}

void StoreWorld::finish() {
    m_subtree.reset();
    m_other_subtree.reset();
    m_store.reset();
    m_other.reset();
    if (m_session) m_session->Logoff(0, 0, 0);
    m_session.reset();
}

void StoreWorld::restart() {
    finish();
    begin();
}

void StoreWorld::end() {
    if (!g_world) return;
    g_world->finish();
    com::Ptr<IProfAdmin> profiles;
    if (SUCCEEDED(Subject::the().find<MAPIADMINPROFILES>("MAPIAdminProfiles")(0, profiles.put())))
        profiles->DeleteProfile(as_tstr(profile_name().c_str()), MAPI_UNICODE);
    profiles.reset();
    Subject::the().find<MAPIUNINITIALIZE>("MAPIUninitialize")();
    delete std::exchange(g_world, nullptr);
    std::error_code ignored;
    std::filesystem::remove_all(std::filesystem::path(own_folder()), ignored);
}

void StoreWorld::dispatch() {
    using Dispatch = HRESULT WINAPI(ULONG);
    Subject::the().find<Dispatch>("HrDispatchNotifications")(0);
}

PropValue get(IMAPIProp* object, ULONG tag) {
    const object::TagArray wanted{tag};
    ULONG count = 0;
    Buffer<SPropValue> values;
    check(object->GetProps(wanted.get(), MAPI_UNICODE, &count, values.put()), "GetProps");
    if (count != 1) throw Error(MAPI_E_CALL_FAILED, "GetProps answers another count");
    return object::from_abi(values[0]);
}

SCODE error_of(const PropValue& value) {
    return value.is_error() ? static_cast<SCODE>(value.number()) : S_OK;
}

HRESULT set(IMAPIProp* object, const PropValue& value) {
    const auto packed = object::pack(value);
    Buffer<SPropProblemArray> problems;
    const HRESULT hr = object->SetProps(1, packed.get(), problems.put());
    return SUCCEEDED(hr) && problems ? problems->aProblem[0].scode : hr;
}

HRESULT remove(IMAPIProp* object, ULONG tag) {
    const object::TagArray tags{tag};
    Buffer<SPropProblemArray> problems;
    const HRESULT hr = object->DeleteProps(tags.get(), problems.put());
    return SUCCEEDED(hr) && problems ? problems->aProblem[0].scode : hr;
}

EntryList::EntryList(std::vector<Bytes> ids) : m_ids(std::move(ids)) {
    for (Bytes& id : m_ids) m_binaries.push_back({narrow_size(id.size()), id.data()});
    m_list = {narrow_size(m_binaries.size()), m_binaries.data()};
}

com::Ptr<IMAPIFolder> make_folder(IMAPIFolder* parent, const WideChar* name, ULONG flags,
                                  ULONG type) {
    com::Ptr<IMAPIFolder> folder;
    check(parent->CreateFolder(type, as_tstr(name), nullptr, nullptr, MAPI_UNICODE | flags,
                               folder.put()),
          "IMAPIFolder::CreateFolder");
    return folder;
}

com::Ptr<IMessage> new_message(IMAPIFolder* folder, const WideChar* subject, ULONG flags) {
    com::Ptr<IMessage> message;
    check(folder->CreateMessage(nullptr, flags, message.put()), "IMAPIFolder::CreateMessage");
    object::set_prop(message.get(), {PR_MESSAGE_CLASS_W, REMAPI_W("IPM.Note")});
    object::set_prop(message.get(), {PR_SUBJECT_W, subject});
    return message;
}

com::Ptr<IMessage> saved_message(IMAPIFolder* folder, const WideChar* subject, ULONG flags) {
    auto message = new_message(folder, subject, flags);
    save(message.get());
    return message;
}

void save(IMAPIProp* object, ULONG flags) {
    check(object->SaveChanges(flags), "IMAPIProp::SaveChanges");
}

HRESULT modify_recipients(IMessage* message, ULONG flags,
                          const std::vector<std::vector<PropValue>>& rows) {
    ADRLIST* list = object::pack_address_list(rows);
    const HRESULT hr = message->ModifyRecipients(flags, list);
    memory::free_address_list(list);
    return hr;
}

void add_recipients(IMessage* message, std::initializer_list<NewRecipient> recipients) {
    std::vector<std::vector<PropValue>> rows;
    for (const NewRecipient& recipient : recipients) {
        rows.push_back({{PR_RECIPIENT_TYPE, recipient.type},
                        {PR_DISPLAY_NAME_W, recipient.name},
                        {PR_ADDRTYPE_W, REMAPI_W("SMTP")},
                        {PR_EMAIL_ADDRESS_W, recipient.address}});
    }
    check(modify_recipients(message, MODRECIP_ADD, rows), "IMessage::ModifyRecipients");
}

com::Ptr<IAttach> add_attachment(IMessage* message, const WideChar* name, std::string_view bytes) {
    ULONG number = 0;
    com::Ptr<IAttach> attachment;
    check(message->CreateAttach(nullptr, 0, &number, attachment.put()), "IMessage::CreateAttach");
    object::set_prop(attachment.get(), {PR_ATTACH_METHOD, ATTACH_BY_VALUE});
    object::set_prop(attachment.get(), {PR_ATTACH_LONG_FILENAME_W, name});
    object::set_prop(attachment.get(), {PR_ATTACH_DATA_BIN, to_bytes(bytes)});
    save(attachment.get());
    return attachment;
}

std::vector<PropertyBag> rows_of(IMAPITable* table) {
    return object::query_all_rows(table);
}

com::Ptr<IMAPITable> contents(IMAPIFolder* folder, ULONG flags) {
    com::Ptr<IMAPITable> table;
    check(folder->GetContentsTable(flags, table.put()), "IMAPIContainer::GetContentsTable");
    return table;
}

com::Ptr<IMAPITable> hierarchy(IMAPIFolder* folder, ULONG flags) {
    com::Ptr<IMAPITable> table;
    check(folder->GetHierarchyTable(flags, table.put()), "IMAPIContainer::GetHierarchyTable");
    return table;
}

com::Ptr<IMAPITable> recipients(IMessage* message, ULONG flags) {
    com::Ptr<IMAPITable> table;
    check(message->GetRecipientTable(flags, table.put()), "IMessage::GetRecipientTable");
    return table;
}

com::Ptr<IMAPITable> attachments(IMessage* message, ULONG flags) {
    com::Ptr<IMAPITable> table;
    check(message->GetAttachmentTable(flags, table.put()), "IMessage::GetAttachmentTable");
    return table;
}

std::vector<String> texts(IMAPITable* table, ULONG tag) {
    std::vector<String> texts;
    for (const PropertyBag& row : rows_of(table)) texts.emplace_back(row.text(tag));
    return texts;
}

std::vector<ULONG> columns(IMAPITable* table, ULONG flags) {
    Buffer<SPropTagArray> tags;
    check(table->QueryColumns(flags, tags.put()), "IMAPITable::QueryColumns");
    const auto view = object::view_tags(tags.get());
    return {view.begin(), view.end()};
}

bool has_column(IMAPITable* table, ULONG tag) {
    for (const ULONG column : columns(table)) {
        if (PROP_ID(column) == PROP_ID(tag)) return true;
    }
    return false;
}

void StoreTest::SetUp() {
    static int number = 0;
    const String name = REMAPI_W("Test ") + text::decimal(static_cast<std::uint64_t>(++number));
    folder = make_folder(&world.subtree(), name.c_str());
}

void StoreTest::TearDown() {
    if (!folder) return;
    const Bytes id = id_of(folder.get());
    folder.reset();
    EXPECT_HR(S_OK, world.subtree().DeleteFolder(narrow_size(id.size()), as_entry(id), 0, nullptr,
                                                 DEL_MESSAGES | DEL_FOLDERS));
}

}  // namespace remapi::test
