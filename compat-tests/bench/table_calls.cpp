// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What tables of CreateTable cost. Usage: table_calls LIBRARY ROWS PAIRS
// Prints a line for each operation, its parts separated by tabs: name, median seconds (or bytes)
// for one, and the median of its limit, or 0 without one; or name, "failed" and why.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>

#include "table_rows.h"

namespace {

using namespace remapi::bench;

struct ReleaseIt {
    void operator()(IUnknown* object) const { object->Release(); }
};
using View = std::unique_ptr<IMAPITable, ReleaseIt>;
using Sample = std::function<double()>;

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

template <class Work>
double seconds_of(Work work) {
    const double start = now();
    work();
    return now() - start;
}

/// The operations on one number of rows.
class Bench {
public:
    Bench(const Library& library, ULONG row_count, std::size_t pairs)
        : m_library(library), m_rows(row_count), m_pairs(pairs) {}

    void run();

private:
    /// One operation and its limit, in turn.
    void report(const char* name, const Sample& ours, const Sample& limit = nullptr);
    template <class Measure>
    void attempt(const char* name, Measure measure);

    void add();
    void sort(ULONG tag, const char* name);
    void query_some();
    void query_all();
    void restrict_text();
    void find();
    void require_subject(IMAPITable* view, const WCHAR* subject);
    void change_rows();
    void require_change_is_seen(IMAPITable* view, SRow row);
    /// Sorted by text, and its rows are in it: a view that was only opened has none yet.
    View sorted_view() const;
    SRow made_row(ULONG index);
    double sort_limit(ULONG tag) const;
    template <class ValueOf>
    double sort_limit(ValueOf value_of) const;

    const Library& m_library;
    Rows m_rows;
    std::size_t m_pairs;
    std::unique_ptr<Table> m_table;
    volatile std::size_t m_last_length = 0;
};

void Bench::report(const char* name, const Sample& ours, const Sample& limit) {
    std::vector<double> our_times, limits;
    for (std::size_t i = 0; i < m_pairs; ++i) {
        our_times.push_back(ours());
        limits.push_back(limit ? limit() : 0);
    }
    std::cout << name << '\t' << median(our_times) << '\t' << median(limits) << std::endl;
}

template <class Measure>
void Bench::attempt(const char* name, Measure measure) {
    try {
        measure();
    } catch (const std::exception& error) {
        std::cout << name << "\tfailed\t" << error.what() << std::endl;
    }
}

void Bench::add() {
    const std::size_t before = resident_bytes();
    m_table = std::make_unique<Table>(m_library);
    m_table->add(m_rows);
    const double bytes = static_cast<double>(resident_bytes() - before);
    std::cout << "add bytes\t" << bytes / m_rows.count() << "\t0" << std::endl;
    report("add", [&] {
        Table table(m_library);
        return seconds_of([&] { table.add(m_rows); }) / m_rows.count();
    });
}

/// std::sort of pairs of what is sorted by and the row's number.
template <class ValueOf>
double Bench::sort_limit(ValueOf value_of) const {
    std::vector<std::pair<decltype(value_of(ULONG{})), ULONG>> pairs;
    for (ULONG i = 0; i < m_rows.count(); ++i) pairs.emplace_back(value_of(i), i);
    return seconds_of([&] { std::sort(pairs.begin(), pairs.end()); });
}

double Bench::sort_limit(ULONG tag) const {
    if (tag == Rows::kTime) return sort_limit([&](ULONG i) { return m_rows.time(i); });
    if (tag == Rows::kNumber) return sort_limit([&](ULONG i) { return m_rows.number(i); });
    return sort_limit([&](ULONG i) { return std::u16string_view(m_rows.subject(i)); });
}

void Bench::sort(ULONG tag, const char* name) {
    std::vector<BYTE> storage;
    SSortOrderSet* const order = order_by(storage, tag);
    const auto ours = [&] {
        const View view(m_table->view(0));
        return seconds_of([&] {
            check(view->SortTable(order, 0), "SortTable");
            check(view->SeekRow(BOOKMARK_BEGINNING, 0, nullptr), "SeekRow");
        });
    };
    report(name, ours, [&] { return sort_limit(tag); });
}

/// A row whose texts whoever made it has just had at hand.
SRow Bench::made_row(ULONG index) {
    const SRow row = m_rows.row(index);
    m_last_length = std::u16string_view(row.lpProps[1].Value.lpszW).size() +
                    std::u16string_view(row.lpProps[4].Value.lpszW).size();
    return row;
}

View Bench::sorted_view() const {
    View view(m_table->view(Rows::kText));
    ULONG count = 0;
    check(view->GetRowCount(0, &count), "GetRowCount");
    if (count != m_rows.count()) throw std::runtime_error("a view does not have all rows");
    return view;
}

/// Fifty rows from somewhere in a sorted view: seeking and copying.
void Bench::query_some() {
    const View view = sorted_view();
    ULONG place = 0;
    report("query 50", [&] {
        constexpr int kTimes = 200;
        double total = 0;
        for (int i = 0; i < kTimes; ++i) {
            place = place * 7 + 13;
            SRowSet* rows = nullptr;
            total += seconds_of([&] {
                const LONG row = static_cast<LONG>(place % (m_rows.count() - 50));
                check(view->SeekRow(BOOKMARK_BEGINNING, row, nullptr), "SeekRow");
                check(view->QueryRows(50, 0, &rows), "QueryRows");
            });
            const bool complete = rows->cRows == 50 && rows->aRow[0].cValues == Rows::kColumns &&
                                  rows->aRow[0].lpProps[1].ulPropTag == Rows::kText;
            m_table->free_rows(rows);
            if (!complete) throw std::runtime_error("QueryRows answered too few rows");
        }
        return total / kTimes;
    });
}

void Bench::query_all() {
    const View view(m_table->view(0));
    std::vector<char> source(m_rows.bytes(), 1);
    std::vector<char> target(m_rows.bytes());
    const auto ours = [&] {
        SRowSet* rows = nullptr;
        check(view->SeekRow(BOOKMARK_BEGINNING, 0, nullptr), "SeekRow");
        const double seconds =
            seconds_of([&] { check(view->QueryRows(0x7FFFFFFF, 0, &rows), "QueryRows"); });
        const ULONG count = rows->cRows;
        m_table->free_rows(rows);
        if (count != m_rows.count()) throw std::runtime_error("QueryRows answered too few rows");
        return seconds;
    };
    report("query all", ours, [&] {
        return seconds_of([&] { std::memcpy(target.data(), source.data(), source.size()); });
    });
}

void Bench::restrict_text() {
    const View view(m_table->view(0));
    std::u16string wanted = u"pROJECT";
    SPropValue value = {};
    value.ulPropTag = Rows::kText;
    value.Value.lpszW = wanted.data();
    SRestriction restriction = {};
    restriction.rt = RES_CONTENT;
    restriction.res.resContent = {FL_SUBSTRING | FL_IGNORECASE, Rows::kText, &value};
    report("restrict", [&] {
        check(view->Restrict(nullptr, 0), "Restrict");
        const double seconds =
            seconds_of([&] { check(view->Restrict(&restriction, 0), "Restrict"); });
        ULONG count = 0;
        check(view->GetRowCount(0, &count), "GetRowCount");
        if (count == 0 || count == m_rows.count()) throw std::runtime_error("Restrict is wrong");
        return seconds;
    });
}

/// Throws when the row at the view's position has another subject.
void Bench::require_subject(IMAPITable* view, const WCHAR* subject) {
    SRowSet* rows = nullptr;
    check(view->QueryRows(1, TBL_NOADVANCE, &rows), "QueryRows");
    const bool same =
        rows->cRows == 1 && std::u16string_view(subject) == rows->aRow[0].lpProps[1].Value.lpszW;
    m_table->free_rows(rows);
    if (!same) throw std::runtime_error("FindRow found another row");
}

void Bench::find() {
    const View view = sorted_view();
    ULONG place = 0;
    report("find", [&] {
        constexpr int kTimes = 200;
        double total = 0;
        for (int i = 0; i < kTimes; ++i) {
            place = place * 7 + 13;
            SRow row = made_row(place % m_rows.count());
            SRestriction restriction = {};
            restriction.rt = RES_PROPERTY;
            restriction.res.resProperty = {RELOP_GE, Rows::kText, &row.lpProps[1]};
            total += seconds_of(
                [&] { check(view->FindRow(&restriction, BOOKMARK_BEGINNING, 0), "FindRow"); });
            require_subject(view.get(), row.lpProps[1].Value.lpszW);
        }
        return total / kTimes;
    });
}

/// Takes rows out and puts them back while a sorted view is open, which has them out and in too.
void Bench::change_rows() {
    const View view(sorted_view());
    ULONG place = 0;
    report("change", [&] {
        constexpr int kTimes = 500;
        double seconds = 0;
        for (int i = 0; i < kTimes; ++i) {
            place = place * 7 + 13;
            SRow row = made_row(place % m_rows.count());
            seconds += seconds_of([&] {
                check(m_table->data()->HrDeleteRow(row.lpProps), "HrDeleteRow");
                check(m_table->data()->HrModifyRow(&row), "HrModifyRow");
            });
        }
        require_change_is_seen(view.get(), m_rows.row(place % m_rows.count()));
        return seconds / (2 * kTimes);
    });
}

/// Throws when the view does not lose and get a row with the table, at its place.
void Bench::require_change_is_seen(IMAPITable* view, SRow row) {
    constexpr ULONG kMostEqual = 8;
    ULONG counts[3] = {};
    check(view->GetRowCount(0, &counts[0]), "GetRowCount");
    check(m_table->data()->HrDeleteRow(row.lpProps), "HrDeleteRow");
    check(view->GetRowCount(0, &counts[1]), "GetRowCount");
    check(m_table->data()->HrModifyRow(&row), "HrModifyRow");
    check(view->GetRowCount(0, &counts[2]), "GetRowCount");
    SRestriction restriction = {};
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty = {RELOP_EQ, Rows::kKey, row.lpProps};
    check(view->FindRow(&restriction, BOOKMARK_BEGINNING, 0), "FindRow");
    ULONG at = 0;
    ULONG ignored = 0;
    check(view->QueryPosition(&at, &ignored, &ignored), "QueryPosition");
    restriction.res.resProperty = {RELOP_GE, Rows::kText, &row.lpProps[1]};
    check(view->FindRow(&restriction, BOOKMARK_BEGINNING, 0), "FindRow");
    ULONG first_equal = 0;
    check(view->QueryPosition(&first_equal, &ignored, &ignored), "QueryPosition");
    if (counts[0] != m_rows.count() || counts[1] + 1 != counts[0] || counts[2] != counts[0] ||
        at < first_equal || at - first_equal > kMostEqual) {
        throw std::runtime_error("the view does not follow the table");
    }
}

void Bench::run() {
    attempt("add", [&] { add(); });
    if (!m_table) return;
    attempt("sort text", [&] { sort(Rows::kText, "sort text"); });
    attempt("sort number", [&] { sort(Rows::kNumber, "sort number"); });
    attempt("sort time", [&] { sort(Rows::kTime, "sort time"); });
    attempt("query 50", [&] { query_some(); });
    attempt("query all", [&] { query_all(); });
    attempt("restrict", [&] { restrict_text(); });
    attempt("find", [&] { find(); });
    attempt("change", [&] { change_rows(); });
}

}  // namespace

int main(int count, char** words) {
    if (count != 4) {
        std::cerr << "usage: table_calls LIBRARY ROWS PAIRS\n";
        return 2;
    }
    try {
        const Library library(words[1]);
        const auto rows = static_cast<ULONG>(std::strtoul(words[2], nullptr, 10));
        if (rows < 100) throw std::runtime_error("too few rows");
        Bench(library, rows, std::strtoul(words[3], nullptr, 10) | 1).run();
    } catch (const std::exception& error) {
        std::cerr << "table_calls: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
