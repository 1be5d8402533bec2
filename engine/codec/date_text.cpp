// RFC 3339 to and from seconds since 2001-01-01T00:00:00Z.
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "engine/codec/typed_json.h"

namespace blazedb::codec {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::chrono::sys_days kReferenceDay = std::chrono::year{2001} / std::chrono::January / 1;

/// Two's-complement-safe floor division into days and seconds of the day.
std::string calendarText(std::int64_t wholeSeconds)
{
    std::int64_t days = wholeSeconds / kSecondsPerDay;
    std::int64_t rest = wholeSeconds % kSecondsPerDay;
    if (rest < 0) {
        rest += kSecondsPerDay;
        --days;
    }
    const std::chrono::year_month_day date(kReferenceDay + std::chrono::days(days));
    char text[32];
    const int length = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(rest / 3600),
                                     static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
    return {text, static_cast<std::size_t>(length)};
}

/// The years 0000 to 9999, in seconds from 2001.
const double kFirstSecond = static_cast<double>((std::chrono::sys_days(std::chrono::year{0} / 1 / 1) - kReferenceDay).count() * kSecondsPerDay);
const double kEndSecond = static_cast<double>((std::chrono::sys_days(std::chrono::year{10000} / 1 / 1) - kReferenceDay).count() * kSecondsPerDay);

/// Reads exactly `count` digits at the front of `text` and removes them.
std::optional<int> takeDigits(std::string_view& text, std::size_t count)
{
    if (text.size() < count) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
    if (error != std::errc{} || end != text.data() + count || text.front() == '-') return std::nullopt;
    text.remove_prefix(count);
    return value;
}

bool takeCharacter(std::string_view& text, std::string_view accepted)
{
    if (text.empty() || accepted.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// ".678901" as a fraction; 0 when there is none; nullopt when the point has no digits.
std::optional<double> takeFraction(std::string_view& text)
{
    if (text.empty() || text.front() != '.') return 0.0;
    std::size_t length = 1;
    while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
    if (length == 1) return std::nullopt;
    double fraction = 0;
    const std::string digits = "0" + std::string(text.substr(0, length));
    std::from_chars(digits.data(), digits.data() + digits.size(), fraction);
    text.remove_prefix(length);
    return fraction;
}

/// "Z" or "+02:00" in seconds east of Greenwich.
std::optional<int> takeOffset(std::string_view& text)
{
    if (takeCharacter(text, "Zz")) return 0;
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const int sign = text.front() == '+' ? 1 : -1;
    text.remove_prefix(1);
    const auto hours = takeDigits(text, 2);
    if (!hours || !takeCharacter(text, ":")) return std::nullopt;
    const auto minutes = takeDigits(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    return sign * (*hours * 3600 + *minutes * 60);
}

} // namespace

std::optional<std::string> dateToText(double seconds)
{
    if (!(seconds >= kFirstSecond && seconds < kEndSecond)) return std::nullopt;
    const double whole = std::floor(seconds);
    const std::string calendar = calendarText(static_cast<std::int64_t>(whole));
    for (const int decimals : {0, 3, 6, 9}) {
        std::string text = calendar;
        if (decimals > 0) {
            char fraction[16];
            const int length = std::snprintf(fraction, sizeof fraction, "%.*f", decimals, seconds - whole);
            if (fraction[0] != '0') continue; // rounds up to the next second
            text.append(fraction + 1, static_cast<std::size_t>(length - 1));
        }
        text += 'Z';
        // Minus zero is another double than zero.
        if (const auto back = dateFromText(text); back && *back == seconds && std::signbit(*back) == std::signbit(seconds)) return text;
    }
    return std::nullopt;
}

std::optional<double> dateFromText(std::string_view text)
{
    const auto year = takeDigits(text, 4);
    if (!year || !takeCharacter(text, "-")) return std::nullopt;
    const auto month = takeDigits(text, 2);
    if (!month || !takeCharacter(text, "-")) return std::nullopt;
    const auto day = takeDigits(text, 2);
    if (!day || !takeCharacter(text, "Tt ")) return std::nullopt;
    const auto hour = takeDigits(text, 2);
    if (!hour || !takeCharacter(text, ":")) return std::nullopt;
    const auto minute = takeDigits(text, 2);
    if (!minute || !takeCharacter(text, ":")) return std::nullopt;
    const auto second = takeDigits(text, 2);
    const auto fraction = takeFraction(text);
    const auto offset = takeOffset(text);
    if (!second || !fraction || !offset || !text.empty()) return std::nullopt;

    const std::chrono::year_month_day date(std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)});
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const std::int64_t days = (std::chrono::sys_days(date) - kReferenceDay).count();
    const std::int64_t whole = days * kSecondsPerDay + *hour * 3600 + *minute * 60 + *second - *offset;
    return static_cast<double>(whole) + *fraction;
}

} // namespace blazedb::codec
