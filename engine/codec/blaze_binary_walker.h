// Walks encoded values: checks every length against what is there, and skips or decodes. Internal to codec.
#pragma once

#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/model/record.h"

namespace blazedb::codec::binary {

/// Where one field's value lies in a record.
struct FieldSpan {
    std::string_view name;
    model::ValueKind kind = model::ValueKind::Null;
    std::size_t begin = 0; ///< Of the tag.
    std::size_t end = 0;
};

/// Thread-safety: none; one owner. After a function answered false, problem() says what and where.
class Walker {
public:
    /// `bytes` is the whole record, wherever the walk begins: its version says how wide the elements of vectors are.
    explicit Walker(ByteView bytes, std::size_t position = 0);

    /// Magic, version, CRC; answers the number of fields. `m_bytes` loses the CRC at its end.
    bool readHeader(std::size_t& fieldCount);
    bool readFieldName(std::string_view& name);
    /// Moves behind one value without decoding it; what this accepts, decode() accepts.
    bool skip(model::ValueKind& kind, std::size_t depth = 0);
    bool decode(model::Value& value, std::size_t depth = 0);

    [[nodiscard]] std::size_t position() const { return m_position; }
    /// Corruption with the byte offset; Unsupported for a version that is known but not read.
    [[nodiscard]] Error problem() const;

private:
    bool fail(const char* what);
    bool take(std::size_t count, const std::byte*& data);
    bool takeByte(std::uint8_t& byte);
    bool takeText(std::size_t length, std::string_view& text);
    template <typename T>
    bool takeCount(T& count);
    bool takeBlob(ByteView& blob);
    bool skipElements(std::uint8_t tag, std::size_t depth);
    bool decodeScalar(std::uint8_t tag, model::Value& value, bool& isScalar);
    bool decodeArray(model::Value& value, std::size_t depth);
    bool decodeDictionary(model::Value& value, std::size_t depth);
    bool decodeVector(model::Value& value);

    ByteView m_bytes;
    std::size_t m_position;
    bool m_hasWholeVectors;
    const char* m_problem = "";
    std::size_t m_problemAt = 0;
    bool m_isUnsupported = false;
};

/// All fields of a record, each once: canonically equivalent names are one field, the last value wins.
/// `spans` is reused. Errors: as decodeRecord.
Result<void> outlineRecord(ByteView bytes, std::vector<FieldSpan>& spans);

} // namespace blazedb::codec::binary
