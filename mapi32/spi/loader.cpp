// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/loader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "abi/error.h"
#include "log/log.h"
#include "port/file.h"
#include "port/module.h"
#include "port/mutex.h"
#include "port/process.h"
#include "text/text.h"

namespace remapi::spi {

struct Module {
    String path;
    std::string name;
    port::ModuleHandle handle = nullptr;
    long uses = 0;         // guarded by g_mutex, as are the next two
    bool retired = false;  // goes with its last use
    bool disabled = false;

    static ModuleRef refer(Module* module) noexcept { return ModuleRef(module); }
};

namespace {

constinit port::StaticMutex g_mutex;
constinit std::vector<Module*>* g_modules =
    nullptr;  // never freed: nothing may run at process exit

std::vector<Module*>& modules() {
    if (!g_modules) g_modules = new std::vector<Module*>();
    return *g_modules;
}

// Takes `module` off the list. The caller holds g_mutex and then calls `unload` without it.
void forget(Module* module) noexcept {
    auto& list = *g_modules;
    list.erase(std::remove(list.begin(), list.end(), module), list.end());
}

void unload(Module* module) noexcept {
    REMAPI_TRACE(Spi, "%s: unloaded", module->name.c_str());
    port::unload_module(module->handle);
    delete module;
}

// A module that faulted stays: threads of its own may still run in it.
bool may_go(const Module& module) noexcept {
    return module.retired && module.uses == 0 && !module.disabled;
}

// The module of `path` with one more use, null when it is not loaded.
ModuleRef find_loaded(StringView path) {
    const port::Lock lock(g_mutex);
    for (Module* module : modules()) {
        if (module->path != path) continue;
        ++module->uses;
        module->retired = false;
        return Module::refer(module);
    }
    return {};
}

// Puts a freshly loaded module on the list; another thread may have been quicker with the same
// file.
ModuleRef keep(StringView path, StringView name, port::ModuleHandle handle) {
    auto fresh = std::make_unique<Module>();
    fresh->path = path;
    fresh->name = log::utf8(name);
    fresh->handle = handle;
    fresh->uses = 1;
    {
        const port::Lock lock(g_mutex);
        auto& list = modules();
        const auto same = std::find_if(list.begin(), list.end(),
                                       [&](const Module* other) { return other->path == path; });
        if (same == list.end()) {
            list.push_back(fresh.get());
            return Module::refer(fresh.release());
        }
        ++(*same)->uses;
        Module* other = *same;
        fresh.reset();
        port::unload_module(
            handle);  // only drops the system's second count: no code of the module runs
        return Module::refer(other);
    }
}

void append_search_path(std::vector<String>& folders) {
    const auto setting = port::environment("REMAPI_PROVIDER_PATH");
    if (!setting) return;
    const WideChar separator =
        port::path_separator() == REMAPI_W('/') ? REMAPI_W(':') : REMAPI_W(';');
    StringView rest = *setting;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(separator), rest.size());
        const StringView folder = rest.substr(0, end);
        if (port::is_absolute_path(folder)) folders.emplace_back(folder);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

ModuleRef load_file(StringView path, StringView name, std::string& reason) {
    if (ModuleRef loaded = find_loaded(path)) return loaded;
    const port::ModuleHandle handle = port::load_module(path, reason);
    if (!handle) {
        REMAPI_ERROR(Spi, "%s: cannot be loaded: %s", log::utf8(path).c_str(), reason.c_str());
        return {};
    }
    REMAPI_INFO(Spi, "%s: loaded from %s", log::utf8(name).c_str(), log::utf8(path).c_str());
    return keep(path, name, handle);
}

void* find_decorated(port::ModuleHandle handle, const std::string& name, unsigned bytes) {
    const std::string suffix = "@" + std::to_string(bytes);
    if (void* found = port::find_symbol(handle, ("_" + name + suffix).c_str())) return found;
    if (void* found = port::find_symbol(handle, (name + suffix).c_str())) return found;
    return port::find_symbol(handle, ("_" + name).c_str());
}

}  // namespace

ModuleRef::ModuleRef(const ModuleRef& other) noexcept : m_module(other.m_module) {
    if (!m_module) return;
    const port::Lock lock(g_mutex);
    ++m_module->uses;
}

ModuleRef::ModuleRef(ModuleRef&& other) noexcept
    : m_module(std::exchange(other.m_module, nullptr)) {}

ModuleRef& ModuleRef::operator=(ModuleRef other) noexcept {
    std::swap(m_module, other.m_module);
    return *this;
}

ModuleRef::~ModuleRef() {
    if (!m_module) return;
    {
        const port::Lock lock(g_mutex);
        --m_module->uses;
        if (!may_go(*m_module)) return;
        forget(m_module);
    }
    unload(m_module);
}

const String& ModuleRef::path() const noexcept {
    return m_module->path;
}

const std::string& ModuleRef::name() const noexcept {
    return m_module->name;
}

HINSTANCE ModuleRef::instance() const noexcept {
    return static_cast<HINSTANCE>(m_module->handle);
}

bool ModuleRef::disabled() const noexcept {
    const port::Lock lock(g_mutex);
    return m_module->disabled;
}

void ModuleRef::disable(const char* because) noexcept {
    {
        const port::Lock lock(g_mutex);
        m_module->disabled = true;
    }
    REMAPI_ERROR(Spi, "%s: not used any more in this process: %s", m_module->name.c_str(), because);
}

void ModuleRef::keep_for_ever() noexcept {
    const port::Lock lock(g_mutex);
    ++m_module->uses;  // one use that nobody gives back
}

void* ModuleRef::find(const char* name, unsigned stdcall_bytes) const noexcept {
    if (void* found = port::find_symbol(m_module->handle, name)) return found;
    if (stdcall_bytes == 0) return nullptr;
    try {
        return find_decorated(m_module->handle, name, stdcall_bytes);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

String module_file_name(StringView registered_name) {
    String name(registered_name);
    const std::size_t dot = name.find(REMAPI_W('.'));
    if (dot == String::npos) return name + REMAPI_W("32") + String(port::module_extension());
    name.insert(dot, REMAPI_W("32"));
    constexpr StringView kWindowsEnding = REMAPI_W(".dll");
    const StringView ending =
        StringView(name).substr(name.size() - std::min<std::size_t>(name.size(), 4));
    if (text::equal_ignoring_case(ending, kWindowsEnding) &&
        port::module_extension() != kWindowsEnding) {
        name.replace(name.size() - kWindowsEnding.size(), String::npos, port::module_extension());
    }
    return name;
}

std::vector<String> module_candidates(StringView registered_name) {
    const StringView leaf = port::leaf_name(registered_name);
    if (leaf.empty()) return {};
    const String file = module_file_name(leaf);
    if (port::is_absolute_path(registered_name)) {
        return {port::join_path(port::parent_folder(registered_name), file)};
    }
    if (leaf.size() != registered_name.size()) return {};

    std::vector<String> folders;
    append_search_path(folders);
    folders.push_back(port::own_module_folder());
    folders.push_back(port::system_folder());
    std::vector<String> candidates;
    for (const String& folder : folders) {
        if (!folder.empty()) candidates.push_back(port::join_path(folder, file));
    }
    return candidates;
}

ModuleRef load_module(StringView registered_name) {
    const std::string name = log::utf8(registered_name);
    const std::vector<String> candidates = module_candidates(registered_name);
    if (candidates.empty()) {
        throw Error(MAPI_E_NOT_FOUND,
                    "provider module \"" + name + "\": neither a file name nor a full path");
    }
    std::string reason;
    bool found = false;
    for (const String& path : candidates) {
        if (!port::exists(path)) continue;
        found = true;
        ModuleRef module = load_file(path, registered_name, reason);
        if (!module) continue;
        if (module.disabled()) throw Error(MAPI_E_CALL_FAILED, name + ": disabled after a fault");
        return module;
    }
    if (found) throw Error(MAPI_E_CALL_FAILED, "provider module " + name + ": " + reason);
    const std::string where = log::utf8(candidates.front());
    std::string places;
    for (const String& path : candidates) places += (places.empty() ? "" : ", ") + log::utf8(path);
    REMAPI_ERROR(Spi, "%s: no such provider module; looked for %s", name.c_str(), places.c_str());
    throw Error(MAPI_E_NOT_FOUND, "provider module " + name + ": no file " + where);
}

void unload_modules() noexcept {
    for (;;) {
        Module* gone = nullptr;
        {
            const port::Lock lock(g_mutex);
            if (!g_modules) return;
            for (Module* module : *g_modules) {
                module->retired = true;
                if (!gone && may_go(*module)) gone = module;
            }
            if (gone) forget(gone);
        }
        if (!gone) return;
        unload(gone);
    }
}

std::size_t loaded_modules() noexcept {
    const port::Lock lock(g_mutex);
    return g_modules ? g_modules->size() : 0;
}

}  // namespace remapi::spi
