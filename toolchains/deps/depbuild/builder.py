# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds packages with their recipes, keeps each in the cache, and merges them into the prefixes."""

import concurrent.futures
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from . import keys, packages, sources

TAIL_LINES = 40


def jobs():
    """How many packages are built at once: two, or fewer if REMAPI_JOBS says so."""
    wish = os.environ.get("REMAPI_JOBS") or "2"
    if not wish.isdecimal() or wish == "0":
        raise keys.ToolchainError(f"REMAPI_JOBS is {wish!r}; it must be a number from 1")
    return min(2, int(wish))


class Builder:
    """One run of the program."""

    def __init__(self, table, wanted, origins, arches):
        self.m_table = table
        self.m_origins = origins
        self.m_root = keys.cache_root()
        self.m_total = len(wanted) * len(arches)
        self.m_done = 0
        self.m_print_lock = threading.Lock()
        self.m_children = set()
        # All names are fixed at the start: a recipe edited during the run counts in the next one.
        self.m_prefixes = {arch: keys.prefix_path(table, arch) for arch in arches}
        self.m_trees = {(package.name, arch): self._tree(package, arch)
                        for package in wanted for arch in arches}

    def _tree(self, package, arch):
        """Where a built package is kept."""
        place = "all" if package.target == "all" else arch
        key = keys.package_key(self.m_table, package, arch, self.m_origins)
        return self.m_root / "packages" / place / f"{package.name}-{key}"

    def build(self, package, arch):
        """Builds one package for one target unless the cache has it, and merges it."""
        tree = self.m_trees[package.name, arch]
        started = time.monotonic()
        with sources.locked(self.m_root / "locks" / f"{tree.parent.name}-{package.name}"):
            cached = tree.exists()
            if not cached:
                self._build_tree(package, arch, tree)
        merge(tree, self.m_prefixes[arch], package.name)
        self._report(package, arch, None if cached else time.monotonic() - started)

    def _report(self, package, arch, seconds):
        origin = self.m_origins[package.name]
        state = "cached" if seconds is None else f"built in {seconds:.0f} s"
        note = "" if origin.patched else "  (no Debian patches on the mirror)"
        with self.m_print_lock:
            self.m_done += 1
            print(f"[{self.m_done}/{self.m_total}] {package.name} {origin.version}  {arch}  "
                  f"{state}{note}", flush=True)

    def _build_tree(self, package, arch, tree):
        log_path = self.m_root / "logs" / f"{package.name}-{arch}.log"
        log_path.parent.mkdir(parents=True, exist_ok=True)
        tree.parent.mkdir(parents=True, exist_ok=True)
        work = pathlib.Path(tempfile.mkdtemp(prefix=f"{package.name}-{arch}-",
                                             dir=_folder(self.m_root / "work")))
        try:
            with open(log_path, "w", encoding="utf-8") as log:
                self._run_recipe(package, arch, work, log)
            os.rename(work / "out", tree)
        except (subprocess.CalledProcessError, sources.SourceError) as error:
            raise BuildError(package, arch, log_path, error) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _run_recipe(self, package, arch, work, log):
        for name in ("src", "build", "out", "sysroot"):
            (work / name).mkdir()
        origin = self.m_origins[package.name]
        if origin.folder is not None:
            sources.unpack(origin, package.recipe, work / "src", log)
        for need in package.needs:
            link_tree(self.m_trees[need, arch], work / "sysroot")
        environment = dict(
            os.environ, ARCH=arch, TRIPLE=f"{arch}-w64-mingw32", SRC=str(work / "src"),
            OUT=str(work / "out"), SYSROOT=str(work / "sysroot"), RECIPE=str(package.recipe),
            TOOLCHAINS=str(packages.DEPS.parent), VERSION=sources.upstream(origin.version),
            LC_ALL="C")
        for name in ("CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "MAKEFLAGS", "DESTDIR"):
            environment.pop(name, None)
        command = ["bash", "-eu", "-o", "pipefail", "-c",
                   f". '{packages.RECIPES}/common.sh'; . '{package.recipe}/build.sh'"]
        # A session of its own, so that stop() reaches everything the recipe has started.
        with subprocess.Popen(command, cwd=work / "build", env=environment, stdout=log,
                              stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT,
                              start_new_session=True) as child:
            self.m_children.add(child)
            try:
                status = child.wait()
            finally:
                self.m_children.discard(child)
        if status != 0:
            raise subprocess.CalledProcessError(status, command)

    def stop(self):
        """Ends the recipes that are running."""
        for child in list(self.m_children):
            os.killpg(child.pid, signal.SIGTERM)


class BuildError(Exception):
    """A recipe failed; says so with the end of its log."""

    def __init__(self, package, arch, log_path, cause):
        lines = log_path.read_text(encoding="utf-8", errors="replace").splitlines()
        tail = "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])
        reason = f"{cause}\n" if isinstance(cause, sources.SourceError) else ""
        super().__init__(f"{package.name} for {arch} failed. {reason}The end of its log:\n{tail}\n"
                         f"The whole log: {log_path}")


def _folder(path):
    path.mkdir(parents=True, exist_ok=True)
    return path


def link_tree(tree, target):
    """Hard-links every file of `tree` into `target`, replacing each atomically; returns the names."""
    names = []
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree)
        if path.is_dir() and not path.is_symlink():
            (target / name).mkdir(parents=True, exist_ok=True)
            continue
        scratch = target / name.parent / f".{name.name}.new"
        scratch.unlink(missing_ok=True)
        os.link(path, scratch, follow_symlinks=False)
        os.replace(scratch, target / name)
        names.append(str(name))
    return names


def merge(tree, prefix, name):
    """Brings the package kept in `tree` into `prefix` and removes what its last version left."""
    records = _folder(prefix / "share" / "remapi-deps")
    stamp, listing = records / f"{name}.stamp", records / f"{name}.files"
    with sources.locked(prefix.parent / "locks" / prefix.name):
        if stamp.exists() and stamp.read_text(encoding="utf-8") == tree.name:
            return
        old = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
        stamp.unlink(missing_ok=True)
        new = link_tree(tree, prefix)
        for gone in set(old) - set(new):
            (prefix / gone).unlink(missing_ok=True)
        listing.write_text("".join(f"{line}\n" for line in new), encoding="utf-8")
        stamp.write_text(tree.name, encoding="utf-8")


def build_all(table, wanted, origins, arches):
    """Builds every wanted package for every target, `jobs()` at a time; returns the exit code."""
    builder = Builder(table, wanted, origins, arches)
    waiting = [(package, arch) for package in start_order(wanted) for arch in arches]
    done, running, failures = set(), {}, []
    with concurrent.futures.ThreadPoolExecutor(jobs()) as pool:
        try:
            while waiting or running:
                if not failures:
                    _start_ready(builder, pool, waiting, running, done)
                if not running:
                    break
                _collect(running, done, failures)
        except KeyboardInterrupt:
            builder.stop()
            raise
    for failure in failures:
        if not isinstance(failure, BuildError):
            raise failure
        print(f"toolchains/deps/build: {failure}", flush=True)
    return 1 if failures else 0


def start_order(wanted):
    """What others wait for comes first, so that no long chain is left for the end."""
    def chain(package):
        return max((1 + chain(other) for other in wanted if package.name in other.needs), default=0)

    return sorted(wanted, key=chain, reverse=True)


def _collect(running, done, failures):
    finished, _ = concurrent.futures.wait(running,
                                          return_when=concurrent.futures.FIRST_COMPLETED)
    for future in finished:
        item = running.pop(future)
        if future.exception() is None:
            done.add((item[0].name, item[1]))
        else:
            failures.append(future.exception())


def _start_ready(builder, pool, waiting, running, done):
    for item in list(waiting):
        if len(running) >= jobs():
            return
        package, arch = item
        if all((need, arch) in done for need in package.needs):
            waiting.remove(item)
            running[pool.submit(builder.build, package, arch)] = item
