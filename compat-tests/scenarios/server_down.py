#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A call succeeds whether the server can be reached or not; what could not be sent waits and is sent once."""
import os
import sys

import scenario
from scenario import PROFILE, Server, free_port, require, wait_for


def waits_in_the_outbox_and_is_sent_once(machine, chance):
    port = free_port()
    machine.act("create", PROFILE, port)
    # The spooler that the call starts fails and waits for a later try; the flush must get the queue from it.
    machine.act("send", 1, "down", REMAPI_SPOOLER_START="auto", REMAPI_SPOOLER_RETRY_FIRST="20")
    wait_for(lambda: machine.queue()[0][3] == "1", "the spooler that was started does not try")
    require(machine.subjects("outbox") == ["down-1"], "the message does not wait in the Outbox")
    require(machine.queue()[0][4] != "", "the queue does not say why the message waits")
    server = Server(os.path.join(machine.folder, "mail"), port)
    try:
        lines = machine.act("flush", PROFILE, 60)
        require(lines[-1].startswith("sent=1 waiting=0 failed=0"), f"the flush says {lines}")
        require([s for _, s in server.accepted()] == ["down-1"], f"the server got {server.accepted()}")
        require(machine.queue() == [], "the message stays in the queue")
        require(machine.subjects("outbox") == [] and machine.subjects("sent") == ["down-1"],
                "the message is not in Sent Items alone")
    finally:
        server.close()


def submitting_starts_the_spooler(machine, chance):
    server = Server(os.path.join(machine.folder, "mail"))
    try:
        machine.act("create", PROFILE, server.port)
        machine.act("send", 5, "auto", REMAPI_SPOOLER_START="auto")
        wait_for(lambda: len(server.accepted()) >= 5, "not every message arrives")
        wait_for(lambda: not machine.queue(), "the queue does not become empty")
        arrived = sorted(subject for _, subject in server.accepted())
        require(arrived == [f"auto-{i}" for i in range(1, 6)], f"the server got {arrived}")
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(scenario.main(__doc__, [waits_in_the_outbox_and_is_sent_once, submitting_starts_the_spooler]))
