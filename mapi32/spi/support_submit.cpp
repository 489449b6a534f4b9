// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/guard.h"
#include "memory/buffer.h"
#include "spi/recipients.h"
#include "spi/report.h"
#include "spi/sent_mail.h"
#include "spi/support_object.h"
#include "text/text.h"

namespace remapi::spi {

// Page: mapi/imapisupport-registerpreprocessor.md
STDMETHODIMP Support::RegisterPreprocessor(LPMAPIUID uid, LPTSTR type, LPTSTR dll_name,
                                           LPSTR preprocess, LPSTR remove, ULONG flags) noexcept {
    return abi::guard("IMAPISupport::RegisterPreprocessor", [&]() -> HRESULT {
        if (!serves(ProviderKind::Transport)) return lacking("IMAPISupport::RegisterPreprocessor");
        if (!dll_name) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        Preprocessor entry;
        entry.transport_uid = m_provider.uid;
        entry.has_uid = uid != nullptr;
        if (uid) entry.uid = *uid;
        if (type) entry.address_type = text::from_tstr(type, flags);
        entry.dll_name = text::from_tstr(dll_name, flags);
        if (preprocess) entry.preprocess_name = preprocess;
        if (remove) entry.remove_name = remove;
        host()->register_preprocessor(entry);
        return S_OK;
    });
}

// Page: mapi/imapisupport-spooleryield.md
STDMETHODIMP Support::SpoolerYield(ULONG flags) noexcept {
    return abi::guard("IMAPISupport::SpoolerYield", [&]() -> HRESULT {
        if (!serves(ProviderKind::Transport)) return lacking("IMAPISupport::SpoolerYield");
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        return host()->delivery_cancelled(m_provider) ? MAPI_W_CANCEL_MESSAGE : S_OK;
    });
}

// Page: mapi/imapisupport-spoolernotify.md
STDMETHODIMP Support::SpoolerNotify(ULONG flags, LPVOID data) noexcept {
    return abi::guard("IMAPISupport::SpoolerNotify", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store, ProviderKind::Transport)) {
            return lacking("IMAPISupport::SpoolerNotify");
        }
        constexpr ULONG kStore = NOTIFY_NEWMAIL_RECEIVED | NOTIFY_READYTOSEND;
        constexpr ULONG kTransport = NOTIFY_NEWMAIL | NOTIFY_READYTOSEND | NOTIFY_SENTDEFERRED |
                                     NOTIFY_CRITSEC | NOTIFY_NONCRIT | NOTIFY_CONFIG_CHANGE |
                                     NOTIFY_CRITICAL_ERROR;
        const ULONG known = serves(ProviderKind::Store) ? kStore : kTransport;
        if ((flags & ~known) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if ((flags & NOTIFY_SENTDEFERRED) != 0 && (flags & NOTIFY_CRITICAL_ERROR) != 0) {
            return MAPI_E_INVALID_PARAMETER;  // both would use `data`
        }
        return host()->spooler_notify(m_provider, flags, data);
    });
}

// Page: mapi/imapisupport-readreceipt.md
STDMETHODIMP Support::ReadReceipt(ULONG flags, LPMESSAGE read, LPMESSAGE* empty) noexcept {
    return abi::guard("IMAPISupport::ReadReceipt", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::ReadReceipt");
        if (!read || !empty || !*empty) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~MAPI_NON_READ) != 0) return MAPI_E_UNKNOWN_FLAGS;
        compose_read_report(read, (flags & MAPI_NON_READ) == 0, *empty);
        return S_OK;
    });
}

// Page: mapi/imapisupport-preparesubmit.md
STDMETHODIMP Support::PrepareSubmit(LPMESSAGE message, ULONG* flags) noexcept {
    return abi::guard("IMAPISupport::PrepareSubmit", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::PrepareSubmit");
        if (!message) return MAPI_E_INVALID_PARAMETER;
        if (flags && *flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        prepare_resubmission(message);
        return S_OK;
    });
}

// Page: mapi/imapisupport-expandrecips.md
STDMETHODIMP Support::ExpandRecips(LPMESSAGE message, ULONG* flags) noexcept {
    return abi::guard("IMAPISupport::ExpandRecips", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::ExpandRecips");
        if (!message || !flags) return MAPI_E_INVALID_PARAMETER;
        *flags = 0;
        const std::shared_ptr<SupportHost> session = host();
        *flags = expand_recipients(message, *session);
        return S_OK;
    });
}

// No page describes it; the interface has it for the sake of its layout.
STDMETHODIMP Support::UpdatePAB(ULONG, LPMESSAGE) noexcept {
    return lacking("IMAPISupport::UpdatePAB");
}

// Page: mapi/imapisupport-dosentmail.md
STDMETHODIMP Support::DoSentMail(ULONG flags, LPMESSAGE message) noexcept {
    return abi::guard("IMAPISupport::DoSentMail", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::DoSentMail");
        if (!message) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        file_sent_message(host()->session().get(), message);
        message->Release();  // the page makes the message ours
        return S_OK;
    });
}

// No page describes it; preprocessors are the spooler's business.
STDMETHODIMP Support::Preprocess(ULONG, ULONG, LPENTRYID) noexcept {
    return lacking("IMAPISupport::Preprocess");
}

// Page: mapi/imapisupport-completemsg.md
STDMETHODIMP Support::CompleteMsg(ULONG flags, ULONG bytes, LPENTRYID entry) noexcept {
    return abi::guard("IMAPISupport::CompleteMsg", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::CompleteMsg");
        if (!entry || bytes == 0) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        return host()->complete_message(m_provider, view_bytes(entry, bytes));
    });
}

// Page: mapi/imapisupport-storelogofftransports.md
STDMETHODIMP Support::StoreLogoffTransports(ULONG* flags) noexcept {
    return abi::guard("IMAPISupport::StoreLogoffTransports", [&]() -> HRESULT {
        if (!serves(ProviderKind::Store)) return lacking("IMAPISupport::StoreLogoffTransports");
        if (!flags) return MAPI_E_INVALID_PARAMETER;
        return host()->store_logoff_transports(m_provider, *flags);
    });
}

// Page: mapi/imapisupport-statusrecips.md
STDMETHODIMP Support::StatusRecips(LPMESSAGE message, LPADRLIST recipients) noexcept {
    return abi::guard("IMAPISupport::StatusRecips", [&]() -> HRESULT {
        if (!serves(ProviderKind::Transport)) return lacking("IMAPISupport::StatusRecips");
        if (!message || !recipients) return MAPI_E_INVALID_PARAMETER;
        const HRESULT hr = host()->status_recipients(m_provider, message, *recipients);
        if (SUCCEEDED(hr)) memory::free_address_list(recipients);
        return hr;
    });
}

}  // namespace remapi::spi
