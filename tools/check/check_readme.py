#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""README.md shows the coverage that mapi32/exports/exports.tsv has."""
import os

import common

import export_table
import exports


def problems(root):
    folder = os.path.join(root, "mapi32", "exports")
    try:
        table = export_table.ExportTable(os.path.join(folder, "exports.tsv"),
                                         os.path.join(folder, "functions.tsv"))
        text = common.read_text(root, "README.md")
        if exports.with_coverage(table, text) == text:
            return []
    except (export_table.TableError, OSError) as error:
        return [f"README.md: {error}"]
    return ["README.md: the coverage is not that of exports.tsv; "
            "run tools/gen/exports.py --update-readme"]


if __name__ == "__main__":
    common.main(problems, takes_build=False)
