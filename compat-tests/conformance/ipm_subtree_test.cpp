// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstring>
#include <map>

#include "compat-tests/conformance/fake_property_object.h"
#include "compat-tests/conformance/property_values.h"
#include "text/text.h"

namespace remapi::test {
namespace {

/// What store and folders share: folders by number, an entry identifier being that number.
struct Tree {
    struct Folder {
        String name;
        ULONG parent = 0;
        bool is_broken = false;
    };
    std::map<ULONG, Folder> folders = {{1, {REMAPI_W("root"), 0, false}}};
    HRESULT create_answer = S_OK;
    bool is_narrow = false;  ///< a store that knows no Unicode

    ULONG find(StringView name) const {
        for (const auto& [number, folder] : folders) {
            if (folder.name == name) return number;
        }
        return 0;
    }
};

HRESULT put_values(const std::vector<SPropValue>& found, ULONG* count, SPropValue** values) {
    auto* const allocate = required<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");
    auto* const duplicate = required<decltype(ScDupPropset)>("ScDupPropset");
    *count = static_cast<ULONG>(found.size());
    return duplicate(static_cast<int>(found.size()), const_cast<SPropValue*>(found.data()),
                     allocate, values);
}

class Folder final : public FakePropertyObject<Folder, IMAPIFolder> {
public:
    using Interfaces = com::Answers<IMAPIFolder, IMAPIContainer, IMAPIProp>;
    Folder(Tree& tree, ULONG number) : m_tree(tree), m_number(number) {}

    STDMETHODIMP GetProps(SPropTagArray* tags, ULONG, ULONG* count,
                          SPropValue** values) noexcept override {
        EXPECT_EQ(1u, tags->cValues);
        EXPECT_EQ(PR_ENTRYID, tags->aulPropTag[0]);
        return put_values({binary_value(PR_ENTRYID, &m_number, sizeof m_number)}, count, values);
    }
    STDMETHODIMP CreateFolder(ULONG, LPTSTR name, LPTSTR, LPCIID, ULONG flags,
                              IMAPIFolder** folder) noexcept override {
        if (FAILED(m_tree.create_answer)) return m_tree.create_answer;
        if (m_tree.is_narrow && (flags & MAPI_UNICODE) != 0) return MAPI_E_BAD_CHARWIDTH;
        const String wanted = text::from_tstr(name, flags);
        ULONG number = m_tree.find(wanted);
        if (number == 0) number = static_cast<ULONG>(m_tree.folders.size()) + 1;
        m_tree.folders[number] = {wanted, m_number, false};
        *folder = com::make<Folder>(m_tree, number).detach();
        return S_OK;
    }

    STDMETHODIMP GetContentsTable(ULONG, IMAPITable**) noexcept override { return none(); }
    STDMETHODIMP GetHierarchyTable(ULONG, IMAPITable**) noexcept override { return none(); }
    STDMETHODIMP OpenEntry(ULONG, ENTRYID*, LPCIID, ULONG, ULONG*, IUnknown**) noexcept override {
        return none();
    }
    STDMETHODIMP SetSearchCriteria(SRestriction*, ENTRYLIST*, ULONG) noexcept override {
        return none();
    }
    STDMETHODIMP GetSearchCriteria(ULONG, SRestriction**, ENTRYLIST**, ULONG*) noexcept override {
        return none();
    }
    STDMETHODIMP CreateMessage(LPCIID, ULONG, IMessage**) noexcept override { return none(); }
    STDMETHODIMP CopyMessages(ENTRYLIST*, LPCIID, void*, ULONG_PTR, IMAPIProgress*,
                              ULONG) noexcept override {
        return none();
    }
    STDMETHODIMP DeleteMessages(ENTRYLIST*, ULONG_PTR, IMAPIProgress*, ULONG) noexcept override {
        return none();
    }
    STDMETHODIMP CopyFolder(ULONG, ENTRYID*, LPCIID, void*, LPTSTR, ULONG_PTR, IMAPIProgress*,
                            ULONG) noexcept override {
        return none();
    }
    STDMETHODIMP DeleteFolder(ULONG, ENTRYID*, ULONG_PTR, IMAPIProgress*, ULONG) noexcept override {
        return none();
    }
    STDMETHODIMP SetReadFlags(ENTRYLIST*, ULONG_PTR, IMAPIProgress*, ULONG) noexcept override {
        return none();
    }
    STDMETHODIMP GetMessageStatus(ULONG, ENTRYID*, ULONG, ULONG*) noexcept override {
        return none();
    }
    STDMETHODIMP SetMessageStatus(ULONG, ENTRYID*, ULONG, ULONG, ULONG*) noexcept override {
        return none();
    }
    STDMETHODIMP SaveContentsSort(SSortOrderSet*, ULONG) noexcept override { return none(); }
    STDMETHODIMP EmptyFolder(ULONG_PTR, IMAPIProgress*, ULONG) noexcept override { return none(); }

private:
    friend class com::Object<Folder, IMAPIFolder>;
    ~Folder() = default;
    static HRESULT none() noexcept { return MAPI_E_NO_SUPPORT; }

    Tree& m_tree;
    ULONG m_number;
};

class Store final : public FakePropertyObject<Store, IMsgStore> {
public:
    using Interfaces = com::Answers<IMsgStore, IMAPIProp>;

    STDMETHODIMP GetProps(SPropTagArray* tags, ULONG, ULONG* count,
                          SPropValue** values) noexcept override {
        std::vector<SPropValue> found;
        for (ULONG i = 0; i < tags->cValues; ++i) {
            const ULONG tag = tags->aulPropTag[i];
            if (numbers.count(tag) == 0) {
                found.push_back(long_value(CHANGE_PROP_TYPE(tag, PT_ERROR), MAPI_E_NOT_FOUND));
            } else if (PROP_TYPE(tag) == PT_BINARY) {
                found.push_back(binary_value(tag, &numbers[tag], sizeof(ULONG)));
            } else {
                found.push_back(long_value(tag, static_cast<LONG>(numbers[tag])));
            }
        }
        return put_values(found, count, values);
    }
    STDMETHODIMP SetProps(ULONG count, SPropValue* values,
                          SPropProblemArray** problems) noexcept override {
        if (problems) *problems = nullptr;
        for (ULONG i = 0; i < count; ++i) {
            const ULONG tag = values[i].ulPropTag;
            numbers[tag] = PROP_TYPE(tag) == PT_BINARY
                               ? *reinterpret_cast<const ULONG*>(values[i].Value.bin.lpb)
                               : values[i].Value.ul;
        }
        ++stored;
        return S_OK;
    }
    STDMETHODIMP OpenEntry(ULONG size, ENTRYID* id, LPCIID, ULONG, ULONG* type,
                           IUnknown** object) noexcept override {
        ULONG number = 1;
        if (size == sizeof number) std::memcpy(&number, id, size);
        const auto found = tree.folders.find(number);
        if (found == tree.folders.end() || found->second.is_broken) return MAPI_E_NOT_FOUND;
        *type = MAPI_FOLDER;
        *object = com::make<Folder>(tree, number).detach();
        return S_OK;
    }
    STDMETHODIMP GetReceiveFolder(LPTSTR, ULONG, ULONG*, ENTRYID**, LPTSTR*) noexcept override {
        return MAPI_E_NOT_FOUND;
    }

    STDMETHODIMP Advise(ULONG, ENTRYID*, ULONG, IMAPIAdviseSink*, ULONG_PTR*) noexcept override {
        return none();
    }
    STDMETHODIMP Unadvise(ULONG_PTR) noexcept override { return none(); }
    STDMETHODIMP CompareEntryIDs(ULONG, ENTRYID*, ULONG, ENTRYID*, ULONG,
                                 ULONG*) noexcept override {
        return none();
    }
    STDMETHODIMP SetReceiveFolder(LPTSTR, ULONG, ULONG, ENTRYID*) noexcept override {
        return none();
    }
    STDMETHODIMP GetReceiveFolderTable(ULONG, IMAPITable**) noexcept override { return none(); }
    STDMETHODIMP StoreLogoff(ULONG*) noexcept override { return none(); }
    STDMETHODIMP AbortSubmit(ULONG, ENTRYID*, ULONG) noexcept override { return none(); }
    STDMETHODIMP GetOutgoingQueue(ULONG, IMAPITable**) noexcept override { return none(); }
    STDMETHODIMP SetLockState(IMessage*, ULONG) noexcept override { return none(); }
    STDMETHODIMP FinishedMsg(ULONG, ULONG, ENTRYID*) noexcept override { return none(); }
    STDMETHODIMP NotifyNewMail(NOTIFICATION*) noexcept override { return none(); }

    Tree tree;
    std::map<ULONG, ULONG> numbers;
    int stored = 0;

private:
    friend class com::Object<Store, IMsgStore>;
    ~Store() = default;
    static HRESULT none() noexcept { return MAPI_E_NO_SUPPORT; }
};

/// Page: mapi/hrvalidateipmsubtree.md
class StandardFolders : public testing::Test {
protected:
    void TearDown() override { free_buffer(values); }
    HRESULT run(ULONG flags) {
        free_buffer(values);
        return validate(store.get(), flags, &count, &values, nullptr);
    }
    /// The folder whose identifier came back under `tag`; 0 for none.
    ULONG returned(ULONG tag) const {
        for (ULONG i = 0; i < count; ++i) {
            if (values[i].ulPropTag != tag) continue;
            return *reinterpret_cast<const ULONG*>(values[i].Value.bin.lpb);
        }
        return 0;
    }
    ULONG parent_of(ULONG number) { return store->tree.folders[number].parent; }

    com::Ptr<Store> store = com::make<Store>();
    ULONG count = 0;
    SPropValue* values = nullptr;
    decltype(HrValidateIPMSubtree)* validate =
        required<decltype(HrValidateIPMSubtree)>("HrValidateIPMSubtree");
    MAPIFREEBUFFER* free_buffer = required<MAPIFREEBUFFER>("MAPIFreeBuffer");
};

TEST_F(StandardFolders, OfEveryStoreAreThree) {
    ASSERT_HR(S_OK, run(0));
    EXPECT_EQ(4u, store->tree.folders.size());
    const ULONG subtree = returned(PR_IPM_SUBTREE_ENTRYID);
    EXPECT_EQ(1u, parent_of(subtree));
    EXPECT_EQ(1u, parent_of(returned(PR_FINDER_ENTRYID)));
    EXPECT_EQ(subtree, parent_of(returned(PR_IPM_WASTEBASKET_ENTRYID)));
    EXPECT_EQ(0u, returned(PR_IPM_OUTBOX_ENTRYID));
    EXPECT_EQ(subtree, store->numbers[PR_IPM_SUBTREE_ENTRYID]);
    EXPECT_EQ(ULONG{FOLDER_IPM_SUBTREE_VALID | FOLDER_FINDER_VALID | FOLDER_IPM_WASTEBASKET_VALID},
              store->numbers[PR_VALID_FOLDER_MASK]);
    EXPECT_EQ(PR_VALID_FOLDER_MASK, values[0].ulPropTag);
    EXPECT_EQ(store->numbers[PR_VALID_FOLDER_MASK], values[0].Value.ul);
}

TEST_F(StandardFolders, OfAFullTreeAreEightAndTellOfTheInbox) {
    ASSERT_HR(S_OK, run(MAPI_FULL_IPM_TREE));
    EXPECT_EQ(9u, store->tree.folders.size());
    const ULONG subtree = returned(PR_IPM_SUBTREE_ENTRYID);
    EXPECT_EQ(1u, parent_of(returned(PR_VIEWS_ENTRYID)));
    EXPECT_EQ(1u, parent_of(returned(PR_COMMON_VIEWS_ENTRYID)));
    EXPECT_EQ(subtree, parent_of(returned(PR_IPM_OUTBOX_ENTRYID)));
    EXPECT_EQ(subtree, parent_of(returned(PR_IPM_SENTMAIL_ENTRYID)));
    const ULONG inbox = returned(PROP_TAG(PT_BINARY, PROP_ID_NULL));
    EXPECT_EQ(subtree, parent_of(inbox));
    EXPECT_EQ(0xFFu, store->numbers[PR_VALID_FOLDER_MASK]);
    EXPECT_EQ(0u, store->numbers.count(PROP_TAG(PT_BINARY, PROP_ID_NULL)));
}

TEST_F(StandardFolders, ThatAreValidStay) {
    ASSERT_HR(S_OK, run(0));
    const ULONG subtree = returned(PR_IPM_SUBTREE_ENTRYID);
    const int stored = store->stored;
    ASSERT_HR(S_OK, run(0));
    EXPECT_EQ(subtree, returned(PR_IPM_SUBTREE_ENTRYID));
    EXPECT_EQ(4u, store->tree.folders.size());
    EXPECT_EQ(stored, store->stored);
}

TEST_F(StandardFolders, AreOpenedToSeeWhenForced) {
    ASSERT_HR(S_OK, run(0));
    const ULONG finder = returned(PR_FINDER_ENTRYID);
    store->tree.folders[finder].is_broken = true;
    store->tree.folders[finder].name = REMAPI_W("lost");
    ASSERT_HR(S_OK, run(0));
    EXPECT_EQ(finder, returned(PR_FINDER_ENTRYID));
    ASSERT_HR(S_OK, run(MAPI_FORCE_CREATE));
    EXPECT_NE(finder, returned(PR_FINDER_ENTRYID));
    EXPECT_NE(0u, returned(PR_FINDER_ENTRYID));
}

TEST_F(StandardFolders, AreMadeInAStoreWithoutUnicodeToo) {
    store->tree.is_narrow = true;
    ASSERT_HR(S_OK, run(0));
    EXPECT_EQ(4u, store->tree.folders.size());
}

TEST_F(StandardFolders, NeedNotBeReturned) {
    ASSERT_HR(S_OK, validate(store.get(), 0, nullptr, nullptr, nullptr));
    EXPECT_EQ(4u, store->tree.folders.size());
    MAPIERROR* error = reinterpret_cast<MAPIERROR*>(this);
    ASSERT_HR(S_OK, validate(store.get(), 0, &count, nullptr, &error));
    EXPECT_EQ(nullptr, error);
}

TEST_F(StandardFolders, ThatCannotBeMadeAnswerTheStoresError) {
    store->tree.create_answer = MAPI_E_NO_ACCESS;
    values = reinterpret_cast<SPropValue*>(this);
    EXPECT_HR(MAPI_E_NO_ACCESS, validate(store.get(), 0, &count, &values, nullptr));
    EXPECT_EQ(nullptr, values);
}

TEST_F(StandardFolders, NeedAStoreAndKnownFlags) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, validate(nullptr, 0, &count, &values, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, validate(store.get(), 0, nullptr, &values, nullptr));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, run(4));
}

}  // namespace
}  // namespace remapi::test
