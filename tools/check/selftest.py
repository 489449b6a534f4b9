#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Proves that every check can fail: each is given a good tree, then the same with one fault."""
import os
import subprocess
import sys
import tempfile

import check_conventions
import check_exports
import check_file_size
import check_format
import check_layering
import check_readme
import check_static_destructors
import check_visibility
import common
import fixtures

import export_table
import exports

L = fixtures.LICENCE_LINE
GOOD = {"mapi32/com/a.h": L + '#include "abi/guard.h"\n', "mapi32/abi/guard.h": L,
        "providers/kit/kit.h": L + '#include "object/table.h"\n', "mapi32/object/table.h": L,
        "mapi32/spi/host.cpp": L + '#include "object/table.h"\n',
        "mapi32/com/CMakeLists.txt": "#" + L[2:] + "remapi_room(NAME com DEPENDS remapi::abi)\n"}

# (check, what is wrong, files that are wrong)
SOURCE_FAULTS = [
    (check_layering, "an include that points up", {"mapi32/abi/b.cpp": L + '#include "spi/host.h"\n'}),
    (check_layering, "an include from a folder two levels down that points up",
     {"mapi32/port/posix/b.cpp": L + '#include "log/log.h"\n'}),
    (check_layering, "an include by ..", {"mapi32/abi/b.cpp": L + '#include "../com/a.h"\n'}),
    (check_layering, "rooms of one layer in a circle",
     {"mapi32/com/b.cpp": L + '#include "text/t.h"\n', "mapi32/text/t.h": L + '#include "com/a.h"\n'}),
    (check_layering, "a link line that points up",
     {"mapi32/com/CMakeLists.txt": "remapi_room(NAME com DEPENDS remapi::session)\n"}),
    (check_layering, "a provider that uses the host's side",
     {"providers/null/n.cpp": L + '#include "spi/host.h"\n'}),
    (check_layering, "a provider that links the session",
     {"providers/null/CMakeLists.txt": "link(null remapi::session)\n"}),
    (check_layering, "a provider that uses another",
     {"providers/null/n.cpp": L + '#include "providers/localstore/s.h"\n'}),
    (check_file_size, "a long file", {"mapi32/com/b.cpp": L + "int x;\n" * 500}),
    (check_conventions, "a missing licence", {"mapi32/com/b.cpp": "int x;\n"}),
    (check_conventions, "a script without licence", {"tools/thing": "#!/bin/sh\ntrue\n"}),
    (check_conventions, "a platform #ifdef", {"mapi32/com/b.cpp": L + "#ifdef _WIN32\n#endif\n"}),
    (check_conventions, "a platform #if in a provider",
     {"providers/null/n.cpp": L + "#if defined(__linux__)\n#endif\n"}),
    (check_conventions, "an API header", {"mapi32/com/b.cpp": L + "#include <mapix.h>\n"}),
    (check_conventions, "using namespace in a header", {"mapi32/com/b.h": L + "using namespace std;\n"}),
    (check_conventions, "a standard lock", {"mapi32/com/b.cpp": L + "#include <mutex>\n"}),
    (check_conventions, "work left over", {"mapi32/com/b.cpp": L + "// TO" + "DO: more\n"}),
    (check_format, "a badly formatted file", {"mapi32/com/b.cpp": L + "int   x ;\n"}),
]


class SelfTest:
    """Counts expectations and keeps the ones that were not met."""

    def __init__(self):
        self.failures = []

    def expect(self, check, what, found, faulty):
        """`faulty` is a bool, or the words a complaint has to hold."""
        name = check.__name__
        if isinstance(faulty, str) and not any(faulty in line for line in found):
            self.failures.append(f"{name} does not say '{faulty}' of {what}: {found}")
        if faulty and not found:
            self.failures.append(f"{name} does not notice {what}")
        if not faulty and found:
            self.failures.append(f"{name} objects to {what}: {found[0]}")


def source_checks(test, folder):
    style = {".clang-format": "BasedOnStyle: Google\n"}
    good = os.path.join(folder, "good")
    fixtures.write_tree(good, {**GOOD, **style})
    for check in dict.fromkeys(check for check, _, _ in SOURCE_FAULTS):
        test.expect(check, "a good tree", check.problems(good), faulty=False)
    for number, (check, what, files) in enumerate(SOURCE_FAULTS):
        root = os.path.join(folder, f"fault{number}")
        fixtures.write_tree(root, {**GOOD, **style, **files})
        test.expect(check, what, check.problems(root), faulty=True)


def export_checks(test, folder):
    table = export_table.ExportTable()
    listed = {row["export"]: ordinal for row, ordinal in table.with_ordinals("i686")}
    faults = {
        "the listed exports": listed,
        "a missing export": {n: o for n, o in listed.items() if n != "MAPISendMail"},
        "an export too many": {**listed, "MAPINoSuchFunction": 2000},
        "a wrong ordinal": {**listed, "MAPISendMail": 2000},
    }
    for number, (what, exports) in enumerate(faults.items()):
        build = os.path.join(folder, f"exports{number}")
        fixtures.write_tree(build, {"out/mapi32.dll": fixtures.pe_image(exports)})
        test.expect(check_exports, what, check_exports.problems(common.ROOT, build), number > 0)
    empty = os.path.join(folder, "nothing-built")
    os.makedirs(empty)
    for check in (check_exports, check_visibility, check_static_destructors):
        test.expect(check, "an empty build", check.problems(common.ROOT, empty), faulty=True)
    names = [row["export"] for row in table.of("linux")]
    for number, (what, chosen) in enumerate({"the listed symbols": names, "a missing symbol": names[1:],
                                             "a symbol too many": names + ["extra"]}.items()):
        build = os.path.join(folder, f"symbols{number}")
        fixtures.compile_elf(os.path.join(build, "out", "libmapi32.so.1"),
                             "".join(f'extern "C" void {name}() {{}}\n' for name in chosen), "-shared")
        test.expect(check_exports, what, check_exports.problems(common.ROOT, build), number > 0)
        if number != 1:
            test.expect(check_visibility, what, check_visibility.problems(common.ROOT, build), number > 0)


def visibility_checks(test, folder):
    def native(what, source, faulty, *flags):
        build = os.path.join(folder, "native-" + what.replace(" ", "-"))
        fixtures.compile_elf(os.path.join(build, "out", "remapils32.so"), source, "-shared", *flags)
        test.expect(check_visibility, what, check_visibility.problems(common.ROOT, build), faulty)

    entry = 'extern "C" int MSProviderInit() { return 0; }\n'
    native("a provider", entry, False)
    native("a provider with another symbol", entry + "int leaked() { return 0; }\n", "leaked")
    native("a provider without entry point", "static int x;\n", "no entry point")
    native("a unique symbol", entry + "template <class T> struct S { static inline int v = 1; };\n"
           "template struct S<int>;\n", "unique symbol")
    library = os.path.join(folder, "lib", "libmapi32.so.1")
    fixtures.compile_elf(library, "int f() { return 0; }\n", "-shared", "-Wl,-soname,libmapi32.so.1")
    native("a provider that needs the library", entry, "needs libmapi32.so.1",
           "-Wl,--no-as-needed", library)
    for number, (what, image) in enumerate({
            "a provider module": fixtures.pe_image({"MSProviderInit": 1}, ["KERNEL32.dll"]),
            "a module with another export": fixtures.pe_image({"MSProviderInit": 1, "leaked": 2}),
            "a module that imports mapi32": fixtures.pe_image({"MSProviderInit": 1}, ["MAPI32.dll"]),
    }.items()):
        build = os.path.join(folder, f"module{number}")
        fixtures.write_tree(build, {"out/remapils32.dll": image})
        test.expect(check_visibility, what, check_visibility.problems(common.ROOT, build), number > 0)


def destructor_checks(test, folder):
    faults = {"harmless objects": ["_malloc"], "atexit": ["_atexit"],
              "a static destructor": ["___cxa_atexit"], "a thread's": ["___tlregdtor", "_free"]}
    for number, (what, names) in enumerate(faults.items()):
        build = os.path.join(folder, f"objects{number}")
        fixtures.write_tree(build, {"mapi32/com/x.dir/a.cpp.obj": fixtures.coff_object(names),
                                    "mapi32/com/x.dir/a_test.cpp.obj": fixtures.coff_object(["_atexit"])})
        test.expect(check_static_destructors, what,
                    check_static_destructors.problems(common.ROOT, build), number > 0)
    for what, kind in (("a native object", "int"), ("a native static destructor", "S")):
        build = os.path.join(folder, "elf-" + kind)
        fixtures.compile_elf(os.path.join(build, "mapi32", "com", "a.cpp.o"),
                             f"struct S {{ ~S(); }};\nstatic {kind} x{{}};\nvoid* p = &x;\n", "-c")
        test.expect(check_static_destructors, what,
                    check_static_destructors.problems(common.ROOT, build), kind == "S")


def table_checks(test, folder):
    """The generators refuse tables that contradict themselves or their headers."""
    exports, functions = (open(path, encoding="utf-8").read()
                          for path in (export_table.EXPORTS_PATH, export_table.FUNCTIONS_PATH))
    row = next(line for line in exports.splitlines() if "\tMAPISendMail\t" in line)
    for number, (old, new) in enumerate([
            ("", ""), (row, row.rsplit("\t", 1)[0] + "\tbroken"), (row, row + "\n" + row),
            (row, row.replace("MAPISendMail\t", "MAPISendMale\t", 2))]):
        where = os.path.join(folder, f"table{number}")
        fixtures.write_tree(where, {"e.tsv": exports.replace(old, new, 1) if old else exports,
                                    "f.tsv": functions})
        try:
            export_table.ExportTable(os.path.join(where, "e.tsv"), os.path.join(where, "f.tsv"))
            found = []
        except export_table.TableError as error:
            found = [str(error)]
        test.expect(export_table, f"table fault {number}", found, number > 0)
    status = os.path.join(folder, "table0", "e.tsv")
    export_table.set_status("MAPISendMail", "partly", status)
    changed = export_table.ExportTable(status, os.path.join(folder, "table0", "f.tsv"))
    if changed.functions["MAPISendMail"].status != "partly":
        test.failures.append("set_status leaves the status as it was")
    header_table_check(test, folder)


def readme_checks(test, folder):
    """The check notices a README that the export table, or somebody's hand, left behind."""
    names = {"README.md": "README.md", **{name: f"mapi32/exports/{name}"
                                          for name in ("exports.tsv", "functions.tsv")}}
    good = {path: common.read_text(common.ROOT, path) for path in names.values()}
    readme, table = good["README.md"], good["mapi32/exports/exports.tsv"]
    row = next(line for line in table.splitlines() if "\tMAPISendMail\t" in line)
    other = "partly" if row.endswith("works") else "works"
    changed = "".join((line.rsplit("\t", 1)[0] + "\t" + other if "\tMAPISendMail\t" in line else line)
                      + "\n" for line in table.splitlines())
    faults = [
        ("the README", {}, False),
        ("a status that the README does not know", {"mapi32/exports/exports.tsv": changed}, "run tools"),
        ("a number changed by hand",
         {"README.md": readme.replace("| **all** | ", "| **all** | 9")}, "run tools"),
        ("a README without its markers",
         {"README.md": readme.replace(exports.README_BEGIN, "")}, "must hold"),
        ("markers in the wrong order",
         {"README.md": exports.README_END + "\n" + readme.replace(exports.README_END, "")}, "must hold"),
        ("a table that contradicts itself", {"mapi32/exports/exports.tsv": table + row + "\n"}, "twice"),
        ("no README", {"README.md": None}, "README.md"),
    ]
    for number, (what, files, faulty) in enumerate(faults):
        root = os.path.join(folder, f"readme{number}")
        tree = {**good, **files}
        fixtures.write_tree(root, {name: text for name, text in tree.items() if text is not None})
        test.expect(check_readme, what, check_readme.problems(root), faulty)
    # What --update-readme writes is what the check wants.
    root = os.path.join(folder, "readme1")
    exports.update_readme(export_table.ExportTable(
        os.path.join(root, "mapi32", "exports", "exports.tsv"),
        os.path.join(root, "mapi32", "exports", "functions.tsv")), os.path.join(root, "README.md"))
    test.expect(check_readme, "a README that was updated", check_readme.problems(root), False)


def header_table_check(test, folder):
    """mapi_headers.py names a row that does not apply, and one that is missing."""
    script = os.path.join(common.ROOT, "tools", "gen", "mapi_headers.py")
    with open(os.path.join(common.ROOT, "mapi32", "abi", "header_mismatches.tsv"),
              encoding="utf-8") as file:
        table = file.read()
    first = table.splitlines()[1]
    for number, (what, text) in enumerate({
            "the table": table, "a row for no parameter": table + "IMAPIProp\tCopyTo\t9\tx\tULONG\tULONG_PTR\n",
            "a missing row": "".join(line + "\n" for line in table.splitlines()
                                     if not line.startswith("IMAPITable\t")),
            "a row that reads otherwise": table.replace(first, first.replace("\tULONG\t", "\tLONG\t"))
    }.items()):
        path = os.path.join(folder, f"headers{number}.tsv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        result = subprocess.run([sys.executable, script, "--source", "/usr/share/mingw-w64/include",
                                 "--table", path, "--output", os.path.join(folder, f"h{number}")],
                                capture_output=True, text=True)
        found = [result.stderr.strip()] if result.returncode else []
        if (number > 0) != bool(found):
            test.failures.append(f"mapi_headers.py and {what}: {found}")


def problems(_root=None):
    test = SelfTest()
    with tempfile.TemporaryDirectory() as folder:
        for part in (source_checks, export_checks, visibility_checks, destructor_checks, table_checks,
                     readme_checks):
            part(test, os.path.join(folder, part.__name__))
    return test.failures


if __name__ == "__main__":
    common.main(problems, takes_build=False)
