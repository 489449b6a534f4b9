#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An SMTP server for tests, on the loopback interface.

It keeps every message that it accepts: one NNNNNN.eml each, exactly as received (dot-stuffing undone), and a
line of JSON in index.jsonl with number, file, time, sender, recipients, size, sha256, crc32 and Message-ID.
Both are on disk before the client reads the 250, which carries number, size and crc32.

It prints "PORT n" when it listens (and writes n to --port-file), and ends by itself: when its parent is
gone, at --idle or --limit seconds, on SIGTERM. Needs python3-aiosmtpd.
"""
import argparse
import asyncio
import ctypes
import hashlib
import json
import logging
import os
import re
import signal
import socket
import ssl
import sys
import time
import warnings
import zlib

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, syntax

# Failed handshakes and cut connections are what tests are about.
for noisy in ("mail.log", "mail.debug", "asyncio"):
    logging.getLogger(noisy).setLevel(logging.CRITICAL + 1)
warnings.filterwarnings("ignore", message="Requiring AUTH")

PARENT_DIED = 1  # PR_SET_PDEATHSIG
CHUNK = 1 << 18
END = b"\r\n.\r\n"


def parse_arguments(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--port-file", help="written once the server listens")
    parser.add_argument("--log-folder", help="where accepted messages go")
    parser.add_argument("--security", choices=["none", "starttls", "tls"], default="none")
    parser.add_argument("--certificate", help="PEM with certificate chain")
    parser.add_argument("--key", help="PEM with its key")
    parser.add_argument("--user", help="asks for AUTH, and takes this user ...")
    parser.add_argument("--password", help="... with this password; without it every password is wrong")
    parser.add_argument("--mechanisms", default="PLAIN,LOGIN", help="of AUTH")
    parser.add_argument("--refuse", action="append", default=[], metavar="ADDRESS",
                        help="550 for this recipient; all: for every one")
    parser.add_argument("--defer", action="append", default=[], metavar="ADDRESS",
                        help="451 for this recipient; all: for every one")
    parser.add_argument("--fail", choices=["greeting", "mail", "data", "end"],
                        help="where --fail-code is answered instead of success")
    parser.add_argument("--fail-code", default="451 4.3.0 Try again later")
    parser.add_argument("--drop", choices=["data", "end"],
                        help="cut the connection within the data, or instead of the final answer")
    parser.add_argument("--keep", type=int, default=0, metavar="N",
                        help="cut a connection after N messages, without a word")
    parser.add_argument("--no-smtputf8", action="store_true")
    parser.add_argument("--size-limit", type=int, default=0, help="552 for more bytes; 0: no limit")
    parser.add_argument("--discard", action="store_true", help="keep the index only, not the messages")
    parser.add_argument("--idle", type=float, default=600, help="end after so many seconds without a client")
    parser.add_argument("--limit", type=float, default=3600, help="end after so many seconds in any case")
    return parser.parse_args(arguments)


class Log:
    """The accepted messages on disk."""

    def __init__(self, folder, discard):
        self.folder, self.discard = folder, discard
        self.count = 0
        if folder:
            os.makedirs(folder, exist_ok=True)
            taken = [int(name[:-4]) for name in os.listdir(folder) if re.fullmatch(r"\d+\.eml", name)]
            self.count = max(taken, default=0)

    def open(self):
        return Body(self)

    def add(self, body, envelope):
        self.count += 1
        name = f"{self.count:06}.eml"
        entry = {"number": self.count, "file": None, "time": time.time(), "from": envelope.mail_from,
                 "to": envelope.rcpt_tos, "size": body.size, "sha256": body.sha256.hexdigest(),
                 "crc32": f"{body.crc32:08x}", "message_id": body.message_id()}
        if self.folder and not self.discard:
            body.file.flush()
            os.rename(body.path, os.path.join(self.folder, name))
            entry["file"] = name
        if self.folder:
            with open(os.path.join(self.folder, "index.jsonl"), "a", encoding="utf-8") as index:
                index.write(json.dumps(entry) + "\n")
        return entry


class Body:
    """One message while it arrives: bytes go to disk, never all into memory."""

    def __init__(self, log):
        self.size, self.crc32, self.sha256 = 0, 0, hashlib.sha256()
        self.head = b""
        self.path = self.file = None
        if log.folder and not log.discard:
            self.path = os.path.join(log.folder, f".incoming-{os.getpid()}-{id(self)}")
            self.file = open(self.path, "wb")

    def write(self, data):
        self.size += len(data)
        self.crc32 = zlib.crc32(data, self.crc32)
        self.sha256.update(data)
        if len(self.head) < 1 << 16:
            self.head += data
        if self.file:
            self.file.write(data)

    def close(self):
        if self.file:
            self.file.close()
            if os.path.exists(self.path):
                os.unlink(self.path)

    def message_id(self):
        head = self.head.split(b"\r\n\r\n")[0].decode("utf-8", "replace")
        found = re.search(r"^message-id:\s*(\S+)", head, re.I | re.M)
        return found.group(1) if found else None


class Handler:
    """What the options say about recipients and senders."""

    def __init__(self, options):
        self.options = options

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if self.options.fail == "mail":
            return self.options.fail_code
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 2.1.0 Sender OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        lower = address.lower()
        if "all" in self.options.refuse or lower in (a.lower() for a in self.options.refuse):
            return f"550 5.1.1 <{address}>: no such user here"
        if "all" in self.options.defer or lower in (a.lower() for a in self.options.defer):
            return f"451 4.2.0 <{address}>: mailbox busy"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 Recipient OK"


class Server(SMTP):
    """aiosmtpd's, with data that flow to disk and the faults that the options ask for."""

    def __init__(self, options, log, activity, **arguments):
        super().__init__(Handler(options), **arguments)
        self.options, self.log, self.activity = options, log, activity
        self.messages = 0

    def connection_made(self, transport):
        self.activity(1)
        super().connection_made(transport)

    def connection_lost(self, error):
        self.activity(-1)
        super().connection_lost(error)

    async def push(self, status):
        if self.options.fail == "greeting" and isinstance(status, str) and status.startswith("220 "):
            await super().push(self.options.fail_code)
            self.transport.close()
            return
        await super().push(status)

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Need RCPT first")
            return
        if self.options.fail == "data":
            await self.push(self.options.fail_code)
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        body = self.log.open()
        try:
            await self.push(await self.receive(body) or "421 4.3.2 Gone")
        finally:
            body.close()
        self._set_post_data_state()
        self.messages += 1
        if self.options.keep and self.messages >= self.options.keep:
            self.transport.close()

    async def receive(self, body):
        """Reads up to the lone dot. Returns the answer."""
        pending, start = b"\r\n", True  # as if a line had ended before the first one
        while True:
            data = await self._reader.read(CHUNK)
            if not data or self.options.drop == "data":
                self.transport.abort()
                return None
            self._reset_timeout()  # a slow client is not a silent one
            pending += data
            end = pending.find(END)
            cut = end + 2 if end >= 0 else max(len(pending) - len(END) + 1, 0)
            # Nothing is cut inside "CRLF dot": at least four bytes stay for the next round.
            ready, rest = pending[:cut], pending[cut:]
            if end < 0 and ready.endswith(b"\r"):
                ready, rest = ready[:-1], b"\r" + rest
            if end < 0 and ready.endswith(b"\r\n"):
                ready, rest = ready[:-2], b"\r\n" + rest
            plain = ready.replace(b"\r\n.", b"\r\n")
            if start and plain:
                plain, start = plain[2:], False
            body.write(plain)
            pending = rest
            if end >= 0:
                break
        if self.options.size_limit and body.size > self.options.size_limit:
            return "552 5.3.4 Message too big"
        if self.options.fail == "end":
            return self.options.fail_code
        entry = self.log.add(body, self.envelope)
        if self.options.drop == "end":
            self.transport.abort()
            return None
        return f"250 2.0.0 Accepted number={entry['number']} size={entry['size']} crc32={entry['crc32']}"


class Life:
    """Ends the program when nobody needs it any more."""

    def __init__(self, options):
        self.options, self.parent = options, os.getppid()
        self.started = self.last = time.monotonic()
        self.clients = 0

    def activity(self, change):
        self.clients += change
        self.last = time.monotonic()

    async def watch(self):
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            if os.getppid() != self.parent or now - self.started > self.options.limit:
                return
            if self.clients <= 0 and now - self.last > self.options.idle:
                return


def authenticator(options):
    def check(server, session, envelope, mechanism, data):
        good = (isinstance(data, LoginPassword) and options.password is not None and
                data.login.decode() == options.user and data.password.decode() == options.password)
        return AuthResult(success=good, handled=False)
    return check


def make_factory(options, log, life, context):
    arguments = {"hostname": "localhost", "ident": "Remapi test server", "timeout": 120,
                 "data_size_limit": options.size_limit or None,
                 "enable_SMTPUTF8": not options.no_smtputf8, "command_call_limit": None}
    if options.user:
        known = {"PLAIN", "LOGIN"}
        offered = {name.strip().upper() for name in options.mechanisms.split(",")}
        arguments.update(auth_required=True, auth_require_tls=False, authenticator=authenticator(options),
                         auth_exclude_mechanism=known - offered)
    if options.security == "starttls":
        arguments.update(tls_context=context, require_starttls=True)

    def make():
        return Server(options, log, life.activity, loop=asyncio.get_running_loop(), **arguments)
    return make


async def start(options):
    """Listens within the running loop. Returns server, port and life."""
    context = None
    if options.security != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    log, life = Log(options.log_folder, options.discard), Life(options)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", options.port))
    server = await asyncio.get_running_loop().create_server(
        make_factory(options, log, life, context), sock=listener,
        ssl=context if options.security == "tls" else None)
    return server, listener.getsockname()[1], life


async def serve(options):
    server, port, life = await start(options)
    ended = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    if options.port_file:
        with open(options.port_file + ".new", "w", encoding="ascii") as file:
            file.write(f"{port}\n")
        os.rename(options.port_file + ".new", options.port_file)
    print(f"PORT {port}", flush=True)
    watch, stop = asyncio.create_task(life.watch()), asyncio.create_task(ended.wait())
    await asyncio.wait([watch, stop], return_when=asyncio.FIRST_COMPLETED)
    server.close()


def main():
    options = parse_arguments()
    if options.security != "none" and not (options.certificate and options.key):
        sys.exit("smtp_server: --certificate and --key are needed for TLS")
    # The kernel tells us when the parent dies; where it cannot, Life.watch notices.
    ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)
    asyncio.run(serve(options))


if __name__ == "__main__":
    main()
