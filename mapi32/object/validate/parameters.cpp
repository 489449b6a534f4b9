// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/validate/parameters.h"

#include <utility>

#include "object/props/abi_check.h"
#include "object/props/abi_walk.h"
#include "object/validate/method_table.h"
#include "port/memory_probe.h"

namespace remapi::object {
namespace {

constexpr std::size_t kMostArguments = 16;

struct Argument {
    char kind = 0;
    bool may_be_null = false;
    std::uint64_t number = 0;  ///< the bits of whatever was passed

    const void* pointer() const noexcept {
        return reinterpret_cast<const void*>(static_cast<std::uintptr_t>(number));
    }
    template <class T>
    T* as() const noexcept {
        return static_cast<T*>(const_cast<void*>(pointer()));
    }
    ULONG number32() const noexcept { return static_cast<ULONG>(number); }
};

bool is_number_letter(char kind) noexcept {
    return kind == '-' || kind == 'f' || kind == 'c';
}

/// Arguments that lie one after the other.
class Slots {
public:
    explicit Slots(const void* first) noexcept : m_next(static_cast<const BYTE*>(first)) {}

    bool take(char kind, std::uint64_t& number) noexcept {
        const std::size_t size = kind == 'q' ? sizeof(std::uint64_t) : sizeof(void*);
        if (!port::is_readable(m_next, size)) return false;
        if (is_number_letter(kind)) {
            number = load(reinterpret_cast<const ULONG*>(m_next));  // the rest of a slot is garbage
        } else if (kind == 'q') {
            number = load(reinterpret_cast<const std::uint64_t*>(m_next));
        } else {
            number = load(reinterpret_cast<const std::uintptr_t*>(m_next));
        }
        m_next += size;
        return true;
    }

private:
    const BYTE* m_next;
};

/// Arguments that were passed on.
struct Passed {
    va_list list;

    bool take(char kind, std::uint64_t& number) noexcept {
        if (is_number_letter(kind)) {
            number = va_arg(list, ULONG);
        } else if (kind == 'q') {
            number = static_cast<std::uint64_t>(va_arg(list, LARGE_INTEGER).QuadPart);
        } else {
            number = va_arg(list, std::uintptr_t);
        }
        return true;
    }
};

class Arguments {
public:
    template <class Source>
    bool collect(const char* parameters, Source& source) noexcept {
        bool may_be_null = false;
        for (; *parameters != 0; ++parameters) {
            if (*parameters == '?') {
                may_be_null = true;
                continue;
            }
            Argument& argument = m_arguments[m_count++];
            argument.kind = *parameters;
            argument.may_be_null = std::exchange(may_be_null, false);
            if (!source.take(argument.kind, argument.number)) return false;
            if (argument.kind == 'f') m_is_wide = (argument.number32() & MAPI_UNICODE) != 0;
        }
        return true;
    }

    bool are_sound() const noexcept {
        ULONG count = 0;
        for (std::size_t i = 0; i < m_count; ++i) {
            const Argument& argument = m_arguments[i];
            if (argument.kind == 'c') count = argument.number32();
            const bool absent = argument.number == 0 && argument.may_be_null;
            const ULONG next = i + 1 < m_count ? m_arguments[i + 1].number32() : 0;
            if (!absent && !is_sound(argument, count, next)) return false;
        }
        return true;
    }

private:
    bool is_sound(const Argument& argument, ULONG count, ULONG next) const noexcept;
    bool is_sound_output(const Argument& argument, ULONG next) const noexcept;
    bool is_sound_structure(const Argument& argument) const noexcept;
    bool is_sound_text(const Argument& argument) const noexcept {
        return m_is_wide ? port::is_readable_text(argument.as<WideChar>())
                         : port::is_readable_text(argument.as<char>());
    }

    Argument m_arguments[kMostArguments];
    std::size_t m_count = 0;
    bool m_is_wide = false;
};

// What has a count before it.
bool Arguments::is_sound(const Argument& argument, ULONG count, ULONG next) const noexcept {
    const void* const pointer = argument.pointer();
    switch (argument.kind) {
        case 'e':
            if (count == 0) return argument.may_be_null;
            return !is_bad_entry_id(count, pointer);
        case 'b':
            return port::is_readable(pointer, count);
        case 'd':
            return port::is_readable(pointer, std::uint64_t{count} * sizeof(GUID));
        case 'v':
            return !are_bad_values(count, argument.as<SPropValue>());
        case 'm':
            return !are_bad_names(argument.as<MAPINAMEID*>(), count);
        case 'g':
            return port::is_readable(pointer, std::uint64_t{count} * sizeof(NOTIFICATION));
        case 'z':
            return is_sound_text(argument);
        case 'n':
        case 'o':
        case 'r':
            return is_sound_output(argument, next);
        case 's':
            return port::is_readable(pointer, next);
        default:
            return is_sound_structure(argument);
    }
}

bool Arguments::is_sound_output(const Argument& argument, ULONG next) const noexcept {
    const std::uint64_t size = argument.kind == 'n'   ? sizeof(ULONG)
                               : argument.kind == 'o' ? sizeof(void*)
                                                      : std::uint64_t{next};
    return port::is_writable(argument.pointer(), size);
}

bool Arguments::is_sound_structure(const Argument& argument) const noexcept {
    switch (argument.kind) {
        case 'i':
            return port::is_readable(argument.pointer(), sizeof(GUID));
        case 'k':
            return !is_bad_object(argument.pointer());
        case 't':
            return !is_bad_tag_array(argument.as<SPropTagArray>());
        case 'T': {
            auto* const at = argument.as<SPropTagArray*>();
            if (!port::is_writable(at, sizeof(*at))) return false;
            const SPropTagArray* const tags = load(at);
            return !tags || !is_bad_tag_array(tags);
        }
        case 'l':
            return !is_bad_entry_list(argument.as<ENTRYLIST>());
        case 'x':
            return !is_bad_restriction(argument.as<SRestriction>());
        case 'y':
            return !is_bad_sort_order_set(argument.as<SSortOrderSet>());
        case 'a':
            static_assert(sizeof(ADRENTRY) == sizeof(SRow), "an address list is a row set");
            return !is_bad_row_set(argument.as<SRowSet>());
        case 'G':
            return port::is_readable(argument.pointer(), sizeof(NOTIFICATION));
        case 'F': {
            const auto* const count = argument.as<const ULONG>();
            return port::is_readable(count, sizeof(ULONG)) &&
                   port::is_writable(count, (std::uint64_t{load(count)} + 1) * sizeof(ULONG));
        }
        default:
            return true;  // anything is
    }
}

template <class Source>
HRESULT validate(ULONG method, Source& source) noexcept {
    const MethodParameters* const known = parameters_of(method);
    Arguments arguments;
    const bool sound =
        known && arguments.collect(known->parameters, source) && arguments.are_sound();
    return sound ? S_OK : MAPI_E_CALL_FAILED;
}

}  // namespace

HRESULT validate_parameters(ULONG method, const void* first) noexcept {
    Slots slots(first);
    return validate(method, slots);
}

HRESULT validate_parameter_list(ULONG method, va_list arguments) noexcept {
    Passed passed;
    va_copy(passed.list, arguments);
    (void)va_arg(passed.list, void*);  // the object
    const HRESULT hr = validate(method, passed);
    va_end(passed.list);
    return hr;
}

}  // namespace remapi::object
