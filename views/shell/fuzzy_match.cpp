#include "views/shell/fuzzy_match.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace blazedb::views {
namespace {

constexpr int kLetter = 1;
constexpr int kWordStart = 8;
constexpr int kRun = 5;
constexpr int kImpossible = std::numeric_limits<int>::min() / 2;

bool startsWord(QStringView title, qsizetype place)
{
    if (place == 0) return true;
    const QChar before = title.at(place - 1);
    return !before.isLetterOrNumber() || (title.at(place).isUpper() && before.isLower());
}

} // namespace

std::optional<int> fuzzyScore(QStringView typed, QStringView title)
{
    // best[j]: the best score with the letters so far, the last of them at j. Titles are short, so quadratic is plenty.
    const auto length = static_cast<std::size_t>(title.size());
    std::vector<int> best(length, 0);
    bool isFirst = true;
    for (const QChar letter : typed) {
        if (letter.isSpace()) continue;
        std::vector<int> next(length, kImpossible);
        int before = isFirst ? 0 : kImpossible; // the best of all places before the one before j
        for (std::size_t j = 0; j < length; ++j) {
            const int atPrevious = j > 0 && !isFirst ? best[j - 1] : kImpossible;
            if (title.at(static_cast<qsizetype>(j)).toCaseFolded() == letter.toCaseFolded()) {
                const int reached = std::max(before, atPrevious == kImpossible ? kImpossible : atPrevious + kRun);
                const int bonus = startsWord(title, static_cast<qsizetype>(j)) ? kWordStart : 0;
                if (reached > kImpossible) next[j] = reached + kLetter + bonus;
            }
            before = std::max(before, atPrevious);
        }
        best = std::move(next);
        isFirst = false;
    }
    if (isFirst) return 0;
    const int score = best.empty() ? kImpossible : *std::max_element(best.begin(), best.end());
    if (score <= kImpossible / 2) return std::nullopt;
    return score;
}

} // namespace blazedb::views
