// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/object_kinds.h"

namespace remapi::test {
namespace {

/// Page: mapi/imapiprop-openproperty.md
class PropertyStreams : public ObjectKindTest {
protected:
    HRESULT open_stream(ULONG tag, ULONG flags, com::Ptr<IStream>& stream,
                        const IID* iid = &IID_IStream) {
        const ULONG mode = (flags & MAPI_MODIFY) != 0 ? STGM_READWRITE : STGM_READ;
        used.push_back(tag);
        return object->OpenProperty(tag, iid, mode, flags, stream.put_as<IUnknown>());
    }
    Bytes read_all(ULONG tag) {
        com::Ptr<IStream> stream;
        check(open_stream(tag, 0, stream), "IMAPIProp::OpenProperty");
        return object::read_stream(stream.get());
    }
    void write(ULONG tag, const Bytes& bytes) {
        com::Ptr<IStream> stream;
        check(open_stream(tag, MAPI_CREATE | MAPI_MODIFY, stream), "IMAPIProp::OpenProperty");
        object::write_stream(stream.get(), bytes);
        check(stream->Commit(STGC_DEFAULT), "IStream::Commit");
    }
    static Bytes units(StringView text) {
        return to_bytes(view_bytes(text.data(), text.size() * sizeof(WideChar)));
    }
};

INSTANTIATE_TEST_SUITE_P(Of, PropertyStreams,
                         testing::Values(Kind::Store, Kind::Folder, Kind::Message,
                                         Kind::Attachment),
                         kind_name);

TEST_P(PropertyStreams, ReadWhatIsThere) {
    ASSERT_HR(S_OK, put({kBinary, Bytes{1, 2, 3}}));
    EXPECT_EQ((Bytes{1, 2, 3}), read_all(kBinary));
}

TEST_P(PropertyStreams, ReadTextInTheWidthAskedFor) {
    ASSERT_HR(S_OK, put({kText, REMAPI_W("text")}));
    EXPECT_EQ(units(REMAPI_W("text")), read_all(kText));
    EXPECT_EQ(to_bytes("text"), read_all(CHANGE_PROP_TYPE(kText, PT_STRING8)));
}

TEST_P(PropertyStreams, MakeAProperty) {
    write(kBinary, {4, 5, 6});
    EXPECT_EQ((Bytes{4, 5, 6}), get_bytes(object.get(), kBinary));
    write(kText, units(REMAPI_W("written")));
    EXPECT_EQ(REMAPI_W("written"), get_text(object.get(), kText));
}

TEST_P(PropertyStreams, DiscardWhatWasThereWhenTheyCreate) {
    ASSERT_HR(S_OK, put({kBinary, Bytes(100, 1)}));
    write(kBinary, {7});
    EXPECT_EQ(Bytes{7}, get_bytes(object.get(), kBinary));
}

TEST_P(PropertyStreams, ChangeWhatIsThere) {
    ASSERT_HR(S_OK, put({kBinary, Bytes{1, 2, 3}}));
    {
        com::Ptr<IStream> stream;
        ASSERT_HR(S_OK, open_stream(kBinary, MAPI_MODIFY, stream));
        object::write_stream(stream.get(), Bytes{9});
        ASSERT_HR(S_OK, stream->Commit(STGC_DEFAULT));
    }
    EXPECT_EQ((Bytes{9, 2, 3}), get_bytes(object.get(), kBinary));
}

TEST_P(PropertyStreams, OfAMegabyteAreSaved) {
    Bytes large(1u << 20);
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<std::uint8_t>(i * 7);
    write(kBinary, large);
    save(object.get());
    if (owner) save(owner.get());
    object = opened(MAPI_MODIFY);
    EXPECT_EQ(large, read_all(kBinary));
}

TEST_P(PropertyStreams, AreTheWayToWhatIsTooLargeForAll) {
    write(kBinary, Bytes(1u << 20, 1));
    ULONG count = 0;
    Buffer<SPropValue> values;
    ASSERT_HR(MAPI_W_ERRORS_RETURNED,
              object->GetProps(nullptr, MAPI_UNICODE, &count, values.put()));
    for (ULONG i = 0; i < count; ++i) {
        if (PROP_ID(values[i].ulPropTag) != PROP_ID(kBinary)) continue;
        EXPECT_EQ(ULONG{PT_ERROR}, PROP_TYPE(values[i].ulPropTag));
        EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, values[i].Value.err);
        return;
    }
    FAIL() << "a large property is not listed";
}

TEST_P(PropertyStreams, OfNothingAreNotOpened) {
    com::Ptr<IStream> stream;
    EXPECT_HR(MAPI_E_NOT_FOUND, open_stream(kBinary, 0, stream));
    EXPECT_HR(MAPI_E_NOT_FOUND, open_stream(kBinary, MAPI_MODIFY, stream));
}

TEST_P(PropertyStreams, NeedATypeAnInterfaceAndAPlaceForIt) {
    ASSERT_HR(S_OK, put({kBinary, Bytes{1}}));
    com::Ptr<IStream> stream;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open_stream(untyped(kBinary), 0, stream));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, open_stream(kBinary, 0, stream, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->OpenProperty(kBinary, &IID_IStream, 0, 0, nullptr));
}

TEST_P(PropertyStreams, AreNoOtherInterface) {
    ASSERT_HR(S_OK, put({kBinary, Bytes{1}}));
    com::Ptr<IStream> stream;
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED, open_stream(kBinary, 0, stream, &IID_IMAPIFolder));
}

TEST_P(PropertyStreams, OpenedForReadingAreNotWrittenTo) {
    ASSERT_HR(S_OK, put({kBinary, Bytes{1}}));
    com::Ptr<IStream> stream;
    ASSERT_HR(S_OK, open_stream(kBinary, 0, stream));
    ULONG written = 0;
    EXPECT_TRUE(FAILED(stream->Write("x", 1, &written)));
    EXPECT_EQ(Bytes{1}, get_bytes(object.get(), kBinary));
}

}  // namespace
}  // namespace remapi::test
