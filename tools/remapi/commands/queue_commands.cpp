// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/text.h"
#include "tools/remapi/cli/json.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/commands/commands.h"
#include "tools/remapi/mapi/queue.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

using Kind = OptionSpec::Kind;

constexpr OptionSpec kQueueOptions[] = {
    {"profile", Kind::One, "NAME", "the profile to use instead of the default one"},
    {"json", Kind::Flag, nullptr, "answer in JSON"},
};
constexpr OptionSpec kFlushOptions[] = {
    {"profile", Kind::One, "NAME", "the profile to use instead of the default one"},
    {"timeout", Kind::One, "S",
     "seconds after which what is left stays in the queue (default: 120)"},
    {"json", Kind::Flag, nullptr, "answer in JSON"},
};

void print_queue_json(const std::vector<QueuedMessage>& queue) {
    JsonWriter json;
    json.begin_array();
    for (const QueuedMessage& message : queue) {
        json.begin_object().member("id", text::hex(message.id.data(), message.id.size()));
        json.member("subject", message.subject).member("to", message.to);
        json.member("submitted", utc_time(message.submitted)).member("state", message.state);
        json.member("tries", message.tries).member("last_error", message.last_error);
        json.member("next_try", utc_time(message.next_try)).member("given_up", message.given_up);
        json.member("message_id", message.message_id).end_object();
    }
    print_line(json.end_array().text());
}

ExitCode show_queue(const Arguments& arguments) {
    arguments.expect_at_most(0);
    Session session(arguments.one("profile"));
    const std::vector<QueuedMessage> queue = read_queue(session);
    if (arguments.has("json")) {
        print_queue_json(queue);
        return ExitCode::Ok;
    }
    if (queue.empty()) {
        print_line("nothing waits");
        return ExitCode::Ok;
    }
    TextTable table({"SUBMITTED", "TO", "SUBJECT", "STATE", "TRIES", "NEXT TRY", "LAST ERROR"});
    for (const QueuedMessage& message : queue) {
        table.add({local_time(message.submitted), one_line(message.to), one_line(message.subject),
                   one_line(message.state), std::to_string(message.tries),
                   message.given_up ? "on request" : local_time(message.next_try),
                   one_line(message.last_error)});
    }
    print(table.text());
    return ExitCode::Ok;
}

ExitCode flush_queue(const Arguments& arguments) {
    arguments.expect_at_most(0);
    constexpr unsigned kMostSeconds = 24 * 3600;
    const unsigned seconds = arguments.number("timeout", 120, 1, kMostSeconds);
    Session session(arguments.one("profile"));
    QueueRun run;
    {
        const Progress progress("sending what waits");
        run = run_queue(session, seconds * 1000);
    }
    const std::vector<QueuedMessage> queue = read_queue(session);
    if (arguments.has("json")) {
        JsonWriter json;
        json.begin_object().member("sent", run.sent).member("failed", run.failed);
        json.member("waiting", static_cast<std::uint32_t>(queue.size())).end_object();
        print_line(json.text());
    } else {
        print_line(std::to_string(run.sent) + " sent, " + std::to_string(run.failed) +
                   " returned as undeliverable, " + std::to_string(queue.size()) + " waiting");
        for (const QueuedMessage& message : queue) {
            if (message.last_error.empty()) continue;
            print_complaint(quoted_line(message.subject) +
                            " waits: " + one_line(message.last_error));
        }
    }
    return queue.empty() ? ExitCode::Ok : ExitCode::QueueNotEmpty;
}

constexpr Command kQueueCommands[] = {
    {"queue", "", "shows what waits to be sent, and why", kQueueOptions, show_queue},
    {"flush", "", "sends what waits now; exit code 4 when something is left", kFlushOptions,
     flush_queue},
};

}  // namespace

std::span<const Command> queue_commands() {
    return kQueueCommands;
}

}  // namespace remapi::tool
