// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/admin/service_entry.h"

#include "abi/guard.h"
#include "log/log.h"
#include "memory/buffer.h"
#include "session/admin/provider_admin.h"
#include "session/object/host.h"
#include "session/profile/services.h"
#include "spi/service_entry.h"
#include "text/text.h"

namespace remapi::session {
namespace {

constexpr ULONG kUiFlags = SERVICE_UI_ALLOWED | SERVICE_UI_ALWAYS | MSG_SERVICE_UI_READ_ONLY;

template <class Char>
LPTSTR linked_text(Buffer<MAPIERROR>& block, std::basic_string_view<Char> text) {
    return reinterpret_cast<LPTSTR>(block.link_text(text));
}

LPTSTR linked(Buffer<MAPIERROR>& block, const String& text, ULONG flags) {
    if (text.empty()) return nullptr;
    if (flags & MAPI_UNICODE) return linked_text(block, StringView(text));
    const std::string narrow = text::to_ansi(text);
    return linked_text(block, std::string_view(narrow));
}

}  // namespace

void ServiceError::keep(MAPIERROR* error) {
    const Buffer<MAPIERROR> owned = Buffer<MAPIERROR>::attach(error);
    const port::Lock lock(m_mutex);
    m_any = error != nullptr;
    if (!error) return;
    m_text = text::from_tstr(error->lpszError, MAPI_UNICODE);
    m_component = text::from_tstr(error->lpszComponent, MAPI_UNICODE);
    m_low_level = error->ulLowLevelError;
    m_context = error->ulContext;
}

HRESULT ServiceError::answer(ULONG flags, MAPIERROR** error) {
    if (!error) return MAPI_E_INVALID_PARAMETER;
    *error = nullptr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    const port::Lock lock(m_mutex);
    if (!m_any) return S_OK;
    Buffer<MAPIERROR> block = Buffer<MAPIERROR>::allocate();
    block->ulVersion = MAPI_ERROR_VERSION;
    block->lpszError = linked(block, m_text, flags);
    block->lpszComponent = linked(block, m_component, flags);
    block->ulLowLevelError = m_low_level;
    block->ulContext = m_context;
    *error = block.release();
    return S_OK;
}

bool has_entry(const Profile& profile, const MAPIUID& service) {
    const PropertyBag values = profile.read(service);
    return !values.text(PR_SERVICE_ENTRY_NAME).empty() &&
           !values.text(PR_SERVICE_DLL_NAME_W).empty();
}

HRESULT call_entry(const Profile& profile, const EntryCall& call, ServiceError& error) {
    error.keep(nullptr);
    if (!has_entry(profile, call.service)) return MAPI_E_NOT_INITIALIZED;
    const com::Ptr<IProviderAdmin> providers =
        com::make<ProviderAdmin>(profile, call.service, ProviderAdmin::Caller::Service);
    spi::ServiceCall request;
    request.host = make_profile_host(profile);
    request.service = identity_of_service(profile, call.service);
    request.entry_name = text::to_ansi(profile.read(call.service).text(PR_SERVICE_ENTRY_NAME));
    request.ui_param = call.window;
    request.flags = call.flags & kUiFlags;
    request.context = call.context;
    request.properties = call.values;
    request.providers = providers.get();
    MAPIERROR* said = nullptr;
    const HRESULT hr = abi::guard("the entry point of a service",
                                  [&] { return spi::call_service_entry(request, &said); });
    error.keep(said);
    return hr;
}

MAPIUID create_service(const Profile& profile, StringView service, StringView display_name,
                       ULONG_PTR window, ULONG flags, ServiceError& error) {
    const spi::ServiceFile file = spi::ServiceFile::load();
    const MAPIUID uid = add_service(profile, file, service, display_name);
    if (!has_entry(profile, uid)) return uid;
    const HRESULT hr = call_entry(profile, {uid, MSG_SERVICE_CREATE, window, flags, {}}, error);
    if (FAILED(hr)) {
        remove_service(profile, uid);
        throw Error(hr, "the service " + text::to_utf8(service) + " refused to be created");
    }
    return uid;
}

void delete_service(const Profile& profile, const MAPIUID& service, ServiceError& error) {
    if (has_entry(profile, service)) {
        const HRESULT hr = call_entry(profile, {service, MSG_SERVICE_DELETE, 0, 0, {}}, error);
        if (hr == MAPI_E_USER_CANCEL) throw Error(hr, "a service that stays");
        // Another failure, of a module that is no longer installed for instance, must not keep the
        // service in the profile for ever.
        if (FAILED(hr))
            REMAPI_WARN(Session, "a service failed while it was deleted: 0x%08x", unsigned(hr));
    }
    remove_service(profile, service);
}

}  // namespace remapi::session
