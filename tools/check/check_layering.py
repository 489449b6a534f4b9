#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Rooms include and link only rooms below them; providers only object/ and below.

Includes are written from mapi32/ ("abi/guard.h") or from the root ("providers/kit/...").
"""
import os
import re

import common

# Highest first; rooms of one line may use one another, but not in a circle.
LAYERS = [
    ["exports"],
    ["simple"],
    ["session"],
    ["ui", "spi", "spooler"],
    ["object", "notify"],
    ["format"],
    ["com", "memory", "text", "config"],
    ["abi"],
    ["log"],
    ["port"],
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
HIGHEST_FOR_PROVIDERS = LEVEL["object"]
SHARED_PROVIDER_FOLDERS = {"kit", "convert"}
# Exists to be tested against: unit tests of any room may know what it answers.
TEST_PROVIDER = "null"

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
LINKED = re.compile(r"\bremapi::(\w+)")


def owner_of(name):
    """("room", r) or ("provider", p) of a project file; None for what no rule binds."""
    parts = name.split("/")
    if parts[0] == "mapi32" and len(parts) > 2 and parts[1] in LEVEL:
        return "room", parts[1]
    if parts[0] == "providers" and len(parts) > 2:
        return "provider", parts[1]
    return None


def uses(root, name):
    """What a file includes or links: ("room" | "provider" | "path", which)."""
    text = common.read_text(root, name)
    if name.endswith("CMakeLists.txt"):
        text = re.sub(r"#[^\n]*", "", text)
        return [("room", room) for room in LINKED.findall(text) if room in LEVEL]
    found = []
    for path in INCLUDE.findall(text):
        parts = path.split("/")
        if ".." in parts:
            found.append(("path", path))
        elif parts[0] == "mapi32" and len(parts) > 2 and parts[1] in LEVEL:
            found.append(("room", parts[1]))
        elif parts[0] == "providers" and len(parts) > 2:
            found.append(("provider", parts[1]))
        elif len(parts) > 1 and parts[0] in LEVEL and \
                not os.path.exists(os.path.join(root, os.path.dirname(name), path)):
            found.append(("room", parts[0]))
    return found


def complaint(owner, used):
    """Why `owner` may not use `used`; empty when it may."""
    kind, which = used
    if kind == "path":
        return f'include "{which}" leaves its folder by ".."; write it from mapi32/'
    if owner[0] == "provider":
        if kind == "provider" and which != owner[1] and which not in SHARED_PROVIDER_FOLDERS:
            return f"provider {owner[1]} uses provider {which}"
        if kind == "room" and LEVEL[which] < HIGHEST_FOR_PROVIDERS:
            return f"provider {owner[1]} uses {which}/; providers may use object/ and below"
        return ""
    if kind == "provider":
        return f"{owner[1]}/ uses a provider's code ({which})"
    if LEVEL[which] < LEVEL[owner[1]]:
        return f"{owner[1]}/ uses {which}/, which lies above it"
    return ""


def circles(edges):
    """Pairs of rooms of one layer that reach each other."""
    def reaches(start, goal, seen):
        for following in edges.get(start, ()):
            if following == goal:
                return True
            if following not in seen:
                seen.add(following)
                if reaches(following, goal, seen):
                    return True
        return False
    return sorted({tuple(sorted((a, b))) for a in edges for b in edges[a]
                   if a != b and reaches(b, a, set())})


def problems(root):
    found, edges = [], {}
    for name in common.project_files(root):
        owner = owner_of(name)
        if owner is None or not name.endswith((".h", ".cpp", ".c", "CMakeLists.txt")):
            continue
        for used in uses(root, name):
            if used == ("provider", TEST_PROVIDER) and name.endswith("_test.cpp"):
                continue
            why = complaint(owner, used)
            if why:
                found.append(f"{name}: {why}")
            elif owner[0] == used[0] == "room" and owner[1] != used[1]:
                edges.setdefault(owner[1], set()).add(used[1])
    found += [f"mapi32/{a} and mapi32/{b} use each other" for a, b in circles(edges)]
    return found


if __name__ == "__main__":
    common.main(problems, takes_build=False)
