#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A program ends while another of its threads sends: it neither crashes nor hangs, and what was submitted is sent."""
import os
import sys

import scenario
from scenario import PROFILE, Server, require


def the_process_ends_and_the_store_is_whole(machine, chance):
    server = Server(os.path.join(machine.folder, "mail"))
    try:
        machine.act("create", PROFILE, server.port)
        submitted = 0
        for number in range(20 if machine.native or scenario.full() else 8):
            code, lines = machine.run(machine.options.actions, "exit-while-sending", number % 4, timeout=30)
            require(code == 0 and lines == ["leaving"], f"ended with {code}: {lines} {machine.last_errors}")
            submitted += number % 4
        waiting = len(machine.queue())
        require(waiting >= submitted, f"{submitted} calls had returned, {waiting} messages are in the queue")
        require(machine.spool() == 0 and machine.queue() == [], f"the queue cannot be sent: {machine.last_errors}")
        require(len(server.accepted()) == waiting, f"{waiting} were in the queue, {len(server.accepted())} arrived")
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(scenario.main(__doc__, [the_process_ends_and_the_store_is_whole]))
