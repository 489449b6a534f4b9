#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""run_with_servers.py --servers FOLDER -- PROGRAM ARG...: runs a test with SMTP servers of every kind.

FOLDER is compat-tests/harness. The program finds the ports in REMAPI_TEST_SMTP ("plain=1234;tls=1235;...")
and the certificates in the folder REMAPI_TEST_CERTIFICATES. With --own-trust, which a native program needs, it
may change which authorities this machine trusts: its servers and it see another trust store than everybody else.
"""
import argparse
import asyncio
import os
import subprocess
import sys
import tempfile

# Name of the server: its options. {c} is the folder with the certificates.
GOOD = "--certificate {c}/good.pem --key {c}/good.key"
SERVERS = {
    "plain": "",
    "starttls": "--security starttls " + GOOD,
    "tls": "--security tls " + GOOD,
    "auth": "--user ann --password secret --security starttls " + GOOD,
    "auth_login": "--user ann --password secret --mechanisms LOGIN --security tls " + GOOD,
    "auth_clear": "--user ann --password secret",
    "wrong_name": "--security tls --certificate {c}/wrong-name.pem --key {c}/wrong-name.key",
    "wrong_name_starttls": "--security starttls --certificate {c}/wrong-name.pem --key {c}/wrong-name.key",
    "expired": "--security tls --certificate {c}/expired.pem --key {c}/expired.key",
    "expired_starttls": "--security starttls --certificate {c}/expired.pem --key {c}/expired.key",
    "stranger": "--security tls --certificate {c}/stranger.pem --key {c}/stranger.key",
    "stranger_starttls": "--security starttls --certificate {c}/stranger.pem --key {c}/stranger.key",
    "refusing": "--refuse nobody@example.org --refuse noone@example.org --defer busy@example.org",
    "mail_deferred": "--fail mail",
    "data_deferred": "--fail data",
    "end_deferred": "--fail end",
    "greeting_refused": "--fail greeting --fail-code 554_5.3.2_Go_away",
    "data_refused": "--fail data --fail-code 554_5.6.0_Not_this",
    "end_refused": "--fail end --fail-code 554_5.7.1_Spam",
    "drop_data": "--drop data",
    "drop_end": "--drop end",
    "keeps_three": "--keep 3",
    "no_smtputf8": "--no-smtputf8",
    "small": "--size-limit 3000",
}


async def run(servers, command, own_trust):
    with tempfile.TemporaryDirectory() as scratch:
        certificates = os.path.join(scratch, "certificates")
        subprocess.run([os.path.join(servers, "test_certificates"), certificates], check=True)
        import smtp_server
        ports, listening = [], []
        for name, options in SERVERS.items():
            words = [word.replace("_", " ") if "5." in word else word
                     for word in options.format(c=certificates).split()]
            server, port, _ = await smtp_server.start(smtp_server.parse_arguments(words))
            ports.append(f"{name}={port}")
            listening.append(server)
        environment = dict(os.environ, REMAPI_TEST_SMTP=";".join(ports), REMAPI_TEST_CERTIFICATES=certificates)
        if own_trust:
            import own_mounts
            environment.update(own_mounts.trust_of_own(os.path.join(scratch, "trust")))
        program = await asyncio.create_subprocess_exec(*command, env=environment)
        status = await program.wait()
        for server in listening:
            server.close()
        return status


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--servers", required=True)
    parser.add_argument("--own-trust", action="store_true")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    sys.path.insert(0, options.servers)
    if options.own_trust:
        import own_mounts
        own_mounts.enter()
    return asyncio.run(run(options.servers, options.command, options.own_trust))


if __name__ == "__main__":
    sys.exit(main())
