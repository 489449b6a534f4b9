// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property tags and interfaces of Remapi's own that cross module borders: profile settings of our
// providers (provider-private range 0x6600-0x67EF; secrets in MAPI's secure range 0x67F0-0x67FF,
// page: mapi/property-identifier-ranges.md) and the spooler's private face. Frozen: profiles keep
// them.
#pragma once

#include "abi/mapi.h"

namespace remapi {

// Profile section of the local message store provider.
constexpr ULONG kTagStorePath = PROP_TAG(PT_UNICODE, 0x6610);  ///< absolute path of the store file

// Profile section of the Internet transport provider.
constexpr ULONG kTagSmtpHost = PROP_TAG(PT_UNICODE, 0x6620);
constexpr ULONG kTagSmtpPort = PROP_TAG(PT_LONG, 0x6621);
constexpr ULONG kTagSmtpSecurity = PROP_TAG(PT_UNICODE, 0x6622);  ///< "tls", "starttls" or "none"
constexpr ULONG kTagSmtpCaFile =
    PROP_TAG(PT_UNICODE, 0x6623);  ///< absolute path; absent: the system's trust
constexpr ULONG kTagSmtpUser = PROP_TAG(PT_UNICODE, 0x6624);  ///< absent: no authentication
constexpr ULONG kTagSenderName = PROP_TAG(PT_UNICODE, 0x6625);
constexpr ULONG kTagSenderAddress = PROP_TAG(PT_UNICODE, 0x6626);
constexpr ULONG kTagSmtpPassword =
    PROP_TAG(PT_UNICODE, 0x67F0);  ///< kept protected by the profile store

// Profile section of the profile itself (MUID_PROFILE_INSTANCE's section).
constexpr ULONG kTagSendPolicy = PROP_TAG(PT_UNICODE, 0x6640);  ///< "prompt", "send" or "draft"

// A message in the outgoing queue, for `remapi queue` and the person at the screen.
constexpr ULONG kTagQueueState =
    PROP_TAG(PT_UNICODE, 0x6650);  ///< "queued", "handing-over", "done"
constexpr ULONG kTagQueueLastError = PROP_TAG(PT_UNICODE, 0x6651);  ///< why the last try failed
constexpr ULONG kTagQueueTries = PROP_TAG(PT_LONG, 0x6652);
constexpr ULONG kTagQueueNextTry = PROP_TAG(PT_SYSTIME, 0x6653);
/// kTagQueueNextTry of a message that was given up: it stays, and is tried on request only.
constexpr std::uint64_t kQueueNextTryNever = 0x7FFFFFFFFFFFFFFF;
/// The Internet message id, angle brackets included: made at submission, kept for ever.
constexpr ULONG kTagInternetMessageId = PROP_TAG(PT_UNICODE, 0x1035);

/// Key under which a store tells its host, through IMAPISupport::Notify, that a message was
/// committed to its outgoing queue. Another MAPI has no subscriber for it, which is harmless.
constexpr char kOutgoingQueueKey[] = "remapi.outgoing-queue";

/// The spooler's private face, asked for at a session with QueryInterface by our spooler program
/// and command line. {7C1F4E52-3B7D-4C0A-9A56-52454D415049}
struct IRemapiSpooler : IUnknown {
    /// Works off the outgoing queue of every store of the profile.
    /// @param timeout_ms  gives up waiting after this time; the messages stay queued
    /// @param flags       kSpoolOnce: one try for each message that is due; kSpoolNow: also
    /// messages
    ///                    whose next try lies in the future
    /// @param sent, waiting, failed  [out] messages handed over, left in the queue, returned as
    /// undeliverable Errors: MAPI_E_BUSY when another spooler owns the queue and does not finish in
    /// time.
    virtual HRESULT STDMETHODCALLTYPE RunQueue(ULONG flags, ULONG timeout_ms, ULONG* sent,
                                               ULONG* waiting, ULONG* failed) = 0;
};
constexpr ULONG kSpoolOnce = 0x1;
constexpr ULONG kSpoolNow = 0x2;

constexpr GUID kIidRemapiSpooler = {
    0x7C1F4E52, 0x3B7D, 0x4C0A, {0x9A, 0x56, 0x52, 0x45, 0x4D, 0x41, 0x50, 0x49}};

/// What our store offers the spooler beside IMsgStore, asked for with QueryInterface.
/// {7C1F4E54-3B7D-4C0A-9A56-52454D415049}
struct IRemapiQueueNotes : IUnknown {
    /// Keeps what came of the last try of a message in the outgoing queue without opening it, which
    /// may be what failed. The message waits again.
    /// @param next_try  file time; kQueueNextTryNever
    /// @param reason    kTagQueueLastError; UTF-16
    /// Errors: MAPI_E_NOT_IN_QUEUE, MAPI_E_INVALID_ENTRYID.
    virtual HRESULT STDMETHODCALLTYPE NoteTry(ULONG entry_size, LPENTRYID entry, ULONG tries,
                                              ULONGLONG next_try, LPCWSTR reason) = 0;
};
constexpr GUID kIidRemapiQueueNotes = {
    0x7C1F4E54, 0x3B7D, 0x4C0A, {0x9A, 0x56, 0x52, 0x45, 0x4D, 0x41, 0x50, 0x49}};

}  // namespace remapi
