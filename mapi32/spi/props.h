// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Reading and writing other objects' properties through their interfaces, with values that we own.
#pragma once

#include <initializer_list>
#include <vector>

#include "com/ptr.h"
#include "object/props/property_bag.h"

namespace remapi::spi {

/// An entry identifier as MAPI's in-parameters take it, which are not const. Valid as long as
/// `bytes`.
inline ENTRYID* as_entry(BytesView bytes) noexcept {
    return reinterpret_cast<ENTRYID*>(const_cast<BYTE*>(bytes.data()));
}

/// Those of `tags` that `object` has. Throws what GetProps answers.
PropertyBag read_properties(IMAPIProp* object, std::initializer_list<ULONG> tags);
/// Sets all of `values`; single ones that the object refuses are passed over. Throws what SetProps
/// answers.
void write_properties(IMAPIProp* object, const PropertyBag& values);

/// Every row of `table` with every column it can have. Throws what the table answers.
std::vector<PropertyBag> read_rows(IMAPITable* table);
/// The same with these columns.
std::vector<PropertyBag> read_rows(IMAPITable* table, std::initializer_list<ULONG> columns);

/// The recipients of a message.
std::vector<PropertyBag> read_recipients(IMessage* message);
/// IMessage::ModifyRecipients. `flags`: 0 (replace all), MODRECIP_ADD, MODRECIP_MODIFY,
/// MODRECIP_REMOVE.
void write_recipients(IMessage* message, ULONG flags, const std::vector<PropertyBag>& rows);

/// An address list in blocks of its own that frees itself.
class AddressList {
public:
    explicit AddressList(const std::vector<PropertyBag>& rows);
    ~AddressList();
    AddressList(const AddressList&) = delete;
    AddressList& operator=(const AddressList&) = delete;
    ADRLIST* get() const noexcept { return m_list; }
    /// What the list holds now: a callee may have replaced rows.
    std::vector<PropertyBag> rows() const;

private:
    ADRLIST* m_list;
};

/// The rows of a list that came across the ABI.
std::vector<PropertyBag> rows_of(const ADRLIST& list);

}  // namespace remapi::spi
