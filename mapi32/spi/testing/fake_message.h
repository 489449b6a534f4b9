// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A message for tests: properties and recipients in memory, no attachments.
#pragma once

#include "object/props/abi_value.h"
#include "object/props/bag_object.h"
#include "object/table/table_data.h"
#include "spi/props.h"

namespace remapi::spi::testing {

class FakeMessage final : public object::BagObject<FakeMessage, IMessage> {
public:
    using Interfaces = com::Answers<IMessage, IMAPIProp>;
    explicit FakeMessage(PropertyBag values = {}, std::vector<PropertyBag> rows = {})
        : BagObject(std::move(values), true), recipients(std::move(rows)) {
        number_rows();
    }

    STDMETHODIMP GetAttachmentTable(ULONG flags, LPMAPITABLE* table) noexcept override {
        *table = object::make_table({PR_ATTACH_NUM}, {}, flags).detach();
        return S_OK;
    }
    STDMETHODIMP OpenAttach(ULONG, LPCIID, ULONG, LPATTACH*) noexcept override {
        return MAPI_E_NOT_FOUND;
    }
    STDMETHODIMP CreateAttach(LPCIID, ULONG, ULONG*, LPATTACH*) noexcept override {
        ++attach_calls;
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP DeleteAttach(ULONG, ULONG_PTR, LPMAPIPROGRESS, ULONG) noexcept override {
        return MAPI_E_NOT_FOUND;
    }
    STDMETHODIMP GetRecipientTable(ULONG flags, LPMAPITABLE* table) noexcept override {
        std::vector<ULONG> columns;
        for (const PropertyBag& row : recipients) {
            for (const ULONG tag : row.tags()) {
                if (std::find(columns.begin(), columns.end(), tag) == columns.end())
                    columns.push_back(tag);
            }
        }
        if (columns.empty()) columns.push_back(PR_ROWID);
        *table = object::make_table(columns, recipients, flags).detach();
        return S_OK;
    }
    STDMETHODIMP ModifyRecipients(ULONG flags, LPADRLIST list) noexcept override {
        ++modify_calls;
        if (flags == 0) recipients.clear();
        for (PropertyBag& row : rows_of(*list)) {
            if ((flags & MODRECIP_MODIFY) != 0) {
                recipients.at(static_cast<std::size_t>(row.number(PR_ROWID))) = std::move(row);
            } else {
                recipients.push_back(std::move(row));
            }
        }
        number_rows();
        return S_OK;
    }
    STDMETHODIMP SubmitMessage(ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }
    STDMETHODIMP SetReadFlag(ULONG) noexcept override { return S_OK; }

    PropertyBag values() { return snapshot(); }

    std::vector<PropertyBag> recipients;
    int modify_calls = 0;
    int attach_calls = 0;

private:
    template <class, class, class...>
    friend class com::Object;
    ~FakeMessage() = default;

    void number_rows() {
        for (std::size_t i = 0; i < recipients.size(); ++i)
            recipients[i].set(PropValue(PR_ROWID, i));
    }
};

}  // namespace remapi::spi::testing
