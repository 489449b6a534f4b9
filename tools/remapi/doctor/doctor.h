// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>
#include <vector>

#include "tools/remapi/cli/arguments.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {

/// One thing that `doctor` looked at.
struct Finding {
    enum class Level { Good, Note, Problem };
    Level level;
    std::string topic;   ///< "library", "profile" ...
    std::string text;    ///< what is
    std::string advice;  ///< what to do; empty when nothing is to be done
};

/// Collects findings. One thread.
class Findings {
public:
    void good(const char* topic, std::string text) {
        add(Finding::Level::Good, topic, std::move(text), {});
    }
    void note(const char* topic, std::string text, std::string advice = {}) {
        add(Finding::Level::Note, topic, std::move(text), std::move(advice));
    }
    void problem(const char* topic, std::string text, std::string advice) {
        add(Finding::Level::Problem, topic, std::move(text), std::move(advice));
    }
    const std::vector<Finding>& all() const noexcept { return m_all; }
    bool any_problem() const noexcept;

private:
    void add(Finding::Level level, const char* topic, std::string text, std::string advice) {
        m_all.push_back({level, topic, std::move(text), std::move(advice)});
    }
    std::vector<Finding> m_all;
};

inline constexpr OptionSpec kDoctorOptions[] = {
    {"profile", OptionSpec::Kind::One, "NAME", "the profile to examine instead of the default one"},
    {"json", OptionSpec::Kind::Flag, nullptr, "answer in JSON"},
};
/// `doctor`: looks at everything between a program and the server.
ExitCode run_doctor(const Arguments& arguments);

/// What this platform registers and which library programs would get. posix/ and win32/.
void examine_registration(Findings& findings);

}  // namespace remapi::tool
