#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A message that the store cannot open any more keeps no other from being sent, is given up when its time is over
and stays in the queue, which says why."""
import glob
import os
import sqlite3
import sys

import scenario
from scenario import PROFILE, Server, require

GIVEN_UP = "given up after try 2, the message is kept: the store cannot work on it: "


def damage_first(folder):
    """Takes the properties of the message that was submitted first from under the store."""
    with sqlite3.connect(glob.glob(os.path.join(folder, "*.rms"))[0]) as store:
        store.execute("UPDATE message SET summary = x'00' "
                      "WHERE id = (SELECT message FROM outgoing ORDER BY sequence LIMIT 1)")


def a_damaged_message_is_given_up_and_kept(machine, chance):
    folder = os.path.join(machine.folder, "stores")
    os.mkdir(folder)
    machine.environment["REMAPI_STORE_FOLDER"] = machine.path(folder)
    with Server(os.path.join(machine.folder, "mail")) as server:
        machine.act("create", PROFILE, server.port)
        machine.act("send", 2, "message")
        damage_first(folder)
        machine.spool()
        require([subject for _, subject in server.accepted()] == ["message-2"],
                f"the server got {server.accepted()}: {machine.last_spool}")
        rows = machine.queue()
        require(len(rows) == 1 and rows[0][3] == "1" and "MAPI_E_CORRUPT_DATA" in rows[0][4], f"the queue says {rows}")
        machine.spool(REMAPI_SPOOLER_RETRY_LAST="0")
        rows = machine.queue()
        require(rows[0][3] == "2" and rows[0][4].startswith(GIVEN_UP), f"then the queue says {rows}")
        require(GIVEN_UP in machine.last_spool, f"the log says {machine.last_spool}")
        # From now on the spooler program neither tries it nor stays for it.
        code, _ = machine.run(machine.options.spooler, "--profile", PROFILE, REMAPI_SPOOLER_LINGER="600", timeout=60)
        require(code == 0 and machine.queue() == rows, f"a later spooler: {code}, {machine.queue()}")


if __name__ == "__main__":
    sys.exit(scenario.main(__doc__, [a_damaged_message_is_given_up_and_kept]))
