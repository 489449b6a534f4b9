# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a built package depends on, as hashes; and where things lie in the cache.

A package is rebuilt when its source version, its recipe, the compiler, the toolchain file or a
package it needs changes. The prefix is named after everything but the source versions, so that a
security update of a source changes the files in a prefix, not its name.
"""

import functools
import hashlib
import os
import pathlib
import subprocess

from . import packages

ARCHES = ("x86_64", "i686")
FORMAT = "1"  # raise it when this program changes what a recipe sees or where files go


class ToolchainError(Exception):
    """A compiler or a tool of the machine is missing."""


def cache_root():
    """The folder that holds sources, built packages, logs and prefixes."""
    base = os.environ.get("REMAPI_CACHE")
    if not base:
        xdg = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
        base = pathlib.Path(xdg) / "remapi"
    return pathlib.Path(base).absolute() / "deps"


def _digest(*parts):
    sha = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        sha.update(len(data).to_bytes(8, "big") + data)
    return sha.hexdigest()


@functools.lru_cache(maxsize=None)
def toolchain_version(arch):
    """Versions of the compiler and of its headers, and the toolchain files' content."""
    debian_arch = arch.replace("_", "-")
    names = [f"g++-mingw-w64-{debian_arch}-posix", f"binutils-mingw-w64-{debian_arch}",
             f"mingw-w64-{debian_arch}-dev"]
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *names],
                           capture_output=True, text=True, check=False)
    if query.returncode != 0:
        raise ToolchainError(f"the cross compiler is not installed: {query.stderr.strip()}")
    mingw = packages.DEPS.parent / "mingw"
    return _digest(query.stdout, (mingw / "common.cmake").read_bytes(),
                   (mingw / f"{arch}.cmake").read_bytes())


def recipe_hash(table, package, arch):
    """Hash of everything but the source version that decides what is built."""
    parts = [FORMAT, (packages.RECIPES / "common.sh").read_bytes()]
    if package.target != "all":
        parts.append(toolchain_version(arch))
    for path in sorted(package.recipe.rglob("*")):
        if path.is_file():
            parts += [str(path.relative_to(package.recipe)), path.read_bytes()]
    parts += [recipe_hash(table, table[need], arch) for need in package.needs]
    return _digest(*parts)


def package_key(table, package, arch, origins):
    """Name of the built package: version and hash; it changes whenever a rebuild is due."""
    versions = [origins[need].version for need in package.needs]
    digest = _digest(recipe_hash(table, package, arch), *versions)
    return f"{origins[package.name].version}-{digest[:12]}".replace("/", "_")


def prefix_path(table, arch):
    """Where the libraries of one target are installed."""
    digest = _digest(*(f"{package.name} {recipe_hash(table, package, arch)}"
                       for package in table.values()))
    return cache_root() / f"{arch}-{digest[:12]}"
