// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/copy_engine.h"

#include <algorithm>

#include "memory/buffer.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"
#include "spi/copy_names.h"
#include "spi/copy_parts.h"
#include "spi/props.h"

namespace remapi::spi {
namespace {

bool listed(std::span<const ULONG> tags, ULONG tag) noexcept {
    return std::any_of(tags.begin(), tags.end(),
                       [&](ULONG other) { return PROP_ID(other) == PROP_ID(tag); });
}

// The tags that SetProps may be asked for: objects are copied on their own, identity never.
bool is_copied_value(ULONG tag) noexcept {
    switch (PROP_ID(tag)) {
        case PROP_ID(PR_ENTRYID):
        case PROP_ID(PR_RECORD_KEY):
        case PROP_ID(PR_PARENT_ENTRYID):
        case PROP_ID(PR_STORE_ENTRYID):
        case PROP_ID(PR_STORE_RECORD_KEY):
        case PROP_ID(PR_OBJECT_TYPE):
        case PROP_ID(PR_ACCESS):
        case PROP_ID(PR_ACCESS_LEVEL):
        case PROP_ID(PR_MESSAGE_SIZE):
        case PROP_ID(PR_MAPPING_SIGNATURE):
            return false;
        default:
            return PROP_TYPE(tag) != PT_OBJECT && PROP_TYPE(tag) != PT_NULL;
    }
}

/// What a copy could not do, for the caller's problem array.
using Problems = std::vector<object::Problem>;

void note(Problems& problems, ULONG tag, SCODE code) {
    problems.push_back({static_cast<ULONG>(problems.size()), tag, code});
}

// Values too large for GetProps go by stream.
void copy_stream(IMAPIProp* source, ULONG tag, IMAPIProp* target, ULONG target_tag,
                 Problems& problems) {
    com::Ptr<IStream> from;
    com::Ptr<IStream> to;
    HRESULT hr = source->OpenProperty(tag, &IID_IStream, STGM_READ, 0, from.put_as<IUnknown>());
    if (SUCCEEDED(hr)) {
        hr = target->OpenProperty(target_tag, &IID_IStream, STGM_READWRITE,
                                  MAPI_CREATE | MAPI_MODIFY, to.put_as<IUnknown>());
    }
    if (SUCCEEDED(hr)) hr = copy_bytes(from.get(), to.get());
    if (FAILED(hr)) note(problems, tag, hr);
}

void set_values(IMAPIProp* target, std::vector<SPropValue>& values, Problems& problems) {
    if (values.empty()) return;
    Buffer<SPropProblemArray> found;
    check(target->SetProps(narrow_size(values.size()), values.data(), found.put()),
          "IMAPIProp::SetProps");
    for (ULONG i = 0; found && i < found->cProblem; ++i) {
        note(problems, found->aProblem[i].ulPropTag, found->aProblem[i].scode);
    }
}

// Copies the values of `tags`, which have their types, in portions that stay small.
void copy_values(IMAPIProp* source, std::span<const ULONG> tags, IMAPIProp* target,
                 Problems& problems) {
    if (tags.empty()) return;  // GetProps refuses an empty list
    const std::vector<ULONG> there = tags_in_target(source, tags, target);
    const object::TagArray wanted(tags);
    ULONG count = 0;
    Buffer<SPropValue> values;
    check(source->GetProps(wanted.get(), MAPI_UNICODE, &count, values.put()),
          "IMAPIProp::GetProps");
    std::vector<SPropValue> plain;
    for (ULONG i = 0; i < count; ++i) {
        const SPropValue& value = values[i];
        if (there[i] == 0) {
            note(problems, tags[i], MAPI_E_NO_SUPPORT);
        } else if (PROP_TYPE(value.ulPropTag) != PT_ERROR) {
            plain.push_back(value);  // shallow: `values` owns what it points to
            plain.back().ulPropTag = PROP_TAG(PROP_TYPE(value.ulPropTag), PROP_ID(there[i]));
        } else if (value.Value.err == MAPI_E_NOT_ENOUGH_MEMORY) {
            copy_stream(source, tags[i], target, there[i], problems);
        } else if (value.Value.err != MAPI_E_NOT_FOUND) {
            note(problems, tags[i], value.Value.err);
        }
    }
    set_values(target, plain, problems);
}

std::vector<ULONG> tags_of(IMAPIProp* object) {
    Buffer<SPropTagArray> tags;
    check(object->GetPropList(MAPI_UNICODE, tags.put()), "IMAPIProp::GetPropList");
    const auto view = object::view_tags(tags.get());
    return {view.begin(), view.end()};
}

void leave_out(std::vector<ULONG>& tags, std::span<const ULONG> unwanted) {
    std::erase_if(tags, [&](ULONG tag) { return listed(unwanted, tag); });
}

// Those of `tags` that `target` has under whatever id.
std::vector<ULONG> existing_in(IMAPIProp* source, std::span<const ULONG> tags, IMAPIProp* target) {
    const std::vector<ULONG> there = tags_in_target(source, tags, target);
    const std::vector<ULONG> theirs = tags_of(target);
    std::vector<ULONG> existing;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (there[i] != 0 && listed(theirs, there[i])) existing.push_back(tags[i]);
    }
    return existing;
}

void delete_moved(IMAPIProp* source, std::span<const ULONG> tags) {
    if (tags.empty()) return;
    const object::TagArray moved(tags);
    check(source->DeleteProps(moved.get(), nullptr), "IMAPIProp::DeleteProps");
}

bool wanted_part(std::span<const IID> excluded, const IID& iid, std::span<const ULONG> tags,
                 ULONG tag) {
    const auto same = [&](const IID& other) { return IsEqualGUID(other, iid); };
    return std::none_of(excluded.begin(), excluded.end(), same) && !listed(tags, tag);
}

// Recipients, attachments, sub-folders and contents: whatever both objects have.
HRESULT copy_parts(IMAPIProp* source, std::span<const IID> excluded, std::span<const ULONG> tags,
                   IMAPIProp* target, const CopyOptions& options) {
    const auto from_message = com::query<IMessage>(source);
    const auto to_message = com::query<IMessage>(target);
    if (from_message && to_message) {
        if (!listed(tags, PR_MESSAGE_RECIPIENTS))
            copy_recipients(from_message.get(), to_message.get());
        if (wanted_part(excluded, IID_IAttachment, tags, PR_MESSAGE_ATTACHMENTS)) {
            copy_attachments(from_message.get(), to_message.get());
        }
        return S_OK;
    }
    const auto from_folder = com::query<IMAPIFolder>(source);
    const auto to_folder = com::query<IMAPIFolder>(target);
    if (!from_folder || !to_folder) return S_OK;
    HRESULT result = S_OK;
    if (wanted_part(excluded, IID_IMessage, tags, PR_CONTAINER_CONTENTS)) {
        result = copy_contents(from_folder.get(), to_folder.get(), options);
    }
    if (wanted_part(excluded, IID_IMAPIFolder, tags, PR_CONTAINER_HIERARCHY)) {
        const HRESULT hr = copy_subfolders(from_folder.get(), to_folder.get(), options);
        if (hr != S_OK) result = hr;
    }
    return result;
}

void copy_attachment_object(IMAPIProp* source, IMAPIProp* target) {
    const auto from = com::query<IAttach>(source);
    const auto to = com::query<IAttach>(target);
    if (from && to) copy_attached_object(from.get(), to.get());
}

}  // namespace

void copy_object(IMAPIProp* source, std::span<const IID> excluded_interfaces,
                 const SPropTagArray* excluded, IMAPIProp* target, const CopyOptions& options,
                 SPropProblemArray** problems) {
    const auto unwanted = object::view_tags(excluded);
    std::vector<ULONG> tags = tags_of(source);
    std::erase_if(tags, [](ULONG tag) { return !is_copied_value(tag); });
    leave_out(tags, unwanted);
    if (options.keep_existing) leave_out(tags, existing_in(source, tags, target));

    Problems found;
    copy_values(source, tags, target, found);
    copy_parts(source, excluded_interfaces, unwanted, target, options);
    if (!listed(unwanted, PR_ATTACH_DATA_OBJ)) copy_attachment_object(source, target);
    if (options.move) delete_moved(source, tags);
    object::put_problems(found, problems);
}

void copy_properties(IMAPIProp* source, const SPropTagArray& included, IMAPIProp* target,
                     const CopyOptions& options, SPropProblemArray** problems) {
    const auto wanted = object::view_tags(&included);
    std::vector<ULONG> values(wanted.begin(), wanted.end());
    std::erase_if(values, [](ULONG tag) { return PROP_TYPE(tag) == PT_OBJECT; });
    if (options.keep_existing) {
        if (!existing_in(source, values, target).empty()) {
            throw Error(MAPI_E_COLLISION, "copying properties that the target has");
        }
    }
    Problems found;
    copy_values(source, values, target, found);
    // What was not named is left out: the complement of the list, as far as parts go.
    std::vector<ULONG> left_out;
    for (const ULONG part : {PR_MESSAGE_RECIPIENTS, PR_MESSAGE_ATTACHMENTS, PR_CONTAINER_CONTENTS,
                             PR_CONTAINER_HIERARCHY}) {
        if (!listed(wanted, part)) left_out.push_back(part);
    }
    copy_parts(source, {}, left_out, target, options);
    if (listed(wanted, PR_ATTACH_DATA_OBJ)) copy_attachment_object(source, target);
    if (options.move) delete_moved(source, values);
    object::put_problems(found, problems);
}

HRESULT copy_messages(IMAPIFolder* source, const ENTRYLIST& messages, IMAPIFolder* target,
                      const CopyOptions& options) {
    HRESULT result = S_OK;
    for (ULONG i = 0; i < messages.cValues; ++i) {
        SBinary id = messages.lpbin[i];
        const HRESULT hr = copy_message(source, view_bytes(id), target);
        if (FAILED(hr)) {
            result = MAPI_W_PARTIAL_COMPLETION;
        } else if (options.move) {
            ENTRYLIST one = {1, &id};
            if (FAILED(source->DeleteMessages(&one, 0, nullptr, 0)))
                result = MAPI_W_PARTIAL_COMPLETION;
        }
        if (!options.progress) continue;
        const HRESULT answer =
            options.progress->Progress((i + 1) * 1000 / messages.cValues, i + 1, messages.cValues);
        if (answer == MAPI_E_USER_CANCEL) return answer;
    }
    return result;
}

HRESULT copy_folder(IMAPIFolder* source, BytesView entry, IMAPIFolder* target, StringView new_name,
                    bool recursive, const CopyOptions& options) {
    com::Ptr<IMAPIFolder> folder;
    ULONG type = 0;
    check(source->OpenEntry(narrow_size(entry.size()), as_entry(entry), &IID_IMAPIFolder,
                            options.move ? MAPI_MODIFY : 0, &type, folder.put_as<IUnknown>()),
          "opening a folder to copy");
    if (contains(folder.get(), target))
        throw Error(MAPI_E_FOLDER_CYCLE, "copying a folder into itself");
    const PropertyBag names = read_properties(folder.get(), {PR_DISPLAY_NAME_W, PR_COMMENT_W});
    String name(new_name.empty() ? names.text(PR_DISPLAY_NAME_W) : new_name);
    String comment(names.text(PR_COMMENT_W));
    com::Ptr<IMAPIFolder> made;
    check(target->CreateFolder(FOLDER_GENERIC, reinterpret_cast<LPTSTR>(name.data()),
                               reinterpret_cast<LPTSTR>(comment.data()), &IID_IMAPIFolder,
                               MAPI_UNICODE, made.put()),
          "IMAPIFolder::CreateFolder");
    // Parts follow by themselves; what the new folder computes is no problem of the copy.
    const object::TagArray left_out{PR_DISPLAY_NAME_W, PR_CONTAINER_CONTENTS,
                                    PR_CONTAINER_HIERARCHY};
    copy_object(folder.get(), {}, left_out.get(), made.get(), {}, nullptr);
    CopyOptions inner = options;
    inner.move = false;  // what is moved goes with the folder
    HRESULT result = copy_contents(folder.get(), made.get(), inner);
    if (recursive) {
        const HRESULT hr = copy_subfolders(folder.get(), made.get(), inner);
        if (hr != S_OK) result = hr;
    }
    if (!options.move || result != S_OK) return result;
    return check(source->DeleteFolder(narrow_size(entry.size()), as_entry(entry), 0, nullptr,
                                      DEL_MESSAGES | DEL_FOLDERS),
                 "IMAPIFolder::DeleteFolder");
}

}  // namespace remapi::spi
