// Which figures stand on which card of the Monitor, in which order, under which names.
#pragma once

#include <vector>

#include <QString>

namespace blazedb::views {

/// Value: one line. Lead: large. Rate: a counter, as what it grew by per second, with a line of the last minute.
/// Line: the value with such a line. Text: words, which get more room than numbers.
enum class FigureForm { Value, Lead, Rate, Line, Text };

struct FigureSpec {
    const char* id; ///< Of the sample.
    QString label;  ///< Translated.
    FigureForm form = FigureForm::Value;
};

struct CardSpec {
    QString id;    ///< "storage"
    QString title; ///< Translated.
    QString iconName;
    std::vector<FigureSpec> figures;
};

/// The cards of the product in their order; Health, which is more than figures, is not among them.
std::vector<CardSpec> monitorCards();

} // namespace blazedb::views
