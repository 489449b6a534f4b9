// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config/config.h"

namespace remapi::config {
namespace {

constexpr Option kOptions[] = {
    {"send.policy", "REMAPI_SEND_POLICY", "prompt", "prompt|send|draft",
     "What a program's request to send does: ask the person first, send at once, or keep a draft. "
     "A profile may set its own."},
    {"spooler.start", "REMAPI_SPOOLER_START", "auto", "auto|never",
     "Whether submitting a message starts the spooler program."},
    {"spooler.linger", "REMAPI_SPOOLER_LINGER", "300", "",
     "Seconds for which the spooler program waits for messages that are to be tried again, before "
     "it ends."},
    {"spooler.retry-first", "REMAPI_SPOOLER_RETRY_FIRST", "30", "",
     "Seconds until the second try of a message that could not be sent; doubled for each further "
     "try."},
    {"spooler.retry-last", "REMAPI_SPOOLER_RETRY_LAST", "172800", "",
     "Seconds after submission at which a message that still cannot be sent comes back as "
     "undeliverable."},
    {"smtp.timeout", "REMAPI_SMTP_TIMEOUT", "60", "",
     "Seconds for which a server may stay silent."},
    {"store.synchronous", "REMAPI_STORE_SYNCHRONOUS", "full", "full|normal",
     "full: a submitted or saved message survives a power failure; normal: faster, it survives a "
     "crash."},
    {"store.folder", "REMAPI_STORE_FOLDER", "", "",
     "Folder for new message stores. Empty: below the user's local application data."},
    {"store.keep-deleted-days", "REMAPI_STORE_KEEP_DELETED_DAYS", "14", "",
     "Days for which what was deleted from a message store can be restored; it is removed for good "
     "when the store is opened next. 0: at once."},
    {"ui.dialogs", "REMAPI_DIALOGS", "yes", "yes|no",
     "Whether message boxes may be shown. No: what they would say goes to the log."},
};

}  // namespace

std::span<const Option> options() noexcept {
    return kOptions;
}

}  // namespace remapi::config
