// The rules by which the Swift library refuses a password. Source: file-format specification 2.2.
#include <array>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "engine/format28/family_writer.h"

namespace blazedb::format28 {

namespace {

constexpr int kCharactersMin = 12;
constexpr int kScoreMin = 3;
constexpr std::array kWeakParts{"123", "abc", "password", "qwerty", "admin"};

struct PasswordTraits {
    int characters = 0;
    bool hasUpper = false;
    bool hasLower = false;
    bool hasNumber = false;
    bool hasSymbol = false;
    bool hasWeakPart = false;
};

PasswordTraits traitsOf(std::string_view password)
{
    PasswordTraits traits;
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(password.data(), static_cast<std::int32_t>(password.size())));
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> graphemes(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_SUCCESS(status)) {
        graphemes->setText(text);
        while (graphemes->next() != icu::BreakIterator::DONE) ++traits.characters;
    }
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 scalar = text.char32At(i);
        const bool isNumber = u_getNumericValue(scalar) != U_NO_NUMERIC_VALUE;
        traits.hasUpper |= u_isupper(scalar) != 0;
        traits.hasLower |= u_islower(scalar) != 0;
        traits.hasNumber |= isNumber;
        traits.hasSymbol |= !u_isalpha(scalar) && !isNumber && !u_isUWhiteSpace(scalar);
    }
    icu::UnicodeString lower(text);
    lower.toLower(icu::Locale::getRoot());
    for (const char* part : kWeakParts) traits.hasWeakPart |= lower.indexOf(icu::UnicodeString::fromUTF8(part)) >= 0;
    return traits;
}

int scoreOf(const PasswordTraits& traits)
{
    const int variety = int{traits.hasUpper} + int{traits.hasLower} + int{traits.hasNumber} + int{traits.hasSymbol};
    int score = 0;
    for (const int length : {8, 12, 16, 20}) score += traits.characters >= length ? 1 : 0;
    for (const int kinds : {2, 3, 4}) score += variety >= kinds ? 1 : 0;
    return score - (traits.hasWeakPart ? 1 : 0);
}

} // namespace

std::vector<std::string> passwordProblems(std::string_view password)
{
    const PasswordTraits traits = traitsOf(password);
    std::vector<std::string> problems;
    if (traits.characters < kCharactersMin) problems.push_back("it needs at least 12 characters");
    if (!traits.hasUpper) problems.push_back("it needs an upper-case letter");
    if (!traits.hasLower) problems.push_back("it needs a lower-case letter");
    if (!traits.hasNumber) problems.push_back("it needs a digit");
    if (problems.empty() && scoreOf(traits) < kScoreMin) problems.push_back("it is too easy to guess");
    return problems;
}

} // namespace blazedb::format28
