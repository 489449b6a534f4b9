// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/utf.h"
#include "tools/remapi/doctor/examine.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

constexpr std::uint32_t kTimeoutMs = 10000;

/// Reads one answer of an SMTP server (RFC 5321 4.2.1), all its lines. Its code, 0 when none came.
int read_answer(Connection& server, std::string& text) {
    text.clear();
    for (std::string line; server.read_line(line);) {
        text += line;
        if (line.size() < 4 || line[3] != '-') return std::atoi(line.substr(0, 3).c_str());
    }
    return 0;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

/// What a server that starts in clear text offers.
void ask(Findings& findings, Connection& server, const std::string& name, const String& security) {
    std::string answer;
    if (read_answer(server, answer) != 220) {
        findings.problem("server",
                         name + " does not greet as an SMTP server does: " + first_line(answer),
                         "look at host and port, and whether the server wants --security tls");
        return;
    }
    const bool asked =
        server.write("EHLO remapi.invalid\r\n") && read_answer(server, answer) == 250;
    const bool offers_tls = answer.find("STARTTLS") != std::string::npos;
    server.write("QUIT\r\n");
    if (!asked) {
        findings.problem("server", name + " refuses EHLO: " + first_line(answer),
                         "ask whoever runs it");
    } else if (security == REMAPI_W("starttls") && !offers_tls) {
        findings.problem("server", name + " offers no STARTTLS, so nothing is sent",
                         "use another port, or --security tls");
    } else if (security == REMAPI_W("none")) {
        findings.note("server",
                      name + " answers; mail and passwords cross the network in clear text",
                      offers_tls ? "the server offers STARTTLS: use --security starttls" : "");
    } else {
        findings.good("server", name + " answers and offers STARTTLS");
    }
}

}  // namespace

void examine_server(Findings& findings, const String& host, unsigned port, const String& security) {
    const std::string name = port::to_utf8(host) + " port " + std::to_string(port);
    Connection server;
    std::string error;
    if (!server.open(host, port, kTimeoutMs, error)) {
        findings.problem(
            "server", name + " cannot be reached: " + error,
            "look at the network, the host's name and the port; mail waits in the queue meanwhile");
        return;
    }
    if (security == REMAPI_W("tls")) {
        findings.good(
            "server",
            name + " accepts connections (its certificate is examined when mail is sent)");
        return;
    }
    ask(findings, server, name, security);
}

}  // namespace remapi::tool
