// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/guard.h"
#include "spi/copy_engine.h"
#include "spi/silent_progress.h"
#include "spi/support_object.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

/// `object`, which the caller says has the interface `iid`, as `Interface`.
template <class Interface>
com::Ptr<Interface> as(void* object, const IID* iid) {
    if (!object || !iid)
        throw Error(MAPI_E_INVALID_PARAMETER, "copying without an object or its interface");
    auto* unknown = static_cast<IUnknown*>(object);
    com::Ptr<IUnknown> named;
    const HRESULT hr = unknown->QueryInterface(*iid, reinterpret_cast<void**>(named.put()));
    com::Ptr<Interface> found = com::query<Interface>(unknown);
    if (FAILED(hr) || !found)
        throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "copying between objects of this kind");
    return found;
}

/// Folder methods may leave the interface out.
com::Ptr<IMAPIFolder> as_folder(void* object, const IID* iid) {
    return as<IMAPIFolder>(object, iid ? iid : &IID_IMAPIFolder);
}

CopyOptions options(ULONG flags, ULONG move_flag, ULONG dialog_flag, IMAPIProgress* progress) {
    CopyOptions result;
    result.move = (flags & move_flag) != 0;
    result.progress = (flags & dialog_flag) != 0 ? progress : nullptr;
    return result;
}

void refuse_same(IMAPIProp* source, IMAPIProp* target) {
    if (source == target) throw Error(MAPI_E_NO_ACCESS, "copying an object onto itself");
}

}  // namespace

// Page: mapi/imapisupport-copymessages.md
STDMETHODIMP Support::CopyMessages(LPCIID source_iid, LPVOID source, LPENTRYLIST messages,
                                   LPCIID target_iid, LPVOID target, ULONG_PTR,
                                   LPMAPIPROGRESS progress, ULONG flags) noexcept {
    return abi::guard("IMAPISupport::CopyMessages", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::CopyMessages");
        if (!messages) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~(MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK)) != 0)
            return MAPI_E_UNKNOWN_FLAGS;
        return copy_messages(as_folder(source, source_iid).get(), *messages,
                             as_folder(target, target_iid).get(),
                             options(flags, MESSAGE_MOVE, MESSAGE_DIALOG, progress));
    });
}

// Page: mapi/imapisupport-copyfolder.md
STDMETHODIMP Support::CopyFolder(LPCIID source_iid, LPVOID source, ULONG bytes, LPENTRYID entry,
                                 LPCIID target_iid, LPVOID target, LPTSTR name, ULONG_PTR,
                                 LPMAPIPROGRESS progress, ULONG flags) noexcept {
    return abi::guard("IMAPISupport::CopyFolder", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::CopyFolder");
        if (!entry || bytes == 0) return MAPI_E_INVALID_PARAMETER;
        constexpr ULONG kKnown =
            COPY_SUBFOLDERS | FOLDER_DIALOG | FOLDER_MOVE | MAPI_UNICODE | MAPI_DECLINE_OK;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const bool recursive = (flags & (COPY_SUBFOLDERS | FOLDER_MOVE)) != 0;
        return copy_folder(as_folder(source, source_iid).get(), view_bytes(entry, bytes),
                           as_folder(target, target_iid).get(),
                           name ? text::from_tstr(name, flags) : String(), recursive,
                           options(flags, FOLDER_MOVE, FOLDER_DIALOG, progress));
    });
}

// Page: mapi/imapisupport-docopyto.md
STDMETHODIMP Support::DoCopyTo(LPCIID source_iid, LPVOID source, ULONG excluded_count,
                               LPCIID excluded, LPSPropTagArray excluded_tags, ULONG_PTR,
                               LPMAPIPROGRESS progress, LPCIID target_iid, LPVOID target,
                               ULONG flags, LPSPropProblemArray* problems) noexcept {
    return abi::guard("IMAPISupport::DoCopyTo", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::DoCopyTo");
        if (problems) *problems = nullptr;
        if (excluded_tags && excluded_tags->cValues == 0) return MAPI_E_INVALID_PARAMETER;
        if (excluded_count != 0 && !excluded) return MAPI_E_INVALID_PARAMETER;
        const auto from = as<IMAPIProp>(source, source_iid);
        const auto to = as<IMAPIProp>(target, target_iid);
        refuse_same(from.get(), to.get());
        CopyOptions how = options(flags, MAPI_MOVE, MAPI_DIALOG, progress);
        how.keep_existing = (flags & MAPI_NOREPLACE) != 0;
        copy_object(from.get(), {excluded, excluded_count}, excluded_tags, to.get(), how, problems);
        return S_OK;
    });
}

// Page: mapi/imapisupport-docopyprops.md
STDMETHODIMP Support::DoCopyProps(LPCIID source_iid, LPVOID source, LPSPropTagArray included,
                                  ULONG_PTR, LPMAPIPROGRESS progress, LPCIID target_iid,
                                  LPVOID target, ULONG flags,
                                  LPSPropProblemArray* problems) noexcept {
    return abi::guard("IMAPISupport::DoCopyProps", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::DoCopyProps");
        if (problems) *problems = nullptr;
        if (!included || included->cValues == 0) return MAPI_E_INVALID_PARAMETER;
        const auto from = as<IMAPIProp>(source, source_iid);
        const auto to = as<IMAPIProp>(target, target_iid);
        refuse_same(from.get(), to.get());
        CopyOptions how = options(flags, MAPI_MOVE, MAPI_DIALOG, progress);
        how.keep_existing = (flags & MAPI_NOREPLACE) != 0;
        copy_properties(from.get(), *included, to.get(), how, problems);
        return S_OK;
    });
}

// Page: mapi/imapisupport-doprogressdialog.md
STDMETHODIMP Support::DoProgressDialog(ULONG_PTR, ULONG flags, LPMAPIPROGRESS* progress) noexcept {
    return abi::guard("IMAPISupport::DoProgressDialog", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store, ProviderKind::AddressBook)) {
            return lacking("IMAPISupport::DoProgressDialog");
        }
        if (!progress) return MAPI_E_INVALID_PARAMETER;
        *progress = nullptr;
        if ((flags & ~MAPI_TOP_LEVEL) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *progress = com::make<SilentProgress>(flags).detach();
        return S_OK;
    });
}

}  // namespace remapi::spi
