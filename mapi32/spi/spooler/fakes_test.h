// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A store, transports and a world for tests of the spooler's core. Time passes only when the
// spooler waits.
#pragma once

#include <algorithm>
#include <functional>
#include <map>

#include "format/one_off.h"
#include "port/clock.h"
#include "spi/spooler/outgoing.h"

namespace remapi::spi::test {

constexpr std::uint64_t kStart = 130000000000000000;  // some day of 2012

inline Bytes entry(std::uint8_t number) {
    return Bytes{0, 0, 0, 0, number};
}

inline PropertyBag recipient(StringView address, StringView type = REMAPI_W("SMTP")) {
    static constexpr ULONG kFirstRow = 1;
    return {{PR_ROWID, kFirstRow + static_cast<ULONG>(address.size())},
            {PR_EMAIL_ADDRESS_W, address},
            {PR_ADDRTYPE_W, type},
            {PR_ENTRYID, format::encode_one_off({String(address), String(type), String(address)})},
            {PR_RESPONSIBILITY, false}};
}

/// What the store keeps of one message.
struct FakeMessage {
    std::vector<PropertyBag> recipients;
    bool queued = true;
    bool damaged = false;  ///< it cannot be opened
    QueueEntry row;
    String reason;
};

class FakeOpened final : public OutgoingMessage {
public:
    explicit FakeOpened(FakeMessage& stored) : m_stored(stored), m_recipients(stored.recipients) {}
    IMessage* object() noexcept override { return nullptr; }
    std::vector<PropertyBag> recipients() override { return m_recipients; }
    void change_recipients(const std::vector<PropertyBag>& rows) override {
        for (const PropertyBag& row : rows) {
            for (PropertyBag& own : m_recipients) {
                if (own.text(PR_EMAIL_ADDRESS_W) == row.text(PR_EMAIL_ADDRESS_W)) own = row;
            }
        }
    }
    void save() override { m_stored.recipients = m_recipients; }
    String last_error() override { return m_stored.reason; }

private:
    FakeMessage& m_stored;
    std::vector<PropertyBag> m_recipients;
};

class FakeStore final : public OutgoingStore {
public:
    const Bytes& record_key() const override { return m_key; }
    const std::string& name() const override { return m_name; }
    std::vector<QueueEntry> queue() override {
        ++queries;
        if (on_queue) on_queue(queries);
        std::vector<QueueEntry> rows;
        for (auto& [id, message] : messages) {
            if (message.queued) rows.push_back(message.row);
        }
        return rows;
    }
    std::unique_ptr<OutgoingMessage> open(BytesView id) override {
        FakeMessage& message = find(id);
        if (message.damaged) {
            ++failed_openings;
            throw Error(MAPI_E_CORRUPT_DATA, "opening");
        }
        return std::make_unique<FakeOpened>(message);
    }
    void lock(OutgoingMessage&) override {
        ++locks;
        if (full) throw Error(MAPI_E_NOT_ENOUGH_DISK, "locking");
        if (fail_lock_once) {
            fail_lock_once = false;
            throw Error(MAPI_E_DISK_ERROR, "locking");
        }
    }
    void defer(BytesView id, const Retry& retry) override {
        if (full) throw Error(MAPI_E_NOT_ENOUGH_DISK, "deferring");
        FakeMessage& message = find(id);
        message.reason = retry.reason;
        if (!keeps_retries) return;
        message.row.tries = retry.tries;
        message.row.next_try = retry.next_try;
    }
    void finish(BytesView id) override {
        find(id).queued = false;
        finished.push_back(to_bytes(id));
    }

    /// A message for `recipients`, submitted now.
    void add(std::uint8_t number, std::vector<PropertyBag> recipients,
             std::uint64_t submitted = kStart) {
        FakeMessage& message = messages[entry(number)];
        message.recipients = std::move(recipients);
        message.row.entry_id = entry(number);
        message.row.submitted = submitted;
    }
    FakeMessage& find(BytesView id) {
        const auto found = messages.find(to_bytes(id));
        if (found == messages.end() || !found->second.queued)
            throw Error(MAPI_E_NOT_FOUND, "no such message");
        return found->second;
    }

    std::map<Bytes, FakeMessage> messages;
    std::vector<Bytes> finished;
    std::function<void(int)> on_queue;
    int queries = 0;
    int locks = 0;
    int failed_openings = 0;
    bool full = false;  ///< the disk is
    bool keeps_retries = true;
    bool fail_lock_once = false;

private:
    const Bytes m_key{1, 2, 3};
    const std::string m_name = "fake store";
};

/// Takes recipients of one type and answers what it is told to.
class FakeTransport final : public OutgoingTransport {
public:
    explicit FakeTransport(StringView type) : m_type(type) {}
    const std::string& name() const override { return m_name; }
    bool claims(BytesView id) const override {
        return !claimed.empty() && equal_bytes(id, claimed);
    }
    bool takes_type(StringView type) const override { return m_type == type; }
    HandOver submit(OutgoingMessage& message, bool tried_before) override {
        ++calls;
        was_tried_before = tried_before;
        if (on_submit) on_submit();
        HandOver result = answer;
        if (!answers.empty()) {
            result = answers.front();
            answers.erase(answers.begin());
        }
        const bool takes = SUCCEEDED(result.result) && result.end_flags == 0;
        std::vector<PropertyBag> rows = message.recipients();
        std::erase_if(rows, [&](const PropertyBag& row) {
            return row.truth(PR_RESPONSIBILITY) ||
                   !(takes_type(row.text(PR_ADDRTYPE_W)) || claims(row.bytes(PR_ENTRYID))) ||
                   (!leaves.empty() && row.text(PR_EMAIL_ADDRESS_W) == leaves);
        });
        for (PropertyBag& row : rows) row.set({PR_RESPONSIBILITY, true});
        if (takes || marks_anyway) message.change_recipients(rows);
        if (takes) {
            for (const PropertyBag& row : rows) sent_to.emplace_back(row.text(PR_EMAIL_ADDRESS_W));
        }
        return result;
    }

    HandOver answer;
    std::vector<HandOver> answers;  ///< for the first calls
    Bytes claimed;
    String leaves;              ///< the address that it does not want
    bool marks_anyway = false;  ///< sets PR_RESPONSIBILITY although it fails
    std::function<void()> on_submit;
    std::vector<String> sent_to;
    int calls = 0;
    bool was_tried_before = false;

private:
    const String m_type;
    const std::string m_name = "fake transport";
};

class FakeWorld final : public Surroundings {
public:
    std::vector<OutgoingTransport*> transports() override { return all; }
    String missing_transport() override { return missing; }
    void report(OutgoingMessage&, const std::vector<PropertyBag>& rows) override {
        for (const PropertyBag& row : rows) reported.push_back(row);
    }
    ULONG returned_recipients() override { return static_cast<ULONG>(reported.size()); }
    std::uint64_t now() override { return time; }
    bool pause(std::uint32_t milliseconds) override {
        time += milliseconds * (port::kFileTimePerSecond / 1000);
        if (on_pause) on_pause();
        return !stop;
    }
    bool stopping() override { return stop; }

    std::vector<OutgoingTransport*> all;
    String missing;
    std::vector<PropertyBag> reported;
    std::uint64_t time = kStart;
    std::function<void()> on_pause;
    bool stop = false;
};

inline HandOver failing(HRESULT result, ULONG wait_seconds = 0, StringView reason = {}) {
    HandOver answer;
    answer.result = result;
    answer.wait_seconds = wait_seconds;
    answer.reason = String(reason);
    return answer;
}

inline HandOver ending(ULONG flags) {
    HandOver answer;
    answer.end_flags = flags;
    return answer;
}

}  // namespace remapi::spi::test
