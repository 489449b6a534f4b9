// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "compat-tests/harness/isolated_test.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

Subject::Options& options() {
    static Subject::Options g_options;
    return g_options;
}

/// Stands in for a function that is not to be called. It does not return, so that it matters not
/// which parameters it is called with.
[[noreturn]] void skip_this_test() {
    end_isolated_test(Result::Skipped, "calls a function that this library does not implement");
}

/// The export of that name or, where there is none, of the name with the bytes of its arguments:
/// other libraries have most functions in that spelling only.
void* find_spelling(const MapiLibrary& library, const char* name) {
    constexpr int kMostBytes = 64;
    void* found = library.find<void>(name);
    for (int bytes = 0; !found && bytes <= kMostBytes; bytes += 4) {
        found = library.find<void>((std::string(name) + "@" + std::to_string(bytes)).c_str());
    }
    return found;
}

void load(MapiLibrary& library, const char* variable) {
    std::string error;
    if (library.load(error, variable)) return;
    std::fprintf(stderr, "the library under test cannot be loaded: %s\n", error.c_str());
    std::exit(2);
}

}  // namespace

std::string_view function_of(std::string_view export_name) {
    return export_name.substr(0, export_name.find('@', 1));
}

Subject::Subject() {
    load(m_library, options().variable);
    if (!options().stubbed.empty()) load(m_stubs, "REMAPI_STUB_LIBRARY");
    m_vendor = vendor_of(m_library.module());
}

const Subject& Subject::the() {
    static const Subject* const subject = new Subject();
    return *subject;
}

void Subject::set_options(const Options& wanted) {
    options() = wanted;
}

const char* Subject::variable() {
    return options().variable;
}

void* Subject::symbol(const char* name) const {
    const bool is_stubbed = !options().stubbed.empty() && function_of(name) == options().stubbed;
    const MapiLibrary& library = is_stubbed ? m_stubs : m_library;
    const bool is_ours = m_vendor == Vendor::Ours;
    void* const found = is_ours ? library.find<void>(name) : find_spelling(library, name);
    if (options().tell_lookups) tell_lookup(name, found != nullptr);
    const bool is_callable = found && (m_vendor != Vendor::Wine || is_implemented_by_wine(name));
    return is_ours || is_callable ? found : reinterpret_cast<void*>(&skip_this_test);
}

}  // namespace remapi::test
