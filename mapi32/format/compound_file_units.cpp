// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file_units.h"

#include <algorithm>

namespace remapi::format {
namespace {

constexpr std::size_t kZeroBytes = 4096;
/// Transfers are cut here, so that a size fits any platform's size_t.
constexpr std::uint64_t kLongestRun = 1u << 20;

}  // namespace

void throw_corrupt(const char* what) {
    throw Error(STG_E_DOCFILECORRUPT, what);
}

std::uint32_t UnitSpace::next(std::uint32_t unit) const noexcept {
    return unit < m_next.size() ? m_next[unit] : kFreeUnit;
}

void UnitSpace::set_next(std::uint32_t unit, std::uint32_t next) {
    m_next[unit] = next;
    m_first_changed = std::min(m_first_changed, unit);
    m_last_changed = std::max(m_last_changed, unit);
}

void UnitSpace::append_units(std::size_t count) {
    if (count > kMostUnits - m_next.size()) {
        throw Error(STG_E_MEDIUMFULL, "growing a compound file over its limit");
    }
    const std::uint32_t first = unit_count();
    m_next.resize(m_next.size() + count, kFreeUnit);
    m_first_changed = std::min(m_first_changed, first);
    m_last_changed = std::max(m_last_changed, unit_count() - 1);
}

std::uint32_t UnitSpace::allocate() {
    for (;;) {
        while (m_first_free < m_next.size() && m_next[m_first_free] != kFreeUnit) ++m_first_free;
        if (m_first_free < m_next.size()) break;
        grow();
    }
    const std::uint32_t unit = m_first_free;
    provide(unit);
    set_next(unit, kEndOfChain);
    return unit;
}

void UnitSpace::release(std::uint32_t unit) {
    set_next(unit, kFreeUnit);
    m_first_free = std::min(m_first_free, unit);
}

void UnitSpace::resize(Chain& chain, std::size_t count) {
    const std::size_t before = chain.size();
    if (count > kMostUnits) throw Error(STG_E_MEDIUMFULL, "growing a stream over its limit");
    const auto shrink_to = [this, &chain](std::size_t wanted) {
        while (chain.size() > wanted) {
            release(chain.back());
            chain.pop_back();
        }
        if (!chain.empty()) set_next(chain.back(), kEndOfChain);
    };
    if (count <= before) {
        if (count < before) shrink_to(count);
        return;
    }
    try {
        while (chain.size() < count) {
            chain.push_back(kFreeUnit);  // may run out of memory: before anything is taken
            chain.pop_back();
            const std::uint32_t unit = allocate();
            if (!chain.empty()) set_next(chain.back(), unit);
            chain.push_back(unit);
        }
    } catch (...) {
        shrink_to(before);
        throw;
    }
}

template <class Transfer>
void UnitSpace::for_each_run(const Chain& chain, std::uint64_t offset, std::uint64_t size,
                             Transfer&& transfer) {
    const std::uint64_t capacity = std::uint64_t{chain.size()} << m_unit_shift;
    if (offset > capacity || size > capacity - offset) {
        throw Error(STG_E_DOCFILECORRUPT, "a stream that is longer than its sectors");
    }
    while (size > 0) {
        auto index = static_cast<std::size_t>(offset >> m_unit_shift);
        const auto within = static_cast<std::size_t>(offset & (unit_bytes() - 1));
        const std::uint32_t first = chain[index];
        const std::uint64_t wanted = std::min(size, kLongestRun);
        std::uint64_t run = unit_bytes() - within;
        while (run < wanted && chain[index + 1] == chain[index] + 1) {
            run += unit_bytes();
            ++index;
        }
        run = std::min(run, wanted);
        transfer(first, within, static_cast<std::size_t>(run));
        offset += run;
        size -= run;
    }
}

void UnitSpace::read(const Chain& chain, std::uint64_t offset, void* buffer, std::size_t size) {
    auto* to = static_cast<std::uint8_t*>(buffer);
    for_each_run(chain, offset, size,
                 [&](std::uint32_t unit, std::size_t within, std::size_t length) {
                     read_units(unit, within, to, length);
                     to += length;
                 });
}

void UnitSpace::write(const Chain& chain, std::uint64_t offset, const void* buffer,
                      std::size_t size) {
    const auto* from = static_cast<const std::uint8_t*>(buffer);
    for_each_run(chain, offset, size,
                 [&](std::uint32_t unit, std::size_t within, std::size_t length) {
                     write_units(unit, within, from, length);
                     from += length;
                 });
}

void UnitSpace::write_zeros(const Chain& chain, std::uint64_t offset, std::uint64_t size) {
    static constexpr std::uint8_t kZeros[kZeroBytes] = {};
    // What lies beyond the bytes that there are is zeros already, or will be.
    const std::uint32_t present = present_units();
    for_each_run(
        chain, offset, size, [&](std::uint32_t unit, std::size_t within, std::size_t length) {
            if (unit >= present) return;
            for (std::size_t done = 0; done < length; done += kZeroBytes) {
                write_units(unit, within + done, kZeros, std::min(kZeroBytes, length - done));
            }
        });
}

}  // namespace remapi::format
