// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/mapi/errors.h"

#include <cstdio>

#include "format/error_names.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {
namespace {

struct Advice {
    HRESULT code;
    const char* text;
};

constexpr Advice kAdvice[] = {
    {MAPI_E_LOGON_FAILED, "no such profile, or no default profile; see `remapi profile list`"},
    {MAPI_E_UNCONFIGURED, "a service of the profile lacks settings; see `remapi profile show`"},
    {MAPI_E_FAILONEPROVIDER, "one provider could not be opened; see `remapi doctor`"},
    {MAPI_E_NO_ACCESS, "it exists already, or access is denied"},
    {MAPI_E_BUSY, "another program is at work on it; try again"},
    {MAPI_E_TIMEOUT, "it took too long"},
    {MAPI_E_NOT_ENOUGH_DISK, "the disk is full"},
    {MAPI_E_NO_SUPPORT, "this version of mapi32 cannot do that"},
    {MAPI_E_DISK_ERROR, "reading or writing the disk failed"},
    {MAPI_E_CORRUPT_STORE, "the message store is damaged"},
    {MAPI_E_VERSION, "it was written by a later version"},
};

struct SimpleAdvice {
    ULONG code;
    const char* text;
};

constexpr SimpleAdvice kSimpleAdvice[] = {
    {MAPI_E_LOGIN_FAILURE, "no such profile, or no default profile; see `remapi profile list`"},
    {MAPI_E_ATTACHMENT_NOT_FOUND, "a file to attach does not exist"},
    {MAPI_E_ATTACHMENT_OPEN_FAILURE, "a file to attach cannot be read"},
    {MAPI_E_UNKNOWN_RECIPIENT, "no recipient was named"},
    {MAPI_E_BAD_RECIPTYPE, "a recipient is none"},
    {MAPI_E_DISK_FULL, "the disk is full"},
};

}  // namespace

std::string explain(HRESULT hr) {
    char number[16] = {};
    std::snprintf(number, sizeof number, "0x%08X", static_cast<unsigned>(hr));
    const char* const name = format::hresult_name(hr);
    std::string text = name ? std::string(name) + " (" + number + ")" : std::string(number);
    for (const Advice& advice : kAdvice) {
        if (advice.code == hr) text += std::string(": ") + advice.text;
    }
    return text;
}

HRESULT require(HRESULT hr, const std::string& what) {
    if (!FAILED(hr)) return hr;
    const bool absent = hr == static_cast<HRESULT>(MAPI_E_NOT_FOUND);
    throw Failure(absent ? ExitCode::NotFound : ExitCode::Failed, what + ": " + explain(hr));
}

void require_simple(ULONG code, const std::string& what) {
    if (code == SUCCESS_SUCCESS) return;
    const char* const name = format::simple_mapi_name(code);
    std::string text =
        name ? std::string(name) + " (" + std::to_string(code) + ")" : std::to_string(code);
    for (const SimpleAdvice& advice : kSimpleAdvice) {
        if (advice.code == code) text += std::string(": ") + advice.text;
    }
    throw Failure(ExitCode::Failed, what + ": " + text);
}

}  // namespace remapi::tool
