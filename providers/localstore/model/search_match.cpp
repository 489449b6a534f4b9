// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/search_match.h"

#include <algorithm>

#include "log/log.h"
#include "providers/localstore/backend/stream_rows.h"
#include "providers/localstore/model/attachment.h"

namespace remapi::localstore {
namespace {

/// How much of a large value is looked at.
constexpr std::uint64_t kSearchedBytes = 16u << 20;

Bytes stream_start(Transaction& work, const StreamReference& reference) {
    const std::uint64_t size = std::min(reference.size_bytes, kSearchedBytes);
    Bytes bytes;
    for (std::uint64_t chunk = 0; bytes.size() < size; ++chunk) {
        Bytes piece = rows::read_chunk(work, reference.stream, chunk);
        piece.resize(std::min<std::uint64_t>(rows::kChunkBytes, size - bytes.size()));
        bytes.insert(bytes.end(), piece.begin(), piece.end());
    }
    return bytes;
}

bool part_matches(const Store& store, const MessageContent& content, ULONG part,
                  const Restriction& restriction) {
    if (PROP_ID(part) == PROP_ID(PR_MESSAGE_RECIPIENTS)) {
        return std::any_of(content.recipients.begin(), content.recipients.end(),
                           [&](const Recipient& recipient) {
                               return object::matches(restriction, recipient.values);
                           });
    }
    if (PROP_ID(part) == PROP_ID(PR_MESSAGE_ATTACHMENTS)) {
        return std::any_of(content.attachments.begin(), content.attachments.end(),
                           [&](const AttachmentContent& attachment) {
                               return object::matches(restriction,
                                                      attachment_row(store, attachment));
                           });
    }
    throw Error(MAPI_E_TOO_COMPLEX, "searching in a sub-object of no known kind");
}

}  // namespace

MessageMatcher::MessageMatcher(std::shared_ptr<Store> store, Restriction restriction)
    : m_store(std::move(store)),
      m_restriction(std::move(restriction)),
      m_tags(object::tags_of(m_restriction)) {}

void MessageMatcher::add_large(Transaction& work, std::int64_t message, PropertyBag& values) const {
    const StoredProperties content = decode_properties(rows::read_message_content(work, message));
    for (const StreamReference& reference : content.streams) {
        const bool is_wanted = std::any_of(m_tags.begin(), m_tags.end(), [&](ULONG tag) {
            return PROP_ID(tag) == PROP_ID(reference.tag);
        });
        if (is_wanted) values.set(value_of_stream(reference.tag, stream_start(work, reference)));
    }
}

bool MessageMatcher::matches(Transaction& work, std::int64_t message) const {
    try {
        const MessageFacts facts(m_store, work, message);
        PropertyBag values = facts.as_row();
        if (!facts.properties.large().empty()) add_large(work, message, values);
        std::optional<MessageContent> content;
        const auto subobject = [&](ULONG part, const Restriction& restriction) {
            if (!content) content = load_content(m_store, work, message);
            return part_matches(*m_store, *content, part, restriction);
        };
        return object::matches(m_restriction, values, subobject);
    } catch (const Error& error) {
        if (error.code() != MAPI_E_CORRUPT_DATA) throw;
        REMAPI_INFO(Store, "the properties of message %lld cannot be searched",
                    static_cast<long long>(message));
        return false;
    }
}

}  // namespace remapi::localstore
