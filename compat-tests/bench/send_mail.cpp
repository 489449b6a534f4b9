// SPDX-License-Identifier: LGPL-2.1-or-later
//
// MAPISendMail in a session that is held, against libcurl, SQLite and a file. Usage:
//   send_mail [Google Benchmark's options] LIBRARY PROFILE FOLDER
// Makes the profile, which sends to a server in this process. FOLDER, an empty one, is for the
// references' files.
#include <iostream>
#include <memory>

#include "compat-tests/harness/test_profile.h"
#include "library.h"
#include "pairs.h"
#include "reference.h"
#include "smtp_sink.h"
#include "text/text.h"

namespace {

using remapi::bench::Library;
using remapi::bench::now;

constexpr double kPatience = 120;  // seconds until a message counts as lost
constexpr std::size_t kBodyBytes = 5000;
constexpr std::size_t kAttachmentBytes = 1 << 20;
constexpr int kBurst = 200;

/// `size` characters of text in lines of 70.
std::string text_of(std::size_t size) {
    std::string text;
    while (text.size() < size) {
        text += text.size() % 72 == 70
                    ? std::string("\r\n")
                    : std::string(1, static_cast<char>('a' + text.size() * 7 % 26));
    }
    return text;
}

/// Simple MAPI with one session.
class Mapi {
public:
    Mapi(const Library& library, std::string profile)
        : m_send(library.find<ULONG WINAPI(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG)>(
              "MAPISendMail")),
          m_logoff(library.find<ULONG WINAPI(LHANDLE, ULONG_PTR, FLAGS, ULONG)>("MAPILogoff")) {
        const ULONG result =
            library.find<ULONG WINAPI(ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPLHANDLE)>(
                "MAPILogon")(0, profile.data(), nullptr, MAPI_NEW_SESSION, 0, &m_session);
        if (result != SUCCESS_SUCCESS) {
            throw std::runtime_error("MAPILogon answered " + std::to_string(result));
        }
    }
    ~Mapi() { m_logoff(m_session, 0, 0, 0); }
    Mapi(const Mapi&) = delete;
    Mapi& operator=(const Mapi&) = delete;

    /// Sends `body`, with the file at `attachment` unless that is empty.
    void send(std::string body, std::string attachment = {}) const {
        char subject[] = "Subject of a message";
        char name[] = "Alice";
        char address[] = "SMTP:alice@example.org";
        MapiRecipDesc recipient = {};
        recipient.ulRecipClass = MAPI_TO;
        recipient.lpszName = name;
        recipient.lpszAddress = address;
        MapiFileDesc file = {};
        file.nPosition = 0xFFFFFFFF;
        file.lpszPathName = attachment.data();
        MapiMessage message = {};
        message.lpszSubject = subject;
        message.lpszNoteText = body.data();
        message.nRecipCount = 1;
        message.lpRecips = &recipient;
        message.nFileCount = attachment.empty() ? 0 : 1;
        message.lpFiles = attachment.empty() ? nullptr : &file;
        const ULONG result = m_send(m_session, 0, &message, 0, 0);
        if (result != SUCCESS_SUCCESS) {
            throw std::runtime_error("MAPISendMail answered " + std::to_string(result));
        }
    }

private:
    ULONG(WINAPI* m_send)(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG);
    ULONG(WINAPI* m_logoff)(LHANDLE, ULONG_PTR, FLAGS, ULONG);
    LHANDLE m_session = 0;
};

/// Everything the workloads share. Lives as long as the process.
struct Bench {
    Bench(remapi::bench::SmtpSink& server, const Library& library, const std::string& profile,
          const std::string& folder)
        : sink(server),
          mapi(library, profile),
          curl(server.port()),
          store(folder + "/reference.db"),
          attachment_path(folder + "/attachment.bin"),
          copy_path(folder + "/copy.bin"),
          body(text_of(kBodyBytes)),
          attachment(text_of(kAttachmentBytes)) {
        remapi::bench::write_durably(attachment_path, attachment);
    }

    /// Until the server has it.
    double send_small() {
        const std::size_t before = sink.messages();
        const double start = now();
        mapi.send(body);
        sink.wait_for(before + 1, kPatience);
        return now() - start;
    }
    double send_small_reference() {
        const std::string message =
            "From: Bench <bench@example.org>\r\nTo: Alice <alice@example.org>\r\n"
            "Subject: Subject of a message\r\n\r\n" +
            body;
        const double start = now();
        store.save(body);
        curl.send(message);
        return now() - start;
    }
    /// Until the call returns; the sending itself is waited for, but not measured.
    double send_attachment() {
        const std::size_t before = sink.messages();
        const double start = now();
        mapi.send(body, attachment_path);
        const double seconds = now() - start;
        sink.wait_for(before + 1, kPatience);
        return seconds;
    }
    double send_attachment_reference() {
        const double start = now();
        remapi::bench::write_durably(copy_path, attachment);
        store.save(body);
        return now() - start;
    }
    void burst(benchmark::State& state) {
        const std::size_t messages = sink.messages();
        const std::size_t connections = sink.connections();
        const double start = now();
        for (int i = 0; i < kBurst; ++i) mapi.send(body);
        const double called = now();
        sink.wait_for(messages + kBurst, kPatience);
        state.SetIterationTime(now() - start);
        state.counters["connections"] = static_cast<double>(sink.connections() - connections);
        state.counters["messages"] = kBurst;
        state.counters["calls_ms"] = (called - start) * 1e3;
    }

    remapi::bench::SmtpSink& sink;
    Mapi mapi;
    remapi::bench::CurlSender curl;
    remapi::bench::DurableSave store;
    const std::string attachment_path;
    const std::string copy_path;
    const std::string body;
    const std::string attachment;
};

void register_all(Bench& bench) {
    remapi::bench::register_pair(
        "send_5k", [&] { return bench.send_small(); },
        [&] { return bench.send_small_reference(); });
    remapi::bench::register_pair(
        "send_1m", [&] { return bench.send_attachment(); },
        [&] { return bench.send_attachment_reference(); });
    const auto burst = [&](benchmark::State& state) {
        for (auto _ : state) {
            try {
                bench.burst(state);
            } catch (const std::exception& error) {
                state.SkipWithError(error.what());
                break;
            }
        }
    };
    benchmark::RegisterBenchmark("burst", burst)
        ->UseManualTime()
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
}

void run(char** arguments) {
    remapi::bench::SmtpSink& sink = *new remapi::bench::SmtpSink;  // its threads use it to the end
    const Library library(arguments[1]);
    const remapi::test::MapiUse use(library);
    remapi::test::TestAccount account;
    account.port = static_cast<ULONG>(sink.port());
    remapi::test::create_test_profile(library, remapi::text::from_utf8(arguments[2]), account);
    const auto bench = std::make_unique<Bench>(sink, library, arguments[2], arguments[3]);
    // The first of each kind pays for what is set up once.
    bench->send_small();
    bench->send_small_reference();
    bench->send_attachment();
    bench->send_attachment_reference();
    register_all(*bench);
    benchmark::RunSpecifiedBenchmarks();
}

}  // namespace

int main(int count, char** arguments) {
    benchmark::Initialize(&count, arguments);
    if (count != 4) {
        std::cerr << "usage: send_mail [--benchmark_...] LIBRARY PROFILE FOLDER\n";
        return 2;
    }
    try {
        run(arguments);
    } catch (const std::exception& error) {
        std::cerr << "send_mail: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
