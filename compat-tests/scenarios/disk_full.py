#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The disk is full: the call says so, what it had accepted is whole, and nothing is left half-done."""
import os
import subprocess
import sys

import scenario
from scenario import PROFILE, Server, own_mounts, require

DISK_BYTES = 64 << 20
ROOM_BYTES = 256 << 10  # what the filler leaves
DISK_FULL = "MAPISendMailW: 4"  # MAPI_E_DISK_FULL of Simple MAPI


def small_disk(machine):
    """The store's folder on a disk of its own; returns the folder."""
    folder = os.path.join(machine.folder, "disk")
    os.mkdir(folder)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", folder], check=True)
    machine.environment["REMAPI_STORE_FOLDER"] = machine.path(folder)
    return folder


def a_full_disk_is_said_and_loses_nothing(machine, chance):
    server = Server(os.path.join(machine.folder, "mail"))
    folder = small_disk(machine)
    try:
        machine.act("create", PROFILE, server.port)
        machine.act("send", 1, "before")
        require(os.listdir(folder) != [], "the store is not on the small disk")
        filler = os.path.join(folder, "filler")
        with open(filler, "wb") as file:
            free = os.statvfs(folder)
            file.write(b"\0" * (free.f_bavail * free.f_frsize - ROOM_BYTES))
        code, lines = machine.run(machine.options.actions, "send", 2000, "full", timeout=300)
        sent = [line[len("sent "):] for line in lines if line.startswith("sent ")]
        require(code == 1 and DISK_FULL in machine.last_errors,
                f"after {len(sent)} messages: {code}, {machine.last_errors}")
        os.unlink(filler)
        waiting = sorted(entry[2] for entry in machine.queue())
        require(waiting == sorted(["before-1"] + sent), f"{len(sent)} were accepted, in the queue are {waiting}")
        require(sorted(machine.subjects("outbox")) == waiting, "Outbox and queue differ")
        machine.act("send", 1, "after")
        require(machine.spool() == 0, "the queue cannot be sent")
        arrived = sorted(subject for _, subject in server.accepted())
        require(arrived == sorted(waiting + ["after-1"]), f"the server got {arrived}")
    finally:
        server.close()
        subprocess.run(["umount", "--lazy", folder])


if __name__ == "__main__":
    own_mounts.enter()
    sys.exit(scenario.main(__doc__, [a_full_disk_is_said_and_loses_nothing]))
