// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The words of a command line, sorted into options and the rest.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "port/wide.h"

namespace remapi::tool {

/// One option that a command takes. `name` is without its dashes.
struct OptionSpec {
    enum class Kind { Flag, One, Many };
    const char* name;
    Kind kind;
    const char* value;    ///< what the help calls its value; null for a flag
    const char* meaning;  ///< one line of help
};

/// A parsed command line.
class Arguments {
public:
    /// Sorts `words`: `--name value`, `--name=value`, `--flag`; after `--` everything is an
    /// operand, and so is a lone `-`. Throws Failure(Usage) for an unknown option, a missing value,
    /// a value for a flag, and for a second value of an option that takes one.
    static Arguments parse(std::span<const OptionSpec> specs, std::span<const String> words);

    bool has(const char* name) const { return m_options.contains(name); }
    /// The value of an option, nullopt when it was not given.
    std::optional<String> one(const char* name) const;
    /// The same for an option that must be there. Throws Failure(Usage).
    String required(const char* name) const;
    /// Every value of an option, in order.
    std::vector<String> many(const char* name) const;
    /// A decimal number from `low` to `high`, `fallback` when the option is not given. Throws
    /// Failure(Usage).
    unsigned number(const char* name, unsigned fallback, unsigned low, unsigned high) const;

    const std::vector<String>& operands() const noexcept { return m_operands; }
    /// The only operand. Throws Failure(Usage), naming `what`, when there is none or more than one.
    String only_operand(const char* what) const;
    /// Throws Failure(Usage) when there are more than `most` operands.
    void expect_at_most(std::size_t most) const;

private:
    std::map<std::string, std::vector<String>, std::less<>> m_options;
    std::vector<String> m_operands;
};

/// The number that `text` spells in decimal digits, nullopt when it does not or is above `high`.
std::optional<unsigned> parse_number(StringView text, unsigned high);

}  // namespace remapi::tool
