// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/attachments.h"

#include <vector>

#include "com/ptr.h"
#include "log/log.h"
#include "port/file.h"
#include "text/text.h"

namespace remapi::simple {
namespace {

port::File open_file(const FileRequest& file) {
    port::File opened;
    const std::string shown = log::utf8(file.path);
    if (port::is_folder(file.path)) {
        throw SimpleError(MAPI_E_ATTACHMENT_OPEN_FAILURE, "a folder cannot be attached: " + shown);
    }
    const port::SystemError error = opened.open(file.path, port::File::Mode::Read);
    if (error == 0) return opened;
    const ULONG code =
        port::is_not_found(error) ? MAPI_E_ATTACHMENT_NOT_FOUND : MAPI_E_ATTACHMENT_OPEN_FAILURE;
    throw SimpleError(code, shown + ": " + port::describe(error));
}

[[noreturn]] void throw_write_failure(HRESULT hr, const FileRequest& file) {
    const bool full = hr == MAPI_E_NOT_ENOUGH_DISK || hr == STG_E_MEDIUMFULL;
    throw SimpleError(full ? MAPI_E_DISK_FULL : MAPI_E_ATTACHMENT_WRITE_FAILURE,
                      "storing " + log::utf8(file.path));
}

void set_properties(IAttach& attachment, const FileRequest& file, std::size_t body_units) {
    const std::size_t dot = file.name.find_last_of(REMAPI_W('.'));
    String extension = dot == String::npos ? String() : file.name.substr(dot);
    String mime_type = file.mime_type;
    SPropValue values[7] = {};
    ULONG count = 0;
    const auto add_text = [&](ULONG tag, const String& text) {
        values[count].ulPropTag = tag;
        values[count++].Value.lpszW = unowned(text);
    };
    values[count].ulPropTag = PR_ATTACH_METHOD;
    values[count++].Value.l = ATTACH_BY_VALUE;
    values[count].ulPropTag = PR_RENDERING_POSITION;
    values[count++].Value.ul = file.position < body_units ? file.position : 0xFFFFFFFFu;
    add_text(PR_ATTACH_LONG_FILENAME_W, file.name);
    add_text(PR_ATTACH_FILENAME_W, file.name);
    add_text(PR_DISPLAY_NAME_W, file.name);
    if (!extension.empty()) add_text(PR_ATTACH_EXTENSION_W, extension);
    if (!mime_type.empty()) add_text(PR_ATTACH_MIME_TAG_W, mime_type);
    check(attachment.SetProps(count, values, nullptr), "IAttach::SetProps");
}

void copy_bytes(port::File& from, IStream& to, const FileRequest& file) {
    std::vector<char> piece(64 * 1024);
    for (;;) {
        std::size_t read = 0;
        const port::SystemError error = from.read(piece.data(), piece.size(), read);
        if (error != 0) {
            throw SimpleError(MAPI_E_ATTACHMENT_OPEN_FAILURE,
                              log::utf8(file.path) + ": " + port::describe(error));
        }
        if (read == 0) return;
        ULONG written = 0;
        const HRESULT hr = to.Write(piece.data(), static_cast<ULONG>(read), &written);
        if (FAILED(hr) || written != read)
            throw_write_failure(FAILED(hr) ? hr : MAPI_E_CALL_FAILED, file);
    }
}

}  // namespace

void attach_file(IMessage& message, const FileRequest& file, std::size_t body_units) {
    port::File source = open_file(file);
    ULONG number = 0;
    com::Ptr<IAttach> attachment;
    check(message.CreateAttach(nullptr, 0, &number, attachment.put()), "IMessage::CreateAttach");
    set_properties(*attachment, file, body_units);
    com::Ptr<IStream> stream;
    check(attachment->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, STGM_WRITE,
                                   MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>()),
          "IAttach::OpenProperty");
    copy_bytes(source, *stream, file);
    const HRESULT committed = stream->Commit(STGC_DEFAULT);
    if (FAILED(committed)) throw_write_failure(committed, file);
    stream.reset();
    const HRESULT saved = attachment->SaveChanges(0);
    if (FAILED(saved)) throw_write_failure(saved, file);
}

}  // namespace remapi::simple
