#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Programs load the library for one call and unload it at once, thousands of times in one process."""
import sys

import scenario
from scenario import PROFILE, require


def loading_and_unloading_does_not_add_up(machine, chance):
    count = 10000 if scenario.full() else 2000
    machine.act("create", PROFILE, 1)
    for line in machine.act("cycles", count, timeout=800, REMAPI_STORE_SYNCHRONOUS="normal"):
        print(line, flush=True)
    require(len(machine.queue()) == count, "not every message is in the queue")


if __name__ == "__main__":
    sys.exit(scenario.main(__doc__, [loading_and_unloading_does_not_add_up]))
