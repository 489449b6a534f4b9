# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table of packages: packages.tsv, one row each."""

import dataclasses
import pathlib

DEPS = pathlib.Path(__file__).resolve().parent.parent
RECIPES = DEPS / "recipes"


class TableError(Exception):
    """packages.tsv, or a name given on the command line, is wrong."""


@dataclasses.dataclass(frozen=True)
class Package:
    """One row of packages.tsv."""

    name: str
    origin: str  # "apt" or "dpkg"
    source: str  # Debian source package, or the installed package
    policy: str  # pattern of upstream versions
    target: str  # "pe" or "all"
    needs: tuple

    @property
    def recipe(self):
        return RECIPES / self.name


def read_table():
    """The rows by name, in file order; every package follows those it needs."""
    table = {}
    for line in (DEPS / "packages.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, source, policy, target, needs, _licence, _why = line.split("\t")
        origin, _, source = source.partition(":")
        needs = tuple(needs.split(",")) if needs != "-" else ()
        unknown = [need for need in needs if need not in table]
        if unknown or origin not in ("apt", "dpkg") or target not in ("pe", "all"):
            raise TableError(f"packages.tsv: bad row {name} (needs {unknown or 'fine'})")
        table[name] = Package(name, origin, source, policy, target, needs)
    return table


def select(table, only):
    """The packages named in `only` (all, if None) and what they need, in table order."""
    if only is None:
        return list(table.values())
    wanted = set()

    def add(name):
        if name not in table:
            raise TableError(f"no package is called {name}; see packages.tsv")
        wanted.add(name)
        for need in table[name].needs:
            add(need)

    for name in only.split(","):
        add(name)
    return [package for package in table.values() if package.name in wanted]
