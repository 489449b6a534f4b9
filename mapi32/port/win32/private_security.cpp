// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/win32/private_security.h"

namespace remapi::port {

PrivateSecurity::PrivateSecurity() noexcept {
    if (!read_user()) return;
    const PSID user = reinterpret_cast<const TOKEN_USER*>(m_user)->User.Sid;
    auto* const list = reinterpret_cast<ACL*>(m_list);
    if (!InitializeAcl(list, sizeof(m_list), ACL_REVISION)) return;
    const DWORD inherited = OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE;
    if (!AddAccessAllowedAceEx(list, ACL_REVISION, inherited, FILE_ALL_ACCESS, user)) return;
    if (!InitializeSecurityDescriptor(&m_descriptor, SECURITY_DESCRIPTOR_REVISION)) return;
    if (!SetSecurityDescriptorDacl(&m_descriptor, TRUE, list, FALSE)) return;
    if (!SetSecurityDescriptorControl(&m_descriptor, SE_DACL_PROTECTED, SE_DACL_PROTECTED)) return;
    m_attributes.nLength = sizeof(m_attributes);
    m_attributes.lpSecurityDescriptor = &m_descriptor;
    m_attributes.bInheritHandle = FALSE;
    m_valid = true;
}

bool PrivateSecurity::read_user() noexcept {
    HANDLE token = nullptr;
    // What a thread makes belongs to the user whom it impersonates.
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token) &&
        !OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
        return false;
    }
    DWORD length = 0;
    const BOOL told = GetTokenInformation(token, TokenUser, m_user, sizeof(m_user), &length);
    CloseHandle(token);
    return told != FALSE;
}

}  // namespace remapi::port
