#include "engine/model/text_order.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/utf8.h>

namespace blazedb::model {

namespace {

/// Eight bytes at a time: texts of databases are mostly ASCII, and ASCII is its own NFC form.
bool isAscii(std::string_view text)
{
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, sizeof word);
        if ((word & 0x8080808080808080ULL) != 0) return false;
    }
    for (; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0x80U) != 0) return false;
    return true;
}

const icu::Normalizer2* nfc()
{
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFCInstance(status);
    return normalizer;
}

icu::StringPiece piece(std::string_view text)
{
    return {text.data(), static_cast<int32_t>(text.size())};
}

bool isNormalized(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    return nfc()->isNormalizedUTF8(piece(text), status) != 0 && U_SUCCESS(status);
}

} // namespace

bool isValidUtf8(std::string_view text)
{
    if (isAscii(text)) return true;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<int64_t>(text.size());
    for (int64_t i = 0; i < length;) {
        UChar32 scalar = 0;
        U8_NEXT(bytes, i, length, scalar);
        if (scalar < 0) return false;
    }
    return true;
}

std::string toNfc(std::string_view text)
{
    // ICU takes 32-bit lengths; texts are limited to 100,000,000 bytes where they enter.
    if (isAscii(text) || text.size() > INT32_MAX || nfc() == nullptr || !isValidUtf8(text) || isNormalized(text)) return std::string(text);
    std::string normal;
    icu::StringByteSink<std::string> sink(&normal, static_cast<int32_t>(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    nfc()->normalizeUTF8(0, piece(text), sink, nullptr, status);
    return U_SUCCESS(status) ? normal : std::string(text);
}

std::string foldCase(std::string_view text)
{
    std::string folded = toNfc(text);
    if (isAscii(folded)) {
        for (char& letter : folded)
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        return folded;
    }
    if (!isValidUtf8(folded) || folded.size() > INT32_MAX) return folded;
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(folded.size()));
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8Fold(0, piece(folded), sink, nullptr, status);
    return U_SUCCESS(status) ? toNfc(out) : folded;
}

bool canonicallyEqual(std::string_view left, std::string_view right)
{
    if (left == right) return true;
    if (isAscii(left) && isAscii(right)) return false;
    return toNfc(left) == toNfc(right);
}

std::strong_ordering compareText(std::string_view left, std::string_view right)
{
    // The byte order of UTF-8 is the order of scalars.
    if (isAscii(left) && isAscii(right)) return left.compare(right) <=> 0;
    return toNfc(left).compare(toNfc(right)) <=> 0;
}

} // namespace blazedb::model
