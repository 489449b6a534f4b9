# SPDX-License-Identifier: LGPL-2.1-or-later
"""What every group of tools/bench needs: where things are, running programs, pairs of samples."""
import dataclasses
import os
import pathlib
import socket
import statistics
import subprocess
import typing

NATIVE = "linux-release"
PROFILE = "bench"
PATIENCE = 900  # seconds for a single program


class Failure(Exception):
    """A workload could not be measured, and why."""


@dataclasses.dataclass
class Context:
    """Where things are, and how many pairs are wanted."""
    top: pathlib.Path
    builds: dict
    scratch: pathlib.Path
    pairs: int
    say: typing.Callable

    def library(self, preset):
        return self.builds[preset] / "out" / ("libmapi32.so.1" if preset == NATIVE else "mapi32.dll")

    def program(self, preset, name):
        return self.builds[preset] / "bench" / (name if preset == NATIVE else name + ".exe")

    def native_environment(self, name):
        """The environment of a home of its own below the scratch folder."""
        environment = dict(os.environ, LC_ALL="C.UTF-8", REMAPI_LOG=os.environ.get("REMAPI_LOG", "-all"))
        for variable, folder in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
                                 ("XDG_CACHE_HOME", "cache")):
            (self.scratch / name / folder).mkdir(parents=True)
            environment[variable] = str(self.scratch / name / folder)
        return environment


def run(command, environment):
    """The standard output of a program that must succeed."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(str(error)) from error
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise Failure(f"exit code {done.returncode}: {last}")
    return done.stdout


def unused_port():
    """A port on which nobody listens, for profiles through which nothing is sent."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def alternate(context, ours, reference):
    """Medians of ratio, ours and reference of pairs of samples in seconds; one pair warms up."""
    ours()
    reference()
    pairs = [(ours(), reference()) for _ in range(context.pairs)]
    return (statistics.median(a / b for a, b in pairs), statistics.median(a for a, _ in pairs),
            statistics.median(b for _, b in pairs))


def milliseconds(seconds):
    return f"{seconds * 1e3:.3g} ms"
