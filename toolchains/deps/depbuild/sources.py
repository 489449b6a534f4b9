# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian source packages: found through apt's own configuration, kept in the cache, unpacked and
patched. No mirror is named here: a private sources file repeats the machine's own entries for its
release with `deb-src` in place of `deb`."""

import contextlib
import dataclasses
import fcntl
import fnmatch
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from . import keys


class SourceError(Exception):
    """A source is missing, of the wrong version, or does not unpack."""


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where the source of a package lies: a folder of archives, or None for installed files."""

    version: str
    folder: object
    patched: bool  # Debian's packaging part was to be had


@contextlib.contextmanager
def locked(path):
    """Holds an exclusive lock on `path`, across processes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def upstream(version):
    """The upstream part of a Debian version: 1:2.74.6-2+deb12u2 -> 2.74.6"""
    return re.sub(r"-[^-]*$", "", version.partition(":")[2] or version)


def obtain(wanted, refresh):
    """The origin of every wanted package by name; downloads what the cache lacks."""
    origins, fetched = {}, {}
    with locked(keys.cache_root() / "locks" / "sources"):
        for package in wanted:
            if package.origin == "dpkg":
                origins[package.name] = _installed(package)
                continue
            if package.source not in fetched:
                fetched[package.source] = _downloaded(package, refresh)
            origins[package.name] = fetched[package.source]
    for package in wanted:
        version = origins[package.name].version
        if not fnmatch.fnmatchcase(upstream(version), package.policy):
            raise SourceError(f"{package.name}: version {version} does not match the policy "
                              f"{package.policy} of packages.tsv")
    return origins


def _installed(package):
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package.source],
                           capture_output=True, text=True, check=False)
    if query.returncode != 0 or not query.stdout:
        raise SourceError(f"{package.name}: the package {package.source} is not installed")
    return Origin(query.stdout.strip(), None, True)


def _downloaded(package, refresh):
    folder = keys.cache_root() / "sources" / package.source
    record = folder / "fetched.json"
    if record.exists() and not refresh:
        known = json.loads(record.read_text(encoding="utf-8"))
        return Origin(known["version"], folder, known["patched"])
    apt = _private_apt()
    version = _newest(apt, package.source)
    if record.exists() and json.loads(record.read_text(encoding="utf-8"))["version"] == version:
        known = json.loads(record.read_text(encoding="utf-8"))
        return Origin(version, folder, known["patched"])
    print(f"downloading {package.source} {version}", flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        _apt_source(apt, scratch, "--tar-only", f"{package.source}={version}", required=True)
        patched = _apt_source(apt, scratch, "--diff-only", f"{package.source}={version}",
                              required=False)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path in pathlib.Path(scratch).iterdir():
            shutil.move(path, folder / path.name)
    record.write_text(json.dumps({"version": version, "patched": patched}), encoding="utf-8")
    return Origin(version, folder, patched)


def _apt_source(apt, folder, part, spec, required):
    command = ["apt-get", "source", "-q", "--download-only", "--only-source", part, spec]
    result = subprocess.run(command, cwd=folder, env=apt, capture_output=True, text=True,
                            check=False)
    if result.returncode != 0 and required:
        raise SourceError(f"cannot download {spec}:\n{result.stdout}{result.stderr}")
    return result.returncode == 0


def _newest(apt, source):
    shown = subprocess.run(["apt-cache", "showsrc", "--only-source", source], env=apt,
                           capture_output=True, text=True, check=False).stdout
    newest = None
    for version in re.findall(r"^Version: (\S+)$", shown, re.MULTILINE):
        if newest is None or subprocess.run(
                ["dpkg", "--compare-versions", version, "gt", newest], check=False).returncode == 0:
            newest = version
    if newest is None:
        raise SourceError(f"apt knows no source package {source}")
    return newest


@functools.lru_cache(maxsize=None)
def _private_apt():
    """An environment in which apt-get knows the source packages of the machine's release."""
    folder = keys.cache_root() / "apt"
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    parts = folder / "sources.list.d"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir()
    _write_source_entries(parts)
    # apt's download user may not enter a home folder; nothing here is worth a second user.
    (folder / "apt.conf").write_text(
        f'Dir::Etc::sourcelist "/dev/null";\nDir::Etc::sourceparts "{parts}";\n'
        f'Dir::State::lists "{folder}/lists";\nDir::Cache "{folder}/cache";\n'
        'APT::Sandbox::User "root";\n', encoding="utf-8")
    environment = dict(os.environ, APT_CONFIG=str(folder / "apt.conf"), LC_ALL="C")
    result = subprocess.run(["apt-get", "-q", "update"], env=environment, capture_output=True,
                            text=True, check=False)
    if result.returncode != 0:
        raise SourceError(f"apt-get update of the source lists failed:\n{result.stdout}"
                          f"{result.stderr}")
    return environment


def _write_source_entries(parts):
    """Repeats the machine's entries for its own release, asking for sources in place of binaries."""
    release = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    codename = re.search(r"^VERSION_CODENAME=(\S+)$", release, re.MULTILINE).group(1)
    suites = {codename, f"{codename}-updates", f"{codename}-security", f"{codename}/updates"}
    shell = subprocess.run(["apt-config", "shell", "LIST", "Dir::Etc::sourcelist/f", "PARTS",
                            "Dir::Etc::sourceparts/d"], capture_output=True, text=True, check=True)
    places = dict(re.findall(r"^(\w+)='(.*)'$", shell.stdout, re.MULTILINE))
    files = [pathlib.Path(places["LIST"])] + sorted(pathlib.Path(places["PARTS"]).glob("*"))
    lines, stanzas = [], []
    for path in files:
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".list":
            lines += [re.sub(r"^deb\s", "deb-src ", line) for line in text.splitlines()
                      if re.match(r"deb\s", line) and suites & set(line.split())]
        elif path.suffix == ".sources":
            stanzas += _source_stanzas(text, suites)
    if not lines and not stanzas:
        raise SourceError(f"apt is configured for no suite of {codename}")
    (parts / "remapi.list").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (parts / "remapi.sources").write_text("\n\n".join(stanzas) + "\n", encoding="utf-8")


def _source_stanzas(text, suites):
    for stanza in re.split(r"\n\s*\n", text):
        stanza = "\n".join(line for line in stanza.splitlines() if not line.startswith("#"))
        named = re.search(r"^Suites:(.*)$", stanza, re.MULTILINE | re.IGNORECASE)
        disabled = re.search(r"^Enabled:\s*no\s*$", stanza, re.MULTILINE | re.IGNORECASE)
        binary = re.search(r"^Types:.*\bdeb\b(?!-)", stanza, re.MULTILINE | re.IGNORECASE)
        if named and binary and not disabled and suites & set(named.group(1).split()):
            yield re.sub(r"(?im)^Types:.*$", "Types: deb-src", stanza)


def unpack(origin, recipe, folder, log):
    """Unpacks the source into `folder` and applies Debian's patches, if they were to be had.

    Patches named in the recipe's `skip-patches` are left out."""
    skip = recipe / "skip-patches"
    skipped = set(skip.read_text(encoding="utf-8").split()) if skip.exists() else set()
    archive = next((path for path in origin.folder.iterdir()
                    if re.search(r"\.orig\.tar\.\w+$", path.name)), None)
    if archive is None:
        raise SourceError(f"{origin.folder} holds no upstream archive")
    _run(["tar", "-xf", archive, "--strip-components=1", "-C", folder], folder, log)
    for path in origin.folder.glob("*.debian.tar.*"):
        _run(["tar", "-xf", path, "-C", folder], folder, log)
    for path in origin.folder.glob("*.diff.gz"):
        _run(["sh", "-c", f"zcat '{path}' | patch -p1 --batch"], folder, log)
    series = folder / "debian" / "patches" / "series"
    for line in series.read_text(encoding="utf-8").splitlines() if series.exists() else ():
        name = line.split("#")[0].split()
        if name and name[0] not in skipped:
            _run(["patch", "-p1", "--batch", "-i", series.parent / name[0]], folder, log)


def _run(command, folder, log):
    result = subprocess.run([str(part) for part in command], cwd=folder, stdout=log,
                            stderr=subprocess.STDOUT, check=False)
    if result.returncode != 0:
        raise SourceError(f"failed: {' '.join(str(part) for part in command)}")
