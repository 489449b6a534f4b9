// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/recipients.h"

#include <algorithm>
#include <set>

#include "format/one_off.h"
#include "format/search_key.h"
#include "spi/props.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

constexpr StringView kPersonalList = REMAPI_W("MAPIPDL");

void add_missing(PropertyBag& row, PropValue value, bool& changed) {
    if (row.find(value.tag())) return;
    row.set(std::move(value));
    changed = true;
}

// Bytes in a form that sets can order.
std::string text_of(BytesView bytes) {
    return std::string(bytes.begin(), bytes.end());
}

ULONG type_of(const PropertyBag& row) {
    return static_cast<ULONG>(row.number(PR_RECIPIENT_TYPE, MAPI_TO));
}

// Looks up the rows that name nobody yet.
void resolve(std::vector<PropertyBag>& rows, IAddrBook* addresses) {
    const AddressList list(rows);
    check(addresses->ResolveName(0, MAPI_UNICODE, nullptr, list.get()), "IAddrBook::ResolveName");
    std::vector<PropertyBag> resolved = list.rows();
    if (resolved.size() != rows.size())
        throw Error(MAPI_E_CALL_FAILED, "ResolveName lost recipients");
    rows = std::move(resolved);
}

/// One run over a message's recipients.
class Expansion {
public:
    explicit Expansion(SupportHost& host) : m_host(host) {}

    void add(PropertyBag row) {
        if (!complete_recipient(row, m_changed)) {
            std::vector<PropertyBag> one{std::move(row)};
            resolve(one, addresses());
            row = std::move(one.front());
            m_changed = true;
            complete_recipient(row, m_changed);
        }
        if (text::equal_ignoring_case(row.text(PR_ADDRTYPE_W), kPersonalList)) {
            add_members(row);
        } else {
            m_rows.push_back(std::move(row));
        }
    }

    void drop_repeated() {
        std::set<std::pair<ULONG, std::string>> seen;
        const auto repeated = [&](const PropertyBag& row) {
            const BytesView key = row.bytes(PR_SEARCH_KEY);
            return !key.empty() && !seen.emplace(type_of(row), text_of(key)).second;
        };
        const auto end = std::stable_partition(
            m_rows.begin(), m_rows.end(), [&](const PropertyBag& row) { return !repeated(row); });
        m_changed = m_changed || end != m_rows.end();
        m_rows.erase(end, m_rows.end());
    }

    bool changed() const noexcept { return m_changed; }
    const std::vector<PropertyBag>& rows() const noexcept { return m_rows; }

private:
    IAddrBook* addresses() {
        if (!m_addresses) m_addresses = m_host.address_book();
        return m_addresses.get();
    }

    // A list that contains itself is expanded once.
    void add_members(const PropertyBag& list) {
        m_changed = true;
        const Bytes entry = to_bytes(list.bytes(PR_ENTRYID));
        if (!m_lists.insert(text_of(entry)).second) return;
        com::Ptr<IDistList> opened;
        ULONG type = 0;
        check(addresses()->OpenEntry(narrow_size(entry.size()),
                                     reinterpret_cast<ENTRYID*>(const_cast<BYTE*>(entry.data())),
                                     &IID_IDistList, 0, &type, opened.put_as<IUnknown>()),
              "opening a personal distribution list");
        com::Ptr<IMAPITable> members;
        check(opened->GetContentsTable(MAPI_UNICODE, members.put()), "IDistList::GetContentsTable");
        const auto rows = read_rows(
            members.get(), {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
                            PR_SEARCH_KEY, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_SEND_RICH_INFO});
        for (PropertyBag member : rows) {
            member.set(PropValue(PR_RECIPIENT_TYPE, type_of(list)));
            add(std::move(member));
        }
    }

    SupportHost& m_host;
    com::Ptr<IAddrBook> m_addresses;
    std::vector<PropertyBag> m_rows;
    std::set<std::string> m_lists;
    bool m_changed = false;
};

bool wants(const Preprocessor& preprocessor, const PropertyBag& row) {
    const auto uid = format::entry_id_uid(row.bytes(PR_ENTRYID));
    if (preprocessor.has_uid && uid && same_uid(preprocessor.uid, *uid)) return true;
    return !preprocessor.address_type.empty() &&
           text::equal_ignoring_case(preprocessor.address_type, row.text(PR_ADDRTYPE_W));
}

}  // namespace

void prepare_resubmission(IMessage* message) {
    const PropertyBag flags = read_properties(message, {PR_MESSAGE_FLAGS});
    if ((flags.number(PR_MESSAGE_FLAGS) & MSGFLAG_RESEND) == 0) return;
    std::vector<PropertyBag> rows = read_recipients(message);
    for (PropertyBag& row : rows) {
        const ULONG type = type_of(row);
        const bool again = (type & MAPI_SUBMITTED) != 0;
        row.set(PropValue(PR_RECIPIENT_TYPE, again ? type & ~MAPI_SUBMITTED : ULONG{MAPI_P1}));
        row.set(PropValue(PR_RESPONSIBILITY, !again));
    }
    if (!rows.empty()) write_recipients(message, MODRECIP_MODIFY, rows);
}

bool complete_recipient(PropertyBag& row, bool& changed) {
    const bool named = !row.bytes(PR_ENTRYID).empty();
    if (!named && (row.text(PR_ADDRTYPE_W).empty() || row.text(PR_EMAIL_ADDRESS_W).empty()))
        return false;
    if (!named) {
        format::OneOff made{String(row.text(PR_DISPLAY_NAME_W)), String(row.text(PR_ADDRTYPE_W)),
                            String(row.text(PR_EMAIL_ADDRESS_W))};
        if (made.display_name.empty()) made.display_name = made.email_address;
        made.no_rich_info = !row.truth(PR_SEND_RICH_INFO);
        row.set(PropValue(PR_ENTRYID, format::encode_one_off(made)));
        changed = true;
    }
    if (const auto one_off = format::decode_one_off(row.bytes(PR_ENTRYID))) {
        add_missing(row, {PR_DISPLAY_NAME_W, one_off->display_name}, changed);
        add_missing(row, {PR_ADDRTYPE_W, one_off->address_type}, changed);
        add_missing(row, {PR_EMAIL_ADDRESS_W, one_off->email_address}, changed);
        add_missing(row, {PR_SEND_RICH_INFO, !one_off->no_rich_info}, changed);
    }
    const StringView type = row.text(PR_ADDRTYPE_W);
    const StringView address = row.text(PR_EMAIL_ADDRESS_W);
    if (!type.empty() && !address.empty()) {
        add_missing(row, {PR_SEARCH_KEY, format::recipient_search_key(type, address)}, changed);
    }
    add_missing(row, {PR_OBJECT_TYPE, MAPI_MAILUSER}, changed);
    add_missing(row, {PR_DISPLAY_TYPE, DT_MAILUSER}, changed);
    return true;
}

ULONG expand_recipients(IMessage* message, SupportHost& host) {
    Expansion expansion(host);
    for (PropertyBag& row : read_recipients(message)) expansion.add(std::move(row));
    expansion.drop_repeated();
    if (expansion.changed()) write_recipients(message, 0, expansion.rows());

    ULONG flags = NEEDS_SPOOLER;
    for (const Preprocessor& preprocessor : host.preprocessors()) {
        const auto& rows = expansion.rows();
        const auto concerned = [&](const PropertyBag& row) { return wants(preprocessor, row); };
        if (std::any_of(rows.begin(), rows.end(), concerned)) flags |= NEEDS_PREPROCESSING;
    }
    return flags;
}

}  // namespace remapi::spi
