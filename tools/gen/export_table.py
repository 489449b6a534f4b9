# SPDX-License-Identifier: LGPL-2.1-or-later
"""The export table as data: reads and validates mapi32/exports/{exports,functions}.tsv.

exports.tsv    one row per spelling and target: arch export ordinal function x86_arg_bytes
               x86_callconv family priority why status. The status is a fact of the function, so
               all rows of one function must agree: stub, partly or works.
functions.tsv  one row per function: what it returns while it is a stub, and its parameters, one
               letter each: i 32-bit number, w number as wide as a pointer, p pointer, o pointer to
               a pointer that receives a result, n pointer to a 32-bit number that receives one,
               f FILETIME by value; `-` for none.
"""
import collections
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXPORTS_PATH = os.path.join(ROOT, "mapi32", "exports", "exports.tsv")
FUNCTIONS_PATH = os.path.join(ROOT, "mapi32", "exports", "functions.tsv")

EXPORT_COLUMNS = ["arch", "export", "ordinal", "function", "x86_arg_bytes", "x86_callconv",
                  "family", "priority", "why", "status"]
FUNCTION_COLUMNS = ["function", "result", "parameters"]
ARCHITECTURES = ("i686", "x86_64", "linux")
# Rows without an ordinal are numbered from here on. Left to the linker they would get the lowest
# free ones, which mean other, private functions in the system DLL.
FIRST_OWN_ORDINAL = 1000
STATUSES = ("stub", "partly", "works")

# result -> (C++ type, value a stub returns)
RESULTS = {
    "hresult": ("int", 0x80040102),      # MAPI_E_NO_SUPPORT
    "simple": ("unsigned int", 26),      # MAPI_E_NOT_SUPPORTED of Simple MAPI
    "cmc": ("unsigned int", 21),         # CMC_E_NOT_SUPPORTED
    "zero": ("unsigned int", 0),         # FALSE, or a count of nothing
    "one": ("unsigned int", 1),          # MAPIInitIdle: not initialised
    "s_false": ("int", 1),               # DllCanUnloadNow: stay loaded
    "no_class": ("int", 0x80040111),     # CLASS_E_CLASSNOTAVAILABLE
    "filetime": ("unsigned long long", 0),
    "pointer": ("void*", 0),
    "void": ("void", None),
}
PARAMETER_TYPES = {"i": "unsigned int", "w": "void*", "p": "void*", "o": "void**",
                   "n": "unsigned int*", "f": "unsigned long long"}

Function = collections.namedtuple("Function", "name result parameters bytes callconv status")


class TableError(Exception):
    """The tables contradict themselves."""


def read_tsv(path, columns):
    with open(path, encoding="utf-8") as table:
        lines = [line.rstrip("\n").split("\t") for line in table if line.strip()]
    if not lines or lines[0] != columns:
        raise TableError(f"{path}: the columns must be {' '.join(columns)}")
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(columns):
            raise TableError(f"{path}:{number}: {len(line)} columns instead of {len(columns)}")
    return [dict(zip(columns, line)) for line in lines[1:]]


def argument_bytes(parameters):
    """What a stdcall function with these parameters pops on x86."""
    return sum(8 if letter == "f" else 4 for letter in parameters)


class ExportTable:
    """Both tables, checked against each other."""

    def __init__(self, exports_path=EXPORTS_PATH, functions_path=FUNCTIONS_PATH):
        self.rows = read_tsv(exports_path, EXPORT_COLUMNS)
        shapes = {}
        for row in read_tsv(functions_path, FUNCTION_COLUMNS):
            if row["function"] in shapes:
                raise TableError(f"functions.tsv: {row['function']} is listed twice")
            shapes[row["function"]] = row
        self._check_rows()
        self.functions = self._join(shapes)

    def _check_rows(self):
        names, ordinals = set(), set()
        for row in self.rows:
            label = f"exports.tsv: {row['arch']} {row['export']}"
            if row["arch"] not in ARCHITECTURES:
                raise TableError(f"{label}: unknown arch")
            if row["status"] not in STATUSES:
                raise TableError(f"{label}: status '{row['status']}' is none of {STATUSES}")
            if (row["arch"], row["export"]) in names:
                raise TableError(f"{label}: exported twice")
            names.add((row["arch"], row["export"]))
            if row["ordinal"]:
                if (row["arch"], row["ordinal"]) in ordinals:
                    raise TableError(f"{label}: ordinal {row['ordinal']} is given twice")
                ordinals.add((row["arch"], row["ordinal"]))

    def _join(self, shapes):
        functions = {}
        for row in self.rows:
            name = row["function"]
            if name not in shapes:
                raise TableError(f"functions.tsv has no row for {name}")
            shape = shapes[name]
            parameters = "" if shape["parameters"] == "-" else shape["parameters"]
            if shape["result"] not in RESULTS or set(parameters) - set(PARAMETER_TYPES):
                raise TableError(f"functions.tsv: {name}: unknown result or parameter letter")
            bytes_text = row["x86_arg_bytes"]
            if bytes_text and argument_bytes(parameters) != int(bytes_text):
                raise TableError(f"{name}: parameters '{parameters}' are "
                                 f"{argument_bytes(parameters)} bytes, exports.tsv says {bytes_text}")
            function = Function(name, shape["result"], parameters,
                                int(bytes_text) if bytes_text else None, row["x86_callconv"],
                                row["status"])
            if functions.setdefault(name, function) != function:
                raise TableError(f"exports.tsv: the rows of {name} disagree (bytes, convention or "
                                 "status); set the status with tools/gen/exports.py --set-status")
        unused = set(shapes) - set(functions)
        if unused:
            raise TableError(f"functions.tsv: not exported: {' '.join(sorted(unused))}")
        return functions

    def of(self, arch):
        return [row for row in self.rows if row["arch"] == arch]

    def with_ordinals(self, arch):
        """(row, ordinal) of each spelling of a PE target."""
        own, pairs = FIRST_OWN_ORDINAL, []
        for row in self.of(arch):
            pairs.append((row, int(row["ordinal"] or own)))
            own += 0 if row["ordinal"] else 1
        return pairs

    def functions_of(self, arch, statuses):
        """The functions of a target that have one of the statuses, in table order."""
        names = dict.fromkeys(row["function"] for row in self.of(arch))
        return [self.functions[name] for name in names if self.functions[name].status in statuses]


def set_status(function, status, path=EXPORTS_PATH):
    """Sets the status in every row of `function`."""
    if status not in STATUSES:
        raise TableError(f"status '{status}' is none of {' '.join(STATUSES)}")
    with open(path, encoding="utf-8") as table:
        lines = table.readlines()
    changed = 0
    for index, line in enumerate(lines):
        cells = line.rstrip("\n").split("\t")
        if index and cells[EXPORT_COLUMNS.index("function")] == function:
            cells[EXPORT_COLUMNS.index("status")] = status
            lines[index] = "\t".join(cells) + "\n"
            changed += 1
    if not changed:
        raise TableError(f"{path}: no function is called {function}")
    with open(path, "w", encoding="utf-8") as table:
        table.writelines(lines)
    return changed
