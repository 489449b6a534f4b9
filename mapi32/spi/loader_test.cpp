// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/loader.h"

#include <gtest/gtest.h>

#include "port/file.h"
#include "port/module.h"
#include "port/process.h"
#include "spi/testing/fake_host.h"

namespace remapi::spi {
namespace {

String ending() {
    return String(port::module_extension());
}

HRESULT code_of_loading(StringView name) {
    try {
        load_module(name);
        return S_OK;
    } catch (const Error& error) {
        return error.code();
    }
}

class ScratchFile {
public:
    explicit ScratchFile(std::string_view bytes) {
        const String number = text::decimal(port::current_process_id());
        m_name = port::join_path(port::temporary_folder(),
                                 REMAPI_W("remapi-spi-") + number + REMAPI_W(".dll"));
        m_path = port::join_path(port::temporary_folder(),
                                 REMAPI_W("remapi-spi-") + number + REMAPI_W("32") + ending());
        EXPECT_EQ(0, port::write_file(m_path, bytes));
    }
    ~ScratchFile() { port::remove_file(m_path); }
    const String& registered_name() const { return m_name; }

private:
    String m_name;
    String m_path;
};

TEST(ModuleFileName, InsertsThe32BeforeTheFirstDot) {
    EXPECT_EQ(REMAPI_W("ab32") + ending(), module_file_name(REMAPI_W("ab.dll")));
    EXPECT_TRUE(text::equal_ignoring_case(REMAPI_W("AB32") + ending(),
                                          module_file_name(REMAPI_W("AB.DLL"))));
    EXPECT_EQ(REMAPI_W("ab32") + ending(), module_file_name(REMAPI_W("ab")));
    EXPECT_EQ(REMAPI_W("my32.provider") + ending(), module_file_name(REMAPI_W("my.provider.dll")));
}

TEST(ModuleCandidates, LeaveDotsInFoldersAlone) {
    const String folder = port::join_path(port::temporary_folder(), REMAPI_W("john.doe"));
    const auto candidates = module_candidates(port::join_path(folder, REMAPI_W("ab.dll")));
    ASSERT_EQ(1u, candidates.size());
    EXPECT_EQ(port::join_path(folder, REMAPI_W("ab32") + ending()), candidates[0]);
}

TEST(ModuleCandidates, NeverMeanTheCurrentDirectory) {
    EXPECT_TRUE(module_candidates(REMAPI_W("")).empty());
    EXPECT_TRUE(module_candidates(REMAPI_W("./ab.dll")).empty());
    EXPECT_TRUE(module_candidates(REMAPI_W("sub/ab.dll")).empty());
    for (const String& path : module_candidates(REMAPI_W("ab.dll"))) {
        EXPECT_TRUE(port::is_absolute_path(path));
    }
    const auto candidates = module_candidates(REMAPI_W("ab.dll"));
    const String own = port::join_path(port::own_module_folder(), REMAPI_W("ab32") + ending());
    EXPECT_NE(candidates.end(), std::find(candidates.begin(), candidates.end(), own));
}

TEST(LoadModule, SaysWhyItCannot) {
    const std::size_t before = loaded_modules();
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of_loading(REMAPI_W("remapi-no-such-module.dll")));
    EXPECT_EQ(MAPI_E_NOT_FOUND, code_of_loading(REMAPI_W("")));
    const ScratchFile text("this is no module");
    EXPECT_EQ(MAPI_E_CALL_FAILED, code_of_loading(text.registered_name()));
    EXPECT_EQ(before, loaded_modules());
}

TEST(LoadModule, KeepsAModuleUntilItsLastUse) {
    const std::size_t before = loaded_modules();
    const String name = testing::identity(ProviderKind::Store, "remapinull").dll_name;
    {
        ModuleRef first = load_module(name);
        const ModuleRef second = load_module(name);
        EXPECT_EQ(first.instance(), second.instance());
        EXPECT_EQ(before + 1, loaded_modules());
        EXPECT_NE(nullptr, first.find("MSProviderInit"));
        EXPECT_NE(nullptr, first.find("ServiceEntry", 40));
        EXPECT_EQ(nullptr, first.find("NoSuchEntry", 40));
        unload_modules();
        EXPECT_EQ(before + 1, loaded_modules()) << "in use: it goes with its last reference";
    }
    EXPECT_EQ(before, loaded_modules());
    { const ModuleRef again = load_module(name); }
    EXPECT_EQ(before + 1, loaded_modules()) << "not in use, but loaded until the subsystem is left";
    unload_modules();
    EXPECT_EQ(before, loaded_modules());
}

}  // namespace
}  // namespace remapi::spi
