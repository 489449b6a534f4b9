// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/element_enum.h"

#include <algorithm>

#include "abi/guard.h"
#include "com/object.h"
#include "object/stream/task_memory.h"
#include "port/mutex.h"

namespace remapi::object {
namespace {

/// Any thread may call it.
class ElementEnum final : public com::Object<ElementEnum, IEnumSTATSTG> {
public:
    using Interfaces = com::Answers<IEnumSTATSTG>;
    using Elements = std::shared_ptr<const std::vector<ElementStat>>;

    ElementEnum(Elements elements, std::size_t position)
        : m_elements(std::move(elements)), m_position(position) {}

    STDMETHODIMP Next(ULONG count, STATSTG* out, ULONG* fetched) noexcept override {
        return abi::guard("IEnumSTATSTG::Next", [&]() -> HRESULT {
            if (fetched) *fetched = 0;
            if (!out) return STG_E_INVALIDPOINTER;
            if (!fetched && count != 1) return STG_E_INVALIDPARAMETER;
            const port::Lock lock(m_mutex);
            const std::size_t number =
                std::min<std::size_t>(count, m_elements->size() - m_position);
            hand_out(out, number);
            m_position += number;
            if (fetched) *fetched = static_cast<ULONG>(number);
            return number == count ? S_OK : S_FALSE;
        });
    }

    STDMETHODIMP Skip(ULONG count) noexcept override {
        const port::Lock lock(m_mutex);
        const std::size_t number = std::min<std::size_t>(count, m_elements->size() - m_position);
        m_position += number;
        return number == count ? S_OK : S_FALSE;
    }

    STDMETHODIMP Reset() noexcept override {
        const port::Lock lock(m_mutex);
        m_position = 0;
        return S_OK;
    }

    STDMETHODIMP Clone(IEnumSTATSTG** out) noexcept override {
        return abi::guard("IEnumSTATSTG::Clone", [&]() -> HRESULT {
            if (!out) return STG_E_INVALIDPOINTER;
            *out = nullptr;
            const port::Lock lock(m_mutex);
            *out = make_element_enum(m_elements, m_position).detach();
            return S_OK;
        });
    }

private:
    friend class com::Object<ElementEnum, IEnumSTATSTG>;
    ~ElementEnum() = default;

    void hand_out(STATSTG* out, std::size_t number) {
        std::size_t done = 0;
        try {
            for (; done < number; ++done) {
                out[done] = (*m_elements)[m_position + done].for_caller(true);
            }
        } catch (...) {
            while (done > 0) task_free(out[--done].pwcsName);
            throw;
        }
    }

    const Elements m_elements;
    port::Mutex m_mutex;
    std::size_t m_position;  ///< guarded by m_mutex
};

}  // namespace

STATSTG ElementStat::for_caller(bool with_name) const {
    STATSTG result = stat;
    result.pwcsName = with_name ? task_text(name) : nullptr;
    return result;
}

com::Ptr<IEnumSTATSTG> make_element_enum(std::shared_ptr<const std::vector<ElementStat>> elements,
                                         std::size_t position) {
    return com::make<ElementEnum>(std::move(elements), position);
}

}  // namespace remapi::object
