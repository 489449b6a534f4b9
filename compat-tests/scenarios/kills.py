#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kills sender and spooler at every named point of a message's way and at random moments. Afterwards
nothing may be lost, and at most one message per kill may have arrived twice: one whose state on disk was
"handing-over"."""
import collections
import os
import sys
import time

import scenario
from scenario import PROFILE, Server, require

SENDER_POINTS = ["submit.before-commit", "submit.after-commit", "notify.before-start"]
SPOOLER_POINTS = ["spooler.locked", "smtp.before-data", "smtp.after-data", "spooler.before-finish",
                  "store.finish.marked-done", "store.finish.moved"]
MESSAGES = 3


def rounds(machine, chance):
    """(who is killed, fault point or None for a random moment)."""
    total = 200 if scenario.full() else 20 if machine.native else 12
    plan = [("sender", point) for point in SENDER_POINTS] + [("spooler", point) for point in SPOOLER_POINTS]
    while len(plan) < total:
        plan.append((chance.choice(["sender", "spooler", "spooler"]), None))
    return plan


def nth(chance, point):
    return f"{point}:{chance.randint(1, MESSAGES)}"


def send(machine, prefix, who, point, chance, usual_seconds):
    """Sends MESSAGES messages; returns the subjects whose call returned success."""
    words = (machine.options.actions, "send", MESSAGES, prefix)
    if who == "sender" and point is None and machine.native:
        process = machine.start(*words)
        time.sleep(chance.uniform(0, usual_seconds))  # a moment of its own choice, not a wait for anything
        process.kill()
        lines = process.communicate()[0].splitlines()
    elif who == "sender":
        fault = nth(chance, point or chance.choice(SENDER_POINTS))
        code, lines = machine.run(*words, REMAPI_FAULT_POINT=fault)
        require(code != 0, f"the sender was not killed at {fault}")
    else:
        code, lines = machine.run(*words)
        require(code == 0, f"sending failed: {machine.last_errors}")
    return [line.split(" ", 1)[1] for line in lines if line.startswith("sent ")]


def kill_spooler(machine, point, chance, usual_seconds):
    if point is not None:
        fault = nth(chance, point)
        code = machine.spool(REMAPI_FAULT_POINT=fault)
        require(code != 0, f"the spooler was not killed at {fault}")
    elif machine.native:
        process = machine.start(machine.options.spooler, "--profile", PROFILE, "--once", "--now")
        time.sleep(chance.uniform(0, usual_seconds))
        process.kill()
        process.communicate()
    else:
        machine.run(machine.options.actions, "flush", PROFILE, 30, chance.randint(1, 1000))


def check(server, before, accepted_calls, handing_over, kill):
    """What arrived since `before` messages had been accepted."""
    arrived = server.accepted()[before:]
    subjects = {subject for _, subject in arrived}
    lost = [subject for subject in accepted_calls if subject not in subjects]
    require(not lost, f"lost by a kill at {kill}: {lost}")
    twice = {key: count for key, count in collections.Counter(key for key, _ in arrived).items() if count > 1}
    require(len(twice) <= 1 and all(count == 2 for count in twice.values()),
            f"arrived more than once by a kill at {kill}: {twice}")
    strangers = [key for key in twice if key not in handing_over]
    require(not strangers, f"arrived twice by a kill at {kill} without having been handing-over: {strangers}")
    return len(twice)


def usual_times(machine):
    """How long sender and spooler take undisturbed, so that random moments lie within."""
    start = time.monotonic()
    machine.act("send", MESSAGES, "undisturbed")
    middle = time.monotonic()
    require(machine.spool() == 0, f"the spooler fails undisturbed: {machine.last_errors}")
    return middle - start, time.monotonic() - middle


def kills_lose_nothing(machine, chance):
    server = Server(os.path.join(machine.folder, "mail"))
    try:
        machine.act("create", PROFILE, server.port)
        sender_seconds, spooler_seconds = usual_times(machine)
        require(len(server.accepted()) == MESSAGES, "undisturbed, not every message arrives once")
        twice = 0
        plan = rounds(machine, chance)
        for number, (who, point) in enumerate(plan):
            before = len(server.accepted())
            calls = send(machine, f"r{number}", who, point, chance, sender_seconds)
            if who == "spooler":
                kill_spooler(machine, point, chance, spooler_seconds)
            handing_over = {row[1] for row in machine.queue() if row[0] == "handing-over"}
            code = machine.spool()
            require(code == 0, f"the spooler after a kill at {point}: {code} {machine.last_errors}")
            left = machine.queue()
            require(not left, f"left in the queue after a kill at {point}: {left}")
            twice += check(server, before, calls, handing_over, point or "a random moment")
        filed = collections.Counter(machine.subjects("sent"))
        require(max(filed.values()) == 1, f"filed more than once: {[s for s, n in filed.items() if n > 1]}")
        arrived = {subject for _, subject in server.accepted()}
        require(arrived == set(filed), f"sent and filed differ: {arrived ^ set(filed)}")
        print(f"{len(plan)} kills, {len(arrived)} messages, {twice} arrived twice", flush=True)
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(scenario.main(__doc__, [kills_lose_nothing]))
