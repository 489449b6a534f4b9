// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/addressbook/one_off_user.h"

#include "format/search_key.h"

namespace remapi::session {

PropertyBag one_off_properties(const format::OneOff& one_off, BytesView entry_id) {
    return PropertyBag{
        {PR_DISPLAY_NAME_W, one_off.display_name},
        {PR_ADDRTYPE_W, one_off.address_type},
        {PR_EMAIL_ADDRESS_W, one_off.email_address},
        {PR_TRANSMITABLE_DISPLAY_NAME_W, one_off.display_name},
        {PR_ENTRYID, entry_id},
        {PR_RECORD_KEY, entry_id},
        {PR_SEARCH_KEY, format::recipient_search_key(one_off.address_type, one_off.email_address)},
        {PR_OBJECT_TYPE, MAPI_MAILUSER},
        {PR_DISPLAY_TYPE, DT_MAILUSER},
        {PR_SEND_RICH_INFO, !one_off.no_rich_info}};
}

}  // namespace remapi::session
