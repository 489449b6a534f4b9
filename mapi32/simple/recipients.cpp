// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/recipients.h"

#include "com/ptr.h"
#include "memory/buffer.h"
#include "simple/addresses.h"
#include "text/text.h"

namespace remapi::simple {
namespace {

class AddressBook {
public:
    explicit AddressBook(IMAPISession& session) : m_session(session) {
        const HRESULT hr = session.OpenAddressBook(0, nullptr, AB_NO_DIALOG, m_book.put());
        check(hr, "IMAPISession::OpenAddressBook");
    }

    ResolvedRecipient one_off(const ParsedRecipient& from) {
        ResolvedRecipient out;
        out.name = from.name.empty() ? from.address : from.name;
        out.type = from.type;
        out.address = from.address;
        ULONG size = 0;
        Buffer<ENTRYID> id;
        check(m_book->CreateOneOff(reinterpret_cast<LPTSTR>(unowned(out.name)),
                                   reinterpret_cast<LPTSTR>(unowned(out.type)),
                                   reinterpret_cast<LPTSTR>(unowned(out.address)),
                                   MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO, &size, id.put()),
              "IAddrBook::CreateOneOff");
        out.entry_id.assign(reinterpret_cast<const char*>(id.get()), size);
        return out;
    }

    ResolvedRecipient by_entry_id(const std::string& bytes) {
        ULONG type = 0;
        com::Ptr<IUnknown> opened;
        auto* id = reinterpret_cast<LPENTRYID>(const_cast<char*>(bytes.data()));
        const HRESULT hr = m_session.OpenEntry(narrow_size(bytes.size()), id, nullptr,
                                               MAPI_BEST_ACCESS, &type, opened.put());
        const com::Ptr<IMAPIProp> user = com::query<IMAPIProp>(opened.get());
        if (FAILED(hr) || !user)
            throw SimpleError(MAPI_E_INVALID_RECIPS, "an entry ID that cannot be opened");
        ResolvedRecipient out = read_properties(*user);
        out.entry_id = bytes;
        return out;
    }

    ResolvedRecipient by_name(const String& name) {
        // Two properties: the name to look up and, after resolution, whatever the address book
        // adds.
        auto list = Buffer<ADRLIST>::allocate_bytes(offsetof(ADRLIST, aEntries) + sizeof(ADRENTRY));
        list->cEntries = 1;
        list->aEntries[0].cValues = 1;
        auto value = Buffer<SPropValue>::allocate(1);
        value[0].ulPropTag = PR_DISPLAY_NAME_W;
        value[0].Value.lpszW = value.link_text(StringView(name));
        list->aEntries[0].rgPropVals = value.release();
        const OwnedList owned(list.release());
        const HRESULT hr = m_book->ResolveName(0, MAPI_UNICODE, nullptr, owned.get());
        if (hr == MAPI_E_AMBIGUOUS_RECIP) {
            throw SimpleError(MAPI_E_AMBIGUOUS_RECIPIENT, "several recipients match the name");
        }
        if (hr == MAPI_E_NOT_FOUND)
            throw SimpleError(MAPI_E_UNKNOWN_RECIPIENT, "nobody has the name");
        check(hr, "IAddrBook::ResolveName");
        const ADRENTRY& entry = owned.get()->aEntries[0];
        return from_values(entry.rgPropVals, entry.cValues);
    }

private:
    /// Frees the list and its rows, whichever the address book left in it.
    class OwnedList {
    public:
        explicit OwnedList(ADRLIST* list) : m_list(list) {}
        ~OwnedList() { memory::free_address_list(m_list); }
        OwnedList(const OwnedList&) = delete;
        OwnedList& operator=(const OwnedList&) = delete;
        ADRLIST* get() const noexcept { return m_list; }

    private:
        ADRLIST* m_list;
    };

    static ResolvedRecipient from_values(const SPropValue* values, ULONG count) {
        ResolvedRecipient out;
        for (ULONG i = 0; i < count; ++i) {
            const SPropValue& value = values[i];
            if (value.ulPropTag == PR_DISPLAY_NAME_W) out.name = text::view(value.Value.lpszW);
            if (value.ulPropTag == PR_ADDRTYPE_W) out.type = text::view(value.Value.lpszW);
            if (value.ulPropTag == PR_EMAIL_ADDRESS_W) out.address = text::view(value.Value.lpszW);
            if (value.ulPropTag == PR_ENTRYID) {
                out.entry_id.assign(reinterpret_cast<const char*>(value.Value.bin.lpb),
                                    value.Value.bin.cb);
            }
        }
        if (out.name.empty()) out.name = out.address;
        return out;
    }

    static ResolvedRecipient read_properties(IMAPIProp& user) {
        SizedSPropTagArray(4, tags) = {
            4, {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID}};
        ULONG count = 0;
        Buffer<SPropValue> values;
        check(user.GetProps(reinterpret_cast<LPSPropTagArray>(&tags), MAPI_UNICODE, &count,
                            values.put()),
              "IMAPIProp::GetProps");
        return from_values(values.get(), count);
    }

    IMAPISession& m_session;
    com::Ptr<IAddrBook> m_book;
};

}  // namespace

std::vector<ResolvedRecipient> resolve(IMAPISession& session,
                                       const std::vector<RecipientRequest>& requests) {
    std::vector<ResolvedRecipient> out;
    AddressBook book(session);
    for (const RecipientRequest& request : requests) {
        if (request.recipient_class == MAPI_ORIG) continue;  // quirk Q12: not a recipient
        const std::size_t first = out.size();
        if (!request.entry_id.empty()) {
            out.push_back(book.by_entry_id(request.entry_id));
        } else {
            const auto parsed = parse_recipient(request.name, request.address);
            if (parsed.empty())
                throw SimpleError(MAPI_E_UNKNOWN_RECIPIENT, "a recipient without a name");
            for (const ParsedRecipient& one : parsed) {
                out.push_back(one.address.empty() ? book.by_name(one.name) : book.one_off(one));
            }
        }
        for (std::size_t i = first; i < out.size(); ++i)
            out[i].recipient_class = request.recipient_class;
    }
    return out;
}

void add_recipients(IMessage& message, const std::vector<ResolvedRecipient>& recipients) {
    if (recipients.empty()) return;
    constexpr ULONG kColumns = 6;
    const std::size_t bytes =
        offsetof(ADRLIST, aEntries) + memory::array_bytes(recipients.size(), sizeof(ADRENTRY));
    auto list = Buffer<ADRLIST>::allocate_bytes(bytes);
    // The rows are not a provider's to free: they may live in one block of our own.
    auto values = Buffer<SPropValue>::allocate(recipients.size() * kColumns);
    list->cEntries = narrow_size(recipients.size());
    SPropValue* next = values.get();
    for (std::size_t i = 0; i < recipients.size(); ++i, next += kColumns) {
        const ResolvedRecipient& from = recipients[i];
        next[0].ulPropTag = PR_RECIPIENT_TYPE;
        next[0].Value.ul = from.recipient_class;
        next[1].ulPropTag = PR_DISPLAY_NAME_W;
        next[1].Value.lpszW = unowned(from.name);
        next[2].ulPropTag = PR_ADDRTYPE_W;
        next[2].Value.lpszW = unowned(from.type);
        next[3].ulPropTag = PR_EMAIL_ADDRESS_W;
        next[3].Value.lpszW = unowned(from.address);
        next[4].ulPropTag = PR_ENTRYID;
        next[4].Value.bin.cb = narrow_size(from.entry_id.size());
        next[4].Value.bin.lpb = reinterpret_cast<LPBYTE>(const_cast<char*>(from.entry_id.data()));
        next[5].ulPropTag = PR_RESPONSIBILITY;
        next[5].Value.b = FALSE;
        list->aEntries[i].cValues = kColumns;
        list->aEntries[i].rgPropVals = next;
    }
    check(message.ModifyRecipients(MODRECIP_ADD, list.get()), "IMessage::ModifyRecipients");
}

}  // namespace remapi::simple
