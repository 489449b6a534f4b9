# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the checks share: which files belong to the project, and how a check reports."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CODE_ENDINGS = (".h", ".cpp", ".c", ".py", ".sh", ".cmake", "CMakeLists.txt")

sys.path.insert(0, os.path.join(ROOT, "tools", "gen"))


def walk(root):
    """Paths below `root`, relative to it; build and version-control folders left out."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in (".git", "build", "__pycache__"))
        for name in sorted(files):
            yield os.path.relpath(os.path.join(folder, name), root)


def project_files(root):
    """Files of the project: what git tracks or would track, or simply all in an unpacked copy."""
    if os.path.exists(os.path.join(root, ".git")):
        listed = subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True).stdout.decode()
        names = sorted(set(filter(None, listed.split("\0"))))
        return [name for name in names if os.path.isfile(os.path.join(root, name))
                and not name.startswith("build/")]
    return list(walk(root))


def read_text(root, name):
    with open(os.path.join(root, name), encoding="utf-8", errors="replace") as file:
        return file.read()


def is_script(root, name):
    """Whether a file without an ending starts with an interpreter line."""
    if "." in os.path.basename(name):
        return False
    with open(os.path.join(root, name), "rb") as file:
        return file.read(2) == b"#!"


def is_code(root, name):
    return name.endswith(CODE_ENDINGS) or is_script(root, name)


def main(problems, takes_build):
    """Runs one check from the command line: `check_x.py [BUILD_DIR]`."""
    if takes_build and len(sys.argv) != 2:
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} BUILD_DIR")
    found = problems(ROOT, sys.argv[1]) if takes_build else problems(ROOT)
    print("\n".join(found))
    sys.exit(1 if found else 0)
