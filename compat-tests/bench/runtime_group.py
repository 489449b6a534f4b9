# SPDX-License-Identifier: LGPL-2.1-or-later
"""The group `runtime` of tools/bench: the calls against Wine's, tables against bare algorithms."""
import math
import os
import shutil

from driver import NATIVE, Failure, run

PE = ["pe-x86_64", "pe-i686"]
PRESETS = [NATIVE] + PE
# A table's rows; growth is what the larger costs over what the smaller does.
MANY, FEW = 100_000, 1_000

# What runtime_calls calls it, what it is, and the most it may take of what Wine's builtin takes.
CALLS = (
    ("buffer", "MAPIAllocateBuffer + Free", 0.4),
    ("buffer+10", "buffer + 10 More, free", 0.25),
    ("buffer+1000", "buffer + 1,000 More, free", 0.02),
    ("2000 buffers", "2,000 live blocks of 320 B", 0.5),
    ("ScCountProps", "ScCountProps 40", 0.15),
    ("ScCopyProps", "ScCopyProps 40", 0.5),
    ("ScRelocProps", "ScRelocProps 40, there and back", 0.7),
    ("UlPropSize", "UlPropSize × 40", 0.6),
    ("PropCopyMore", "PropCopyMore × 40", 0.3),
    ("LPropCompareProp LONG", "LPropCompareProp LONG", 1.0),
    ("LPropCompareProp BINARY", "LPropCompareProp BINARY", 1.0),
    ("LPropCompareProp UNICODE", "LPropCompareProp UNICODE 40", 0.2),
    ("FPropContainsProp", "FPropContainsProp substring, ignore case, 4 KB", 0.03),
    ("HexFromBin", "HexFromBin 2 KB", 0.3),
    ("FBinFromHex", "FBinFromHex 2 KB", 0.3),
    ("LpValFindProp", "LpValFindProp, 40th", 1.0),
    ("SetProps", "IPropData SetProps 40", 0.5))
MEAN = {"workload": "geometric mean of the calls", "target": 0.30}
WORST = {"workload": "the slowest of the calls", "target": 1.0}

# What table_calls calls it, what it is, what its seconds are multiplied with, unit and target.
AT_MOST = (
    ("add", "add all rows, each", 1e6, "µs", 1),
    ("add bytes", "memory of a row", 1 / 1024, "KB", 0.9),
    ("query 50", "SeekRow and QueryRows(50), anywhere", 1e6, "µs", 15),
    ("query all", "QueryRows of all", 1e3, "ms", 130),
    ("restrict", "Restrict substring, ignore case", 1e3, "ms", 17),
    ("find", "FindRow on the sort key", 1e6, "µs", 20))
# Over the limit that was measured in turn.
OVER_LIMIT = (
    ("sort text", "SortTable on a string ÷ std::sort of (string, id)", 4),
    ("sort number", "SortTable on a number ÷ std::sort of (number, id)", 1.5),
    ("sort time", "SortTable on a time ÷ std::sort of (time, id)", 1.5))
GROWTH = (
    ("query 50", "SeekRow and QueryRows(50), anywhere", 2),
    ("find", "FindRow on the sort key", 2),
    ("change", "add or delete a row, sorted view open", 2))
CHANGE = {"workload": f"add or delete a row, sorted view open, {FEW:,} rows", "target": 2, "unit": "µs"}


def duration(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def results(text):
    """What a program printed, by name: its numbers, or why there are none."""
    found = {}
    for line in text.splitlines():
        name, *parts = line.split("\t")
        if len(parts) == 2 and parts[0] == "failed":
            found[name] = parts[1]
        elif len(parts) in (2, 3):
            found[name] = tuple(float(part) for part in parts)
    return found


def numbers_of(found, name):
    if not isinstance(found.get(name), tuple):
        raise Failure(found.get(name, "not done"))
    return found[name]


def made(row, make):
    """The row with what `make` adds, or with why it could not be measured."""
    try:
        return dict(row, **make())
    except Failure as failure:
        return not_measured(row, failure)


def call_row(found, name, pairs):
    ratio, ours, reference = numbers_of(found, name)
    return {"ratio": ratio, "ours": duration(ours * 1e-9), "reference": duration(reference * 1e-9),
            "pairs": pairs}


def wine_calls(context, preset):
    wine, arch, prefix = context.top / "toolchains" / "wine", preset[len("pe-"):], context.scratch / preset
    environment = dict(os.environ, REMAPI_WINEPREFIX=str(prefix), REMAPI_WINE_OVERRIDES="mapi32=b",
                       REMAPI_LOG=os.environ.get("REMAPI_LOG", "-all"))
    # Under another name, because Wine takes two modules of one name for the same.
    ours = context.scratch / f"remapi-{arch}.dll"
    shutil.copyfile(context.library(preset), ours)
    run([wine / "prefix", "create", arch, prefix], environment)
    try:
        found = results(run([wine / "run", arch, context.program(preset, "runtime_calls"), ours, "mapi32.dll",
                             context.pairs], environment))
    finally:
        run([wine / "prefix", "remove", prefix], environment)
    rows = [made({"workload": label, "target": target}, lambda name=name: call_row(found, name, context.pairs))
            for name, label, target in CALLS]
    ratios = [row["ratio"] for row in rows]
    if None in ratios:
        return rows + [not_measured(row, Failure("not every call was measured")) for row in (MEAN, WORST)]
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    return rows + [dict(MEAN, ratio=mean), dict(WORST, ratio=max(ratios))]


def limit_row(found, name):
    ours, limit = numbers_of(found, name)
    return {"ratio": ours / limit, "ours": duration(ours), "reference": duration(limit)}


def growth_row(many, few, name):
    large, small = numbers_of(many, name)[0], numbers_of(few, name)[0]
    return {"ratio": large / small, "ours": duration(large), "reference": duration(small)}


def absolute_row(found, name, factor):
    value, limit = numbers_of(found, name)
    return {"ratio": value * factor, "reference": f"memcpy {duration(limit)}" if limit else None}


def native_tables(context, _preset):
    environment = context.native_environment("tables")

    def measured(rows):
        return results(run([context.program(NATIVE, "table_calls"), context.library(NATIVE), rows, context.pairs],
                           environment))
    many, few = measured(MANY), measured(FEW)
    size = f", {MANY:,} rows"
    rows = [made({"workload": label + size, "target": target, "unit": unit},
                 lambda name=name, factor=factor: absolute_row(many, name, factor))
            for name, label, factor, unit, target in AT_MOST]
    rows += [made({"workload": label + size, "target": target}, lambda name=name: limit_row(many, name))
             for name, label, target in OVER_LIMIT]
    rows += [made({"workload": f"{label}: {MANY:,} rows ÷ {FEW:,}", "target": target},
                  lambda name=name: growth_row(many, few, name)) for name, label, target in GROWTH]
    rows.append(made(CHANGE, lambda: absolute_row(few, "change", 1e6)))
    return [dict(row, pairs=context.pairs) for row in rows]


def not_measured(row, failure):
    return dict(row, ratio=None, note=f"not measured: {failure}")


# Builds, what the group says when all of it fails, and what measures it.
WORKLOADS = ((PE, {"workload": "the calls ÷ those of Wine's builtin", "target": 1.0}, wine_calls),
             ([NATIVE], {"workload": "tables of CreateTable", "target": 1.0}, native_tables))


def measure(context):
    """Every row of the group; those that could not be measured have a ratio of None."""
    rows = []
    for presets, whole, workload in WORKLOADS:
        for preset in presets:
            if preset not in context.builds:
                continue
            context.say(f"bench: {whole['workload']} ({preset})")
            try:
                found = workload(context, preset)
            except Failure as failure:
                found = [not_measured(whole, failure)]
            rows += [dict(row, build=preset) for row in found]
    return rows
