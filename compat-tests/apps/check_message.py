#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares a message as the SMTP server received it with what was sent."""
import argparse
import email
import email.policy
import pathlib
import sys


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("message", type=pathlib.Path)
    parser.add_argument("--to", action="append", default=[], help="an address of the To header")
    parser.add_argument("--from-name")
    parser.add_argument("--from-address")
    parser.add_argument("--subject")
    parser.add_argument("--body", help="the text, white space at its end ignored")
    parser.add_argument("--attachment-name", action="append", default=[])
    parser.add_argument("--attachment-file", type=pathlib.Path, help="the only attachment has these bytes")
    parser.add_argument("--save", type=pathlib.Path, help="write the only attachment to this file")
    return parser.parse_args()


class Comparison:
    """Collects what differs."""

    def __init__(self):
        self.failures = 0

    def equal(self, what, expected, found):
        if expected == found:
            print(f"{what}: {found if not isinstance(found, bytes) else str(len(found)) + ' bytes'}")
            return
        self.failures += 1
        shown = (repr(expected)[:200], repr(found)[:200])
        print(f"{what} differs:\n  expected {shown[0]}\n  found    {shown[1]}")


def compare(arguments, message):
    comparison = Comparison()
    if arguments.to:
        found = [address.addr_spec for address in message["To"].addresses] if message["To"] else []
        comparison.equal("To", arguments.to, found)
    sender = message["From"].addresses[0] if message["From"] else None
    if arguments.from_name is not None:
        comparison.equal("From, name", arguments.from_name, sender and sender.display_name)
    if arguments.from_address is not None:
        comparison.equal("From, address", arguments.from_address, sender and sender.addr_spec)
    if arguments.subject is not None:
        comparison.equal("Subject", arguments.subject, message["Subject"])
    if arguments.body is not None:
        body = message.get_body(preferencelist=("plain",))
        comparison.equal("body", arguments.body.rstrip(), (body.get_content() if body else "").rstrip())
    comparison.equal("Message-ID is there", True, bool(message["Message-ID"]))
    attachments = list(message.iter_attachments())
    if arguments.attachment_name:
        names = [attachment.get_filename() for attachment in attachments]
        comparison.equal("attachment names", arguments.attachment_name, names)
    if arguments.attachment_file or arguments.save:
        comparison.equal("attachments", 1, len(attachments))
        content = attachments[0].get_payload(decode=True) if attachments else b""
        if arguments.attachment_file:
            comparison.equal("attachment", arguments.attachment_file.read_bytes(), content)
        if arguments.save:
            arguments.save.write_bytes(content)
    return comparison.failures == 0


def main():
    arguments = parse_arguments()
    message = email.message_from_bytes(arguments.message.read_bytes(), policy=email.policy.default)
    sys.exit(0 if compare(arguments, message) else 1)


if __name__ == "__main__":
    main()
