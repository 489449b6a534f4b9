# SPDX-License-Identifier: LGPL-2.1-or-later
"""Mounts that nobody else sees, for tests that need another file system or another trust store."""
import os
import shutil
import subprocess
import sys

NOT_RUN = 77
TRUST = "/etc/ssl/certs"  # where the system's TLS libraries look
BUNDLE = "ca-certificates.crt"


def enter():
    """Starts this program again where it may mount and nobody else sees it. Ends it where that cannot be."""
    if os.environ.pop("REMAPI_OWN_MOUNTS", None):
        return
    options = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
    if subprocess.run(["unshare", *options, "true"]).returncode != 0:
        print("no mount of one's own can be made here")
        sys.exit(NOT_RUN)
    os.environ["REMAPI_OWN_MOUNTS"] = "1"
    os.execvp("unshare", ["unshare", *options, sys.executable, *sys.argv])


def trust_of_own(folder):
    """Puts a copy of the authorities that this machine trusts in their place, within enter()'s mounts.

    Returns the variable by which compat-tests/harness/system_trust.h finds the copy and may change it.
    """
    os.makedirs(folder, exist_ok=True)
    shutil.copy(os.path.join(TRUST, BUNDLE), folder)
    subprocess.run(["mount", "--bind", folder, TRUST], check=True)
    return {"REMAPI_TEST_SYSTEM_TRUST": os.path.join(folder, BUNDLE)}
