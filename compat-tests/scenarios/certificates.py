#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server with a certificate that is not to be trusted gets nothing: the message waits, queue and log say why,
and it is sent once the server has a good one. With a CA file, and with the authorities that the machine trusts."""
import os
import subprocess
import sys

import scenario
from scenario import HARNESS, PROFILE, Server, free_port, own_mounts, require

UNKNOWN = "it comes from an unknown authority"
BAD = {"wrong-name": "it belongs to another host name", "expired": "it has expired", "stranger": UNKNOWN}


class Mail:
    """One message in the queue, and servers on one port."""

    def __init__(self, machine, security):
        self.machine, self.security, self.port = machine, security, free_port()
        self.certificates = os.path.join(machine.folder, "certificates")
        self.mail = os.path.join(machine.folder, "mail")
        subprocess.run([os.path.join(HARNESS, "test_certificates"), self.certificates], check=True)
        self.authority = machine.path(os.path.join(self.certificates, "ca.pem"))

    def submit(self, *ca_file):
        self.machine.act("create", PROFILE, self.port, self.security, *ca_file)
        self.machine.act("send", 1, "secret")

    def serve(self, certificate):
        files = os.path.join(self.certificates, certificate)
        return Server(self.mail, self.port, "--security", self.security,
                      "--certificate", files + ".pem", "--key", files + ".key")

    def is_refused(self, certificate, why):
        with self.serve(certificate) as server:
            self.machine.spool()
            rows = self.machine.queue()
            require(len(rows) == 1 and f"certificate not trusted: {why}" in rows[0][4],
                    f"{certificate}: the queue says {rows}, the log {self.machine.last_spool}")
            require(f"certificate not trusted: {why}" in self.machine.last_spool,
                    f"{certificate}: the log says {self.machine.last_spool}")
            require(server.accepted() == [], f"{certificate}: the server got {server.accepted()}")

    def is_sent(self):
        with self.serve("good") as server:
            self.machine.spool()
            require(self.machine.queue() == [], f"with a good certificate it still waits: {self.machine.last_spool}")
            require([subject for _, subject in server.accepted()] == ["secret-1"], f"the server got {server.accepted()}")


def a_ca_file_decides(machine, chance):
    mail = Mail(machine, "tls")
    mail.submit(mail.authority)
    for certificate, why in BAD.items():
        mail.is_refused(certificate, why)
    mail.is_sent()


def without_a_ca_file_the_system_decides(machine, chance):
    if machine.native:
        machine.environment.update(own_mounts.trust_of_own(os.path.join(machine.folder, "trust")))
    mail = Mail(machine, "starttls")
    mail.submit()
    mail.is_refused("good", UNKNOWN)
    machine.act("trust", mail.authority)
    for certificate, why in BAD.items():
        mail.is_refused(certificate, why)
    machine.act("distrust", mail.authority)
    mail.is_refused("good", UNKNOWN)
    machine.act("trust", mail.authority)
    mail.is_sent()


if __name__ == "__main__":
    if scenario.parse_arguments(__doc__).machine == "native":
        own_mounts.enter()
    sys.exit(scenario.main(__doc__, [a_ca_file_decides, without_a_ca_file_the_system_decides]))
