// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/module.h"

#include <dlfcn.h>

#include <charconv>
#include <climits>
#include <cstdint>
#include <cstdlib>

#include "port/file.h"
#include "port/posix/native_path.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

/// Its address tells which module this code was linked into.
void here() noexcept {}

/// The file behind `address` as the kernel mapped it. The loader's own name is the path as it was
/// given, relative to a current directory that may have changed since.
std::string mapped_file(std::uintptr_t address) {
    std::string maps;
    if (read_file(u"/proc/self/maps", maps) != 0) return std::string();
    std::string_view rest = maps;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : line.size());
        std::uintptr_t first = 0;
        std::uintptr_t end = 0;
        const char* const stop = line.data() + line.size();
        const auto from = std::from_chars(line.data(), stop, first, 16);
        if (from.ptr == stop || *from.ptr != '-') continue;
        std::from_chars(from.ptr + 1, stop, end, 16);
        if (address < first || address >= end) continue;
        const std::size_t path = line.find('/');
        return path == std::string_view::npos ? std::string() : std::string(line.substr(path));
    }
    return std::string();
}

std::string last_error() {
    const char* const text = ::dlerror();
    return text ? text : "unknown error";
}

}  // namespace

ModuleHandle load_module(StringView path, std::string& error) {
    std::string native;
    if (!is_absolute_path(path) || !native_path(path, native)) {
        error = "not an absolute path";
        return nullptr;
    }
    void* const module = ::dlopen(native.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!module) error = last_error();
    return module;
}

ModuleHandle load_system_module(const char* name) noexcept {
    return ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

void unload_module(ModuleHandle module) noexcept {
    if (module) ::dlclose(module);
}

void* find_symbol(ModuleHandle module, const char* name) noexcept {
    return module ? ::dlsym(module, name) : nullptr;
}

String own_module_path() {
    Dl_info information = {};
    const bool known = ::dladdr(reinterpret_cast<void*>(&here), &information) != 0;
    std::string path;
    if (known && information.dli_fname && information.dli_fname[0] == '/')
        path = information.dli_fname;
    if (path.empty()) path = mapped_file(reinterpret_cast<std::uintptr_t>(&here));
    constexpr std::string_view kDeleted = " (deleted)";
    if (path.ends_with(kDeleted)) path.resize(path.size() - kDeleted.size());
    char resolved[PATH_MAX];
    return from_utf8(::realpath(path.c_str(), resolved) ? resolved : path.c_str());
}

String own_module_folder() {
    return String(parent_folder(own_module_path()));
}

constinit std::atomic<bool> g_own_module_is_pinned = false;

void pin_own_module_now() noexcept {
    Dl_info information = {};
    // The reference is kept on purpose. In a program's own code this finds nothing, and needs not.
    if (::dladdr(reinterpret_cast<void*>(&here), &information) != 0 &&
        !::dlopen(information.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE)) {
        ::dlerror();
    }
    // Last, so that nobody goes by it too early; two threads that pin at once do no harm.
    g_own_module_is_pinned.store(true, std::memory_order_relaxed);
}

StringView module_extension() noexcept {
    return u".so";
}

}  // namespace remapi::port
