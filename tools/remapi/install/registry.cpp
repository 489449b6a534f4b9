// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/registry.h"

#include <algorithm>

#include "text/text.h"

namespace remapi::tool {
namespace {

constexpr std::uint32_t kTextType = 1;  // REG_SZ
constexpr char kAbsent[] = "absent";
// "key", root, view, path
constexpr std::size_t kKeyFields = 4;
// "value", root, view, path, name, type and bytes before, type and bytes of ours
constexpr std::size_t kValueFields = 9;

std::string hex(const std::string& bytes) {
    return text::hex(bytes.data(), bytes.size());
}

RegistryKey key_of(const Record& record) {
    return {record[1], record[2], record[3]};
}

/// The data that two fields spell; nullopt for "absent".
std::optional<RegistryData> data_of(const std::string& type, const std::string& bytes) {
    if (type == kAbsent) return std::nullopt;
    RegistryData data;
    for (const char digit : type)
        data.type = data.type * 10 + static_cast<std::uint32_t>(digit - '0');
    data.bytes = text::from_hex(bytes).value_or(std::string());
    return data;
}

void append_data(Record& record, const std::optional<RegistryData>& data) {
    record.push_back(data ? std::to_string(data->type) : kAbsent);
    record.push_back(data ? hex(data->bytes) : "");
}

/// Notes the keys on the way to `key` that do not exist, the outermost first.
void plan_keys(Registry& registry, const RegistryKey& key, std::vector<Record>& records) {
    for (std::size_t end = key.path.find('\\');; end = key.path.find('\\', end + 1)) {
        const RegistryKey part = {key.root, key.view, key.path.substr(0, end)};
        const Record record = {"key", part.root, part.view, part.path};
        const bool noted = std::find(records.begin(), records.end(), record) != records.end();
        if (!noted && !registry.has_key(part)) records.push_back(record);
        if (end == std::string::npos) return;
    }
}

Record* find_value(std::vector<Record>& records, const RegistryValue& value) {
    for (Record& record : records) {
        if (record.size() == kValueFields && record[0] == "value" && key_of(record) == value.key &&
            record[4] == value.name) {
            return &record;
        }
    }
    return nullptr;
}

void undo_value(Registry& registry, const Record& record, std::vector<std::string>& left) {
    const RegistryKey key = key_of(record);
    const std::optional<RegistryData> before = data_of(record[5], record[6]);
    const std::optional<RegistryData> ours = data_of(record[7], record[8]);
    const std::optional<RegistryData> now = registry.read(key, record[4]);
    if (now == before) return;
    if (now != ours) {
        left.push_back(key.root + "\\" + key.path + ", value \"" + record[4] + "\"");
        return;
    }
    if (before) {
        registry.write(key, record[4], *before);
    } else {
        registry.remove_value(key, record[4]);
    }
}

}  // namespace

RegistryData registry_text(std::string_view utf8) {
    RegistryData data = {kTextType, {}};
    for (const WideChar unit : text::from_utf8(utf8) + WideChar{0}) {
        data.bytes += static_cast<char>(unit & 0xFF);
        data.bytes += static_cast<char>(unit >> 8);
    }
    return data;
}

std::vector<Record> plan_registry(Registry& registry, const std::vector<RegistryValue>& values,
                                  std::vector<Record> records) {
    for (const RegistryValue& value : values) {
        plan_keys(registry, value.key, records);
        if (Record* known = find_value(records, value)) {
            known->resize(kValueFields - 2);
            append_data(*known, value.data);
            continue;
        }
        Record record = {"value", value.key.root, value.key.view, value.key.path, value.name};
        append_data(record, registry.read(value.key, value.name));
        append_data(record, value.data);
        records.push_back(std::move(record));
    }
    return records;
}

void apply_registry(Registry& registry, const std::vector<RegistryValue>& values) {
    for (const RegistryValue& value : values) registry.write(value.key, value.name, value.data);
}

std::vector<std::string> undo_registry(Registry& registry, const std::vector<Record>& records) {
    std::vector<std::string> left;
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        if (record->size() == kValueFields && record->front() == "value")
            undo_value(registry, *record, left);
        if (record->size() == kKeyFields && record->front() == "key")
            registry.remove_empty_key(key_of(*record));
    }
    return left;
}

}  // namespace remapi::tool
