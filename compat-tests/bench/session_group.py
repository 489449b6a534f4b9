# SPDX-License-Identifier: LGPL-2.1-or-later
"""The group `session` of tools/bench: loading, logging on, sending."""
import json
import os
import statistics

from driver import NATIVE, PROFILE, Failure, alternate, milliseconds, run, unused_port

PE = ["pe-x86_64", "pe-i686"]
PRESETS = [NATIVE] + PE
SETTLING_CYCLES, CYCLES = 500, 10000

# What is limited is a ratio unless the row has a unit. Growth: less than a byte a cycle, two pages in all.
LOAD = {"workload": "load, MAPIInitialize, MAPILogonEx, OpenMsgStore", "target": 4, "unit": "ms"}
WINE_LOAD = {"workload": "LoadLibrary, MAPILogonEx, Logoff ÷ LoadLibrary of Wine's mapi32", "target": 1.0}
SEND = {"workload": "MAPISendMail 5 KB until the server has it ÷ libcurl on a reused connection + durable save",
        "target": 1.5}
BURST = {"workload": "200 × MAPISendMail in a burst: connections to the server", "target": 1,
         "unit": "connections", "noise": False}
ATTACHMENT = {"workload": "MAPISendMail with 1 MB until it returns ÷ file write + fsync + durable save",
              "target": 1.5}
GROWTH = {"workload": f"{CYCLES:,} × logon, resolve, logoff: growth of resident memory", "target": 8,
          "unit": "KiB", "noise": False}


def native_load(context, _preset):
    environment = context.native_environment("load")
    program, library = context.program(NATIVE, "load_logon"), context.library(NATIVE)
    run([context.program(NATIVE, "make_profile"), library, PROFILE, unused_port()], environment)
    early = set()

    def sample(*words):
        lines = run([program, *words], environment).splitlines()
        if words[0] != "load":
            early.update(lines[1:])
        return float(lines[0])
    _, ours, reference = alternate(context, lambda: sample("open-store", library, PROFILE),
                                   lambda: sample("load", library))
    note = f"loaded before anything is sent: {', '.join(sorted(early))}" if early else ""
    return [dict(LOAD, ratio=ours * 1e3, ours=milliseconds(ours), reference=f"dlopen {milliseconds(reference)}",
                 pairs=context.pairs, note=note)]


def wine_load(context, preset):
    wine, arch, prefix = context.top / "toolchains" / "wine", preset[len("pe-"):], context.scratch / preset
    base = dict(os.environ, REMAPI_WINEPREFIX=str(prefix), REMAPI_LOG=os.environ.get("REMAPI_LOG", "-all"))
    our_environment = dict(base, REMAPI_WINE_OVERRIDES="mapi32=n")
    wine_environment = dict(base, REMAPI_WINE_OVERRIDES="mapi32=b")

    def program(name, environment, *words):
        return run([wine / "run", arch, context.program(preset, name), *words], environment)

    def sample(environment, *words):
        return float(program("load_logon", environment, *words).split()[0])
    run([wine / "prefix", "create", arch, prefix], base)
    try:
        program("make_profile", our_environment, context.library(preset), PROFILE, unused_port())
        ratio, ours, reference = alternate(
            context, lambda: sample(our_environment, "logon", context.library(preset), PROFILE),
            lambda: sample(wine_environment, "load", "mapi32.dll"))
    finally:
        run([wine / "prefix", "remove", prefix], base)
    return [dict(WINE_LOAD, ratio=ratio, ours=milliseconds(ours), reference=milliseconds(reference),
                 pairs=context.pairs)]


def runs_of(results, name):
    """The runs of one benchmark; Failure when one of them failed."""
    runs = [entry for entry in results if entry["run_type"] == "iteration" and entry["run_name"].startswith(name)]
    for entry in runs:
        if entry.get("error_occurred"):
            raise Failure(entry.get("error_message", "failed"))
    if not runs:
        raise Failure(f"no results of {name}")
    return runs


def paired_row(row, results, name):
    runs = runs_of(results, name)
    middle = {key: statistics.median(entry[key] for entry in runs) for key in ("ratio", "ours_ms", "reference_ms")}
    return dict(row, ratio=middle["ratio"], ours=milliseconds(middle["ours_ms"] / 1e3),
                reference=milliseconds(middle["reference_ms"] / 1e3), pairs=len(runs))


def burst_row(results):
    entry = runs_of(results, "burst")[0]
    return dict(BURST, ratio=entry["connections"], ours=f"{entry['real_time'] / entry['messages']:.3g} ms a message",
                note=f"the {entry['messages']:.0f} calls alone took {entry['calls_ms'] / 1e3:.3g} s")


def native_send(context, _preset):
    environment = context.native_environment("send")
    folder, results = context.scratch / "reference", context.scratch / "send.json"
    folder.mkdir()
    run([context.program(NATIVE, "send_mail"), f"--benchmark_out={results}", "--benchmark_out_format=json",
         context.library(NATIVE), PROFILE, folder], environment)
    results = json.loads(results.read_text(encoding="utf-8"))["benchmarks"]
    makers = ((SEND, lambda: paired_row(SEND, results, "send_5k")), (BURST, lambda: burst_row(results)),
              (ATTACHMENT, lambda: paired_row(ATTACHMENT, results, "send_1m")))
    rows = []
    for row, make in makers:
        try:
            rows.append(make())
        except Failure as failure:
            rows.append(not_measured(row, failure))
    return rows


def native_cycles(context, _preset):
    environment = context.native_environment("cycles")
    library = context.library(NATIVE)
    run([context.program(NATIVE, "make_profile"), library, PROFILE, unused_port()], environment)
    growth, seconds = run([context.program(NATIVE, "logon_cycles"), library, PROFILE, SETTLING_CYCLES, CYCLES],
                          environment).split()
    return [dict(GROWTH, ratio=int(growth) / 1024, ours=f"{milliseconds(float(seconds))} a cycle")]


def not_measured(row, failure):
    return dict(row, ratio=None, note=f"not measured: {failure}")


# Builds, rows, and what measures these.
WORKLOADS = (([NATIVE], (LOAD,), native_load), ([NATIVE], (SEND, BURST, ATTACHMENT), native_send),
             ([NATIVE], (GROWTH,), native_cycles), (PE, (WINE_LOAD,), wine_load))


def measure(context):
    """Every row of the group; those that could not be measured have a ratio of None."""
    measured = []
    for presets, rows, workload in WORKLOADS:
        for preset in presets:
            if preset not in context.builds:
                continue
            context.say(f"bench: {', '.join(row['workload'] for row in rows)} ({preset})")
            try:
                found = workload(context, preset)
            except Failure as failure:
                found = [not_measured(row, failure) for row in rows]
            measured += [dict(row, build=preset) for row in found]
    return measured
