#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "engine/codec/dump_text.h"

namespace blazedb::codec {

namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kDaysTo2001 = 730'791; // from 0000-03-01 to 2001-01-01
constexpr std::size_t kYearDigitsMax = 9;

/// Days from 2001-01-01 in the proleptic Gregorian calendar; a day beyond its month runs into the next.
std::int64_t daysOf(std::int64_t year, std::int64_t month, std::int64_t day)
{
    // Years begin in March, so that the leap day is their last.
    const std::int64_t shifted = month <= 2 ? year - 1 : year;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    const std::int64_t yearOfEra = shifted - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - kDaysTo2001;
}

/// Reads from the front of a text. Thread-safety: none; one owner.
class DateScanner {
public:
    explicit DateScanner(std::string_view text)
        : m_text(text)
    {
    }

    bool number(std::size_t digitsMax, std::int64_t& value)
    {
        std::size_t length = 0;
        while (length < m_text.size() && m_text[length] >= '0' && m_text[length] <= '9') ++length;
        if (length == 0 || length > digitsMax) return false;
        std::from_chars(m_text.data(), m_text.data() + length, value);
        m_text.remove_prefix(length);
        return true;
    }
    bool character(char wanted)
    {
        if (m_text.empty() || m_text.front() != wanted) return false;
        m_text.remove_prefix(1);
        return true;
    }
    bool word(std::string_view wanted)
    {
        if (!m_text.starts_with(wanted)) return false;
        m_text.remove_prefix(wanted.size());
        return true;
    }
    bool twoDigits(std::int64_t& value)
    {
        if (m_text.size() < 2 || !isDigit(m_text[0]) || !isDigit(m_text[1])) return false;
        value = (m_text[0] - '0') * 10 + (m_text[1] - '0');
        m_text.remove_prefix(2);
        return true;
    }
    double fraction()
    {
        std::size_t length = 1;
        while (length < m_text.size() && isDigit(m_text[length])) ++length;
        if (m_text.empty() || m_text.front() != '.' || length == 1) return 0;
        double value = 0;
        const std::string digits = "0" + std::string(m_text.substr(0, length));
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        m_text.remove_prefix(length);
        return value;
    }
    /// Seconds east of Greenwich.
    std::optional<std::int64_t> zone()
    {
        if (character('Z')) return 0;
        const bool isNamed = word("UTC") || word("GMT");
        const std::int64_t sign = character('+') ? 1 : character('-') ? -1 : 0;
        if (sign == 0) return isNamed ? std::optional<std::int64_t>(0) : std::nullopt;
        std::int64_t hours = 0;
        std::int64_t minutes = 0;
        if (!twoDigits(hours)) return std::nullopt;
        character(':');
        twoDigits(minutes);
        return sign * (hours * 3600 + minutes * 60);
    }

private:
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    std::string_view m_text;
};

} // namespace

std::optional<double> leadingDate(std::string_view text)
{
    DateScanner scanner(text);
    std::int64_t year = 0;
    std::int64_t month = 0;
    std::int64_t day = 0;
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    const bool isDate = scanner.number(kYearDigitsMax, year) && scanner.character('-') && scanner.number(2, month) && scanner.character('-')
        && scanner.number(2, day) && scanner.character('T') && scanner.number(2, hour) && scanner.character(':') && scanner.number(2, minute)
        && scanner.character(':') && scanner.number(2, second);
    if (!isDate || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const double fraction = scanner.fraction();
    const auto zone = scanner.zone();
    if (!zone) return std::nullopt;
    return static_cast<double>(daysOf(year, month, day) * kDaySeconds + hour * 3600 + minute * 60 + second - *zone) + fraction;
}

std::string wholeSecondsText(double seconds)
{
    // Far beyond any calendar, and still within 64 bits.
    constexpr double kSecondsMax = 3.2e16;
    const auto whole = static_cast<std::int64_t>(std::floor(std::clamp(seconds, -kSecondsMax, kSecondsMax)));
    std::int64_t days = whole / kDaySeconds;
    std::int64_t rest = whole % kDaySeconds;
    if (rest < 0) {
        rest += kDaySeconds;
        --days;
    }
    const std::int64_t shifted = days + kDaysTo2001;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t dayOfEra = shifted - era * 146'097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
    const std::int64_t day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    const std::int64_t month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    const std::int64_t year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, day, rest / 3600, rest / 60 % 60, rest % 60);
}

} // namespace blazedb::codec
