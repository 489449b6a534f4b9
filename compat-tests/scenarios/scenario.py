# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the scenarios share: a machine to run programs on (this one, or Wine), a mail server, and how to
compare what was sent with what arrived."""
import argparse
import email
import email.policy
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
WINE = os.path.join(TOP, "toolchains", "wine")
HARNESS = os.path.join(TOP, "compat-tests", "harness")
SERVER = os.path.join(HARNESS, "smtp_server.py")
PROFILE = "Scenario"

sys.path.insert(0, HARNESS)
import own_mounts  # noqa: E402  (found through the line above)
from own_mounts import NOT_RUN  # noqa: E402


def parse_arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--machine", required=True, help="native, x86_64 or i686 (Wine)")
    parser.add_argument("--actions", required=True, help="the program mail_actions")
    parser.add_argument("--library", required=True, help="the mapi32 under test")
    parser.add_argument("--spooler", required=True, help="the spooler program")
    return parser.parse_args()


def full():
    return os.environ.get("REMAPI_FULL", "") not in ("", "0")


class Failed(Exception):
    pass


def require(condition, what):
    if not condition:
        raise Failed(what)


class Machine:
    """Where programs run, with a configuration and data of its own that go with it."""

    def __init__(self, options):
        self.options = options
        self.native = options.machine == "native"
        self.holder = None
        self.folder = tempfile.mkdtemp(prefix="remapi-scenario-")
        self.environment = dict(os.environ, REMAPI_SPOOLER_START="never", REMAPI_DIALOGS="no",
                                REMAPI_SPOOLER_RETRY_FIRST="1")
        for name in ("REMAPI_CONF", "REMAPI_SEND_POLICY", "REMAPI_STORE_FOLDER"):
            self.environment.pop(name, None)
        if self.native:
            self.environment.update(XDG_CONFIG_HOME=os.path.join(self.folder, "config"),
                                    XDG_DATA_HOME=os.path.join(self.folder, "data"),
                                    REMAPI_UNDER_TEST=options.library)
        else:
            self.prefix = os.path.join(self.folder, "prefix")
            made = subprocess.run([os.path.join(WINE, "prefix"), "create", options.machine, self.prefix])
            if made.returncode == NOT_RUN:
                shutil.rmtree(self.folder)
                sys.exit(NOT_RUN)
            require(made.returncode == 0, "no Wine prefix could be made")
            self.environment.update(REMAPI_WINEPREFIX=self.prefix, REMAPI_WINE_OVERRIDES="mapi32=n",
                                    REMAPI_UNDER_TEST=self.path(options.library))
            # The prefix is in use for as long as the test takes: every other program starts faster. Not in
            # an i386 root, whose Wine server would not see what is mounted later.
            if options.machine == "x86_64":
                self.hold()

    def hold(self):
        self.holder = subprocess.Popen([os.path.join(WINE, "run"), self.options.machine, self.options.actions, "hold"],
                                       env=dict(self.environment, REMAPI_WINE_TIMEOUT="86400"),
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        require(self.holder.stdout.readline().strip() == b"ready", "no program can be run on Wine")

    def path(self, file):
        """A file of this machine as the programs spell it."""
        return file if self.native else "Z:" + file.replace("/", "\\")

    def close(self):
        if self.holder:
            self.holder.communicate()
        if not self.native:
            subprocess.run([os.path.join(WINE, "prefix"), "remove", self.prefix])
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, program, *words, **environment):
        command = [program, *map(str, words)]
        if not self.native:
            command = [os.path.join(WINE, "run"), self.options.machine] + command
        # A file, not a pipe: on Wine a spooler that the program starts keeps its standard error, and
        # reading a pipe to its end would wait for that one too.
        self.errors = os.path.join(self.folder, "errors.txt")
        with open(self.errors, "w", encoding="utf-8") as errors:
            return subprocess.Popen(command, env=dict(self.environment, **environment), text=True,
                                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)

    def run(self, program, *words, timeout=120, **environment):
        """Returns exit code and the lines on standard output."""
        process = self.start(program, *words, **environment)
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.communicate()
            raise Failed(f"{os.path.basename(program)} {words} hangs") from None
        with open(self.errors, encoding="utf-8", errors="replace") as errors:
            self.last_errors = errors.read()
        return process.returncode, output.splitlines()

    def act(self, *words, timeout=120, **environment):
        """An action that must succeed; returns its lines."""
        code, lines = self.run(self.options.actions, *words, timeout=timeout, **environment)
        require(code == 0, f"mail_actions {words} ended with {code}: {self.last_errors}")
        return lines

    def spool(self, timeout=60, **environment):
        """The spooler program, once over everything. Returns its exit code; its log is in last_spool."""
        code, _ = self.run(self.options.spooler, "--profile", PROFILE, "--once", "--now", "--timeout", timeout,
                           timeout=timeout + 30, **environment)
        self.last_spool = self.last_errors
        return code

    def queue(self):
        """(state, message id, subject, tries, last error) of each message in the outgoing queue."""
        return [line.split("\t") for line in self.act("queue", PROFILE)]

    def subjects(self, folder):
        return [line.split("\t")[2] for line in self.act("folder", PROFILE, folder)]


class Server:
    """The mail server of compat-tests/harness on a free port, or on a given one, with options of its own."""

    def __init__(self, folder, port=0, *options):
        self.folder = folder
        self.process = subprocess.Popen(["/usr/bin/python3", SERVER, "--port", str(port), "--log-folder", folder,
                                         *options], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().split()
        require(line[:1] == ["PORT"], "the mail server does not start")
        self.port = int(line[1])

    def accepted(self):
        """(message id, subject) of every accepted message, in order."""
        path = os.path.join(self.folder, "index.jsonl")
        if not os.path.exists(path):
            return []
        result = []
        with open(path, encoding="utf-8") as index:
            for line in index:
                entry = json.loads(line)
                with open(os.path.join(self.folder, entry["file"]), "rb") as message:
                    subject = email.message_from_binary_file(message, policy=email.policy.default)["subject"]
                result.append((entry["message_id"], subject))
        return result

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, what, seconds=60):
    """Until something that another process does has happened."""
    end = time.monotonic() + seconds
    while not condition():
        require(time.monotonic() < end, what)
        time.sleep(0.05)


def main(description, scenarios):
    """Runs the scenarios, each on a fresh machine. The exit code is that of the test."""
    options = parse_arguments(description)
    seed = int(os.environ.get("REMAPI_SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"REMAPI_SEED={seed}", flush=True)
    failures = 0
    for scenario in scenarios:
        machine = Machine(options)
        try:
            scenario(machine, random.Random(seed))
            print(f"ok      {scenario.__name__}", flush=True)
        except Failed as failure:
            failures += 1
            print(f"FAILED  {scenario.__name__}: {failure}", flush=True)
        finally:
            machine.close()
    return 1 if failures else 0
