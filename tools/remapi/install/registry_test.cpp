// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/registry.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tools/remapi/install/registry_plan.h"

namespace remapi::tool {
namespace {

/// A registry in memory. With `shared`, both views are one, as for some keys on newer Windows.
class MemoryRegistry final : public Registry {
public:
    explicit MemoryRegistry(bool shared = false) : m_shared(shared) {}

    bool has_key(const RegistryKey& key) override { return m_keys.contains(name_of(key)); }
    std::optional<RegistryData> read(const RegistryKey& key, const std::string& name) override {
        const auto found = m_values.find({name_of(key), name});
        if (found == m_values.end()) return std::nullopt;
        return found->second;
    }
    void write(const RegistryKey& key, const std::string& name, const RegistryData& data) override {
        for (std::size_t end = key.path.find('\\'); end != std::string::npos;
             end = key.path.find('\\', end + 1)) {
            m_keys.insert(name_of({key.root, key.view, key.path.substr(0, end)}));
        }
        m_keys.insert(name_of(key));
        m_values[{name_of(key), name}] = data;
    }
    void remove_value(const RegistryKey& key, const std::string& name) override {
        m_values.erase({name_of(key), name});
    }
    void remove_empty_key(const RegistryKey& key) override {
        const std::string full = name_of(key);
        for (const auto& [place, data] : m_values) {
            if (place.first == full) return;
        }
        const auto below = m_keys.lower_bound(full + "\\");
        if (below == m_keys.end() || !below->starts_with(full + "\\")) m_keys.erase(full);
    }
    bool operator==(const MemoryRegistry& other) const {
        return m_keys == other.m_keys && m_values == other.m_values;
    }

private:
    std::string name_of(const RegistryKey& key) const {
        return key.root + (m_shared ? "" : key.view) + "\\" + key.path;
    }

    bool m_shared;
    std::set<std::string> m_keys;
    std::map<std::pair<std::string, std::string>, RegistryData> m_values;
};

const RegistryKey kMail64 = {"HKLM", "64", "Software\\Clients\\Mail"};
const RegistryKey kMail32 = {"HKLM", "32", "Software\\Clients\\Mail"};

std::vector<RegistryValue> some_values() {
    return {{kMail64, "", registry_text("Remapi")},
            {kMail32, "", registry_text("Remapi")},
            {{"HKLM", "64", "Software\\Clients\\Mail\\Remapi"},
             "DLLPath",
             registry_text("C:\\remapi32.dll")}};
}

TEST(RegistryTest, UndoRestoresValuesAndRemovesOnlyOurKeys) {
    for (const bool shared : {false, true}) {
        MemoryRegistry registry(shared);
        registry.write(kMail64, "", registry_text("Another Client"));
        registry.write({"HKLM", "32", "Software\\Clients"}, "x", {4, std::string("\1\0\0\0", 4)});
        const MemoryRegistry before = registry;
        const std::vector<Record> records = plan_registry(registry, some_values(), {});
        apply_registry(registry, some_values());
        EXPECT_EQ(registry.read(kMail64, ""), registry_text("Remapi"));
        EXPECT_TRUE(undo_registry(registry, *parse_records(format_records(records))).empty());
        EXPECT_TRUE(registry == before);
    }
}

TEST(RegistryTest, ASecondInstallationKeepsTheFirstOriginals) {
    MemoryRegistry registry;
    registry.write(kMail64, "", registry_text("Another Client"));
    const MemoryRegistry before = registry;
    std::vector<Record> records = plan_registry(registry, some_values(), {});
    apply_registry(registry, some_values());
    std::vector<RegistryValue> later = some_values();
    later[2].data = registry_text("D:\\remapi32.dll");
    records = plan_registry(registry, later, records);
    apply_registry(registry, later);
    EXPECT_TRUE(undo_registry(registry, records).empty());
    EXPECT_TRUE(registry == before);
}

TEST(RegistryTest, WhatSomebodyChangedSinceStays) {
    MemoryRegistry registry;
    const std::vector<Record> records = plan_registry(registry, some_values(), {});
    apply_registry(registry, some_values());
    registry.write(kMail64, "", registry_text("A Third Client"));
    EXPECT_EQ(undo_registry(registry, records).size(), 1u);
    EXPECT_EQ(registry.read(kMail64, ""), registry_text("A Third Client"));
    EXPECT_FALSE(registry.has_key({"HKLM", "64", "Software\\Clients\\Mail\\Remapi"}));
}

TEST(RegistryTest, UndoOfAPlanThatWasNeverAppliedChangesNothing) {
    MemoryRegistry registry;
    registry.write(kMail64, "", registry_text("Another Client"));
    const MemoryRegistry before = registry;
    EXPECT_TRUE(undo_registry(registry, plan_registry(registry, some_values(), {})).empty());
    EXPECT_TRUE(registry == before);
}

TEST(RegistryTest, TextIsUtf16WithItsEnd) {
    EXPECT_EQ(registry_text("a\xC3\xB6").bytes, std::string("a\0\xF6\0\0\0", 6));
}

TEST(RegistryPlanTest, ThePrefixGetsOverrideClientAndFlagsInEachView) {
    const std::vector<RegistryValue> values = prefix_values({"64", "32"}, "native");
    const auto has = [&](const RegistryKey& key, const std::string& name, const std::string& text) {
        for (const RegistryValue& value : values) {
            if (value.key == key && value.name == name) return value.data == registry_text(text);
        }
        return false;
    };
    const RegistryKey overrides = {"HKCU", "", "Software\\Wine\\DllOverrides"};
    EXPECT_TRUE(has(overrides, "mapi32", "native"));
    EXPECT_TRUE(has(overrides, "mapistub", "native"));
    for (const std::string view : {"64", "32"}) {
        EXPECT_TRUE(has({"HKLM", view, "Software\\Clients\\Mail"}, "", "Remapi"));
        // Never by the name mapi32.dll: Wine's builtin would load itself (quirk Q40).
        EXPECT_TRUE(has({"HKLM", view, "Software\\Clients\\Mail\\Remapi"}, "DLLPathEx",
                        "C:\\windows\\system32\\remapi32.dll"));
        EXPECT_TRUE(
            has({"HKLM", view, "Software\\Microsoft\\Windows Messaging Subsystem"}, "MAPI", "1"));
        EXPECT_TRUE(has({"HKLM", view, "Software\\Microsoft\\Windows Messaging Subsystem"},
                        "CMCDLLNAME32", "mapi32.dll"));
    }
}

}  // namespace
}  // namespace remapi::tool
