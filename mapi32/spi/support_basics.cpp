// SPDX-License-Identifier: LGPL-2.1-or-later
#include <utility>

#include "abi/guard.h"
#include "format/guid.h"
#include "format/wrapped_entry_id.h"
#include "log/log.h"
#include "memory/allocator.h"
#include "object/props/abi_value.h"
#include "object/storage/storage_from_stream.h"
#include "spi/invalid_object.h"
#include "spi/notify_engine.h"
#include "spi/support_object.h"
#include "text/text.h"

namespace remapi::spi {

HRESULT lacking(const char* method) noexcept {
    log::not_supported(method);
    return MAPI_E_NO_SUPPORT;
}

com::Ptr<IMAPISupport> make_support(std::shared_ptr<SupportHost> host,
                                    const ProviderIdentity& provider) {
    return com::make<Support>(std::move(host), provider);
}

void close_support(IMAPISupport* support) noexcept {
    static_cast<Support*>(support)->close();
}

Support::Support(std::shared_ptr<SupportHost> host, const ProviderIdentity& provider)
    : m_provider(provider), m_host(std::move(host)) {}

Support::~Support() {
    close();
}

void Support::close() noexcept {
    std::set<ULONG_PTR> connections;
    std::shared_ptr<SupportHost> host;  // let go of after the lock
    {
        const port::Lock lock(m_mutex);
        connections.swap(m_connections);
        host.swap(m_host);
    }
    abi::guard("IMAPISupport::Release", [&]() -> HRESULT {
        for (const ULONG_PTR connection : connections) NotifyEngine::the().unsubscribe(connection);
        return S_OK;
    });
}

std::shared_ptr<SupportHost> Support::host() {
    const port::Lock lock(m_mutex);
    if (!m_host) throw Error(MAPI_E_END_OF_SESSION, "the session of this support object has ended");
    return m_host;
}

// Page: mapi/imapisupport-getlasterror.md. There is never more to say than the code.
STDMETHODIMP Support::GetLastError(HRESULT, ULONG flags, LPMAPIERROR* error) noexcept {
    if (!error) return MAPI_E_INVALID_PARAMETER;
    *error = nullptr;
    return (flags & ~MAPI_UNICODE) != 0 ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

// Page: mapi/imapisupport-getmemallocroutines.md
STDMETHODIMP Support::GetMemAllocRoutines(LPALLOCATEBUFFER* allocate, LPALLOCATEMORE* more,
                                          LPFREEBUFFER* free) noexcept {
    if (!allocate || !more || !free) return MAPI_E_INVALID_PARAMETER;
    const memory::Routines& routines = memory::routines();
    *allocate = routines.allocate;
    *more = routines.more;
    *free = routines.free;
    return S_OK;
}

// Page: mapi/imapisupport-modifystatusrow.md
STDMETHODIMP Support::ModifyStatusRow(ULONG count, LPSPropValue values, ULONG flags) noexcept {
    return abi::guard("IMAPISupport::ModifyStatusRow", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::ModifyStatusRow");
        if (count != 0 && !values) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~STATUSROW_UPDATE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        host()->modify_status_row(m_provider, std::span<const SPropValue>(values, count),
                                  (flags & STATUSROW_UPDATE) != 0);
        return S_OK;
    });
}

// Page: mapi/imapisupport-openprofilesection.md
STDMETHODIMP Support::OpenProfileSection(LPMAPIUID uid, ULONG flags, LPPROFSECT* section) noexcept {
    return abi::guard("IMAPISupport::OpenProfileSection", [&]() -> HRESULT {
        if (!section) return MAPI_E_INVALID_PARAMETER;
        *section = nullptr;
        constexpr ULONG kKnown = MAPI_MODIFY | MAPI_DEFERRED_ERRORS;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *section =
            host()->open_profile_section(m_provider, uid ? *uid : m_provider.uid, flags).detach();
        return S_OK;
    });
}

// Page: mapi/imapisupport-newuid.md
STDMETHODIMP Support::NewUID(LPMAPIUID uid) noexcept {
    return abi::guard("IMAPISupport::NewUID", [&]() -> HRESULT {
        if (!uid) return MAPI_E_INVALID_PARAMETER;
        *uid = format::new_uid();
        return S_OK;
    });
}

// Page: mapi/imapisupport-makeinvalid.md
STDMETHODIMP Support::MakeInvalid(ULONG flags, LPVOID object, ULONG references,
                                  ULONG methods) noexcept {
    return abi::guard("IMAPISupport::MakeInvalid", [&]() -> HRESULT {
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        return make_invalid(object, references, methods);
    });
}

// Page: mapi/imapisupport-setprovideruid.md
STDMETHODIMP Support::SetProviderUID(LPMAPIUID uid, ULONG flags) noexcept {
    return abi::guard("IMAPISupport::SetProviderUID", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store, ProviderKind::AddressBook)) {
            return lacking("IMAPISupport::SetProviderUID");
        }
        if (!uid) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        host()->register_provider_uid(m_provider, *uid);
        return S_OK;
    });
}

// Page: mapi/imapisupport-modifyprofile.md
STDMETHODIMP Support::ModifyProfile(ULONG flags) noexcept {
    return abi::guard("IMAPISupport::ModifyProfile", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::ModifyProfile");
        if ((flags & ~MDB_TEMPORARY) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if ((flags & MDB_TEMPORARY) == 0) host()->keep_store_in_profile(m_provider);
        return S_OK;
    });
}

// Page: mapi/imapisupport-wrapstoreentryid.md
STDMETHODIMP Support::WrapStoreEntryID(ULONG bytes, LPENTRYID entry, ULONG* wrapped_bytes,
                                       LPENTRYID* wrapped) noexcept {
    return abi::guard("IMAPISupport::WrapStoreEntryID", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::WrapStoreEntryID");
        if (!wrapped_bytes || !wrapped || !entry) return MAPI_E_INVALID_PARAMETER;
        *wrapped_bytes = 0;
        *wrapped = nullptr;
        const Bytes result = format::wrap_store_entry_id(text::to_ansi(m_provider.dll_name),
                                                         view_bytes(entry, bytes));
        *wrapped = object::pack_entry_id(result);
        *wrapped_bytes = narrow_size(result.size());
        return S_OK;
    });
}

// Page: mapi/imapisupport-getsvcconfigsupportobj.md
STDMETHODIMP Support::GetSvcConfigSupportObj(ULONG flags, LPMAPISUP* support) noexcept {
    return abi::guard("IMAPISupport::GetSvcConfigSupportObj", [&]() -> HRESULT {
        if (!support) return MAPI_E_INVALID_PARAMETER;
        *support = nullptr;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        ProviderIdentity service = m_provider;
        service.kind = ProviderKind::Service;
        *support = make_support(host(), service).detach();
        return S_OK;
    });
}

// Page: mapi/imapisupport-doconfigpropsheet.md. Property sheets belong to the user interface, which
// this subsystem does not have yet: services are configured by the values they are given.
STDMETHODIMP Support::DoConfigPropsheet(ULONG_PTR, ULONG, LPTSTR, LPMAPITABLE, LPMAPIPROP,
                                        ULONG) noexcept {
    return lacking("IMAPISupport::DoConfigPropsheet");
}

// Page: mapi/imapisupport-istoragefromstream.md
STDMETHODIMP Support::IStorageFromStream(LPUNKNOWN stream, LPCIID iid, ULONG flags,
                                         LPSTORAGE* storage) noexcept {
    return abi::guard("IMAPISupport::IStorageFromStream", [&]() -> HRESULT {
        if (storage) *storage = nullptr;
        if (!serves_provider()) return lacking("IMAPISupport::IStorageFromStream");
        return object::storage_from_stream(stream, iid, flags, storage);
    });
}

// Page: mapi/imapigetsession-getmapisession.md
STDMETHODIMP Support::GetMAPISession(IUnknown** session) noexcept {
    return abi::guard("IMAPIGetSession::GetMAPISession", [&]() -> HRESULT {
        if (!session) return MAPI_E_INVALID_PARAMETER;
        *session = nullptr;
        *session = host()->session().detach();
        return S_OK;
    });
}

}  // namespace remapi::spi
