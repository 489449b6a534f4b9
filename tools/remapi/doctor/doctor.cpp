// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/doctor/doctor.h"

#include <algorithm>

#include "tools/remapi/cli/json.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/doctor/examine.h"

namespace remapi::tool {
namespace {

const char* name_of(Finding::Level level) noexcept {
    switch (level) {
        case Finding::Level::Good:
            return "ok";
        case Finding::Level::Note:
            return "note";
        case Finding::Level::Problem:
            return "problem";
    }
    return "";
}

void examine_all(Findings& findings, const std::optional<String>& profile) {
    const Progress progress("looking");
    examine_registration(findings);
    if (!examine_library(findings)) return;
    if (examine_profiles(findings, profile)) examine_queue(findings, profile);
}

void print_json(const Findings& findings) {
    JsonWriter json;
    json.begin_array();
    for (const Finding& finding : findings.all()) {
        json.begin_object().member("level", name_of(finding.level)).member("topic", finding.topic);
        json.member("text", finding.text).member("advice", finding.advice).end_object();
    }
    print_line(json.end_array().text());
}

void print_text(const Findings& findings) {
    for (const Finding& finding : findings.all()) {
        std::string label = name_of(finding.level);
        label.resize(9, ' ');
        print_line(label + finding.topic + ": " + finding.text);
        if (!finding.advice.empty()) print_line("         -> " + finding.advice);
    }
}

}  // namespace

bool Findings::any_problem() const noexcept {
    return std::any_of(m_all.begin(), m_all.end(), [](const Finding& finding) {
        return finding.level == Finding::Level::Problem;
    });
}

ExitCode run_doctor(const Arguments& arguments) {
    arguments.expect_at_most(0);
    Findings findings;
    examine_all(findings, arguments.one("profile"));
    if (arguments.has("json")) {
        print_json(findings);
    } else {
        print_text(findings);
    }
    return findings.any_problem() ? ExitCode::Problems : ExitCode::Ok;
}

}  // namespace remapi::tool
