// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A MAPI message in memory, as a spooler would hand it to a transport.
#pragma once

#include "object/props/abi_value.h"
#include "object/props/bag_object.h"
#include "object/table/table_data.h"

namespace remapi::internet {

/// PR_ATTACH_DATA_BIN and the like are plain properties of the bag; an embedded message is
/// `message`.
class FakeAttachment final : public object::BagObject<FakeAttachment, IAttach> {
public:
    using Interfaces = com::Answers<IAttach, IMAPIProp>;
    FakeAttachment(PropertyBag bag, com::Ptr<IMessage> message)
        : object::BagObject<FakeAttachment, IAttach>(std::move(bag), true),
          m_message(std::move(message)) {}

    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override {
        if (tag == PR_ATTACH_DATA_OBJ && m_message) return m_message;
        return PropSource::open_property(owner, tag, iid, options, flags);
    }

private:
    friend class com::Object<FakeAttachment, IAttach>;
    ~FakeAttachment() = default;
    com::Ptr<IMessage> m_message;
};

class FakeMessage final : public object::BagObject<FakeMessage, IMessage> {
public:
    using Interfaces = com::Answers<IMessage, IMAPIProp>;
    FakeMessage() = default;

    int saves = 0;

    void add_recipient(ULONG type, StringView name, StringView address,
                       StringView address_type = REMAPI_W("SMTP")) {
        const auto number = static_cast<LONG>(m_recipients->size());
        m_recipients->add(
            {PropValue(PR_ROWID, number), PropValue(PR_RECIPIENT_TYPE, type),
             PropValue(PR_DISPLAY_NAME_W, name), PropValue(PR_EMAIL_ADDRESS_W, address),
             PropValue(PR_ADDRTYPE_W, address_type), PropValue(PR_RESPONSIBILITY, false)});
    }
    void add_attachment(PropertyBag bag, com::Ptr<IMessage> message = nullptr) {
        bag.set(PropValue(PR_ATTACH_NUM, static_cast<LONG>(m_attachments.size())));
        m_attachments.push_back(com::make<FakeAttachment>(std::move(bag), std::move(message)));
    }
    bool responsible(LONG row) const {
        const auto key = m_recipients->find(PropValue(PR_ROWID, row));
        return key && m_recipients->row(*key)->truth(PR_RESPONSIBILITY);
    }
    void save(ULONG) override { ++saves; }

    STDMETHODIMP GetAttachmentTable(ULONG flags, LPMAPITABLE* table) noexcept override {
        std::vector<PropertyBag> rows;
        for (const auto& attachment : m_attachments) {
            rows.push_back({*attachment->load(PR_ATTACH_NUM), *attachment->load(PR_ATTACH_METHOD)});
        }
        *table =
            object::make_table({PR_ATTACH_NUM, PR_ATTACH_METHOD}, std::move(rows), flags).detach();
        return S_OK;
    }
    STDMETHODIMP OpenAttach(ULONG number, LPCIID, ULONG, LPATTACH* attachment) noexcept override {
        if (number >= m_attachments.size()) return MAPI_E_NOT_FOUND;
        *attachment = com::Ptr<IAttach>(m_attachments[number]).detach();
        return S_OK;
    }
    STDMETHODIMP GetRecipientTable(ULONG flags, LPMAPITABLE* table) noexcept override {
        *table = m_recipients->open_view(flags).detach();
        return S_OK;
    }
    STDMETHODIMP ModifyRecipients(ULONG flags, LPADRLIST list) noexcept override {
        if (flags != MODRECIP_MODIFY) return MAPI_E_NO_SUPPORT;
        for (auto& values : object::from_abi(list)) {
            PropertyBag row(std::move(values));
            const PropValue* id = row.find(PR_ROWID);
            const auto key = id ? m_recipients->find(*id) : std::nullopt;
            if (!key) return MAPI_E_INVALID_PARAMETER;
            m_recipients->modify(*key, std::move(row));
        }
        return S_OK;
    }
    STDMETHODIMP CreateAttach(LPCIID, ULONG, ULONG*, LPATTACH*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP DeleteAttach(ULONG, ULONG_PTR, LPMAPIPROGRESS, ULONG) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP SubmitMessage(ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }
    STDMETHODIMP SetReadFlag(ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }

private:
    friend class com::Object<FakeMessage, IMessage>;
    ~FakeMessage() = default;

    std::shared_ptr<object::TableData> m_recipients = std::make_shared<object::TableData>(
        std::vector<ULONG>{PR_ROWID, PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W,
                           PR_ADDRTYPE_W, PR_RESPONSIBILITY},
        PR_ROWID);
    std::vector<com::Ptr<FakeAttachment>> m_attachments;
};

}  // namespace remapi::internet
