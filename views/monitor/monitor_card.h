// A card of the Monitor: a title, and its figures; and the card of health, which gives its reasons.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <QFrame>

#include "engine/api/monitor.h"
#include "views/monitor/card_list.h"

class QGridLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace blazedb::views {

class Sparkline;
class Theme;

/// Frame and title with a button that hides it. Object names `monitor.card.<id>…`. GUI thread only.
class MonitorCard : public QFrame {
    Q_OBJECT

public:
    MonitorCard(const Theme& theme, const QString& id, const QString& title, const QString& iconName, QWidget* parent);

    [[nodiscard]] const QString& id() const { return m_id; }
    [[nodiscard]] const QString& title() const { return m_title; }

Q_SIGNALS:
    void hideRequested();

protected:
    [[nodiscard]] QVBoxLayout* content() const { return m_content; }

private:
    void drawIcons();

    const Theme& m_theme;
    const QString m_id;
    const QString m_title;
    const QString m_iconName;
    QLabel* m_icon;
    QToolButton* m_hide;
    QVBoxLayout* m_content;
};

/// Each figure is a label `monitor.figure.<id>` with the exact `value`, the `unit`, and the `reason` when there is none; rates
/// and lines have `monitor.rate.<id>` and `monitor.line.<id>` besides. GUI thread only.
class FigureCard final : public MonitorCard {
    Q_OBJECT

public:
    FigureCard(const Theme& theme, const CardSpec& spec, QWidget* parent);

    void show(const api::Measurement& measurement);
    void setGap(qint64 gapMs); ///< Of the lines.

private:
    struct Row {
        FigureSpec spec;
        QLabel* label = nullptr;
        QLabel* value = nullptr;
        QLabel* reason = nullptr;   ///< Below the figure; the same reason is said once for figures that follow each other.
        QLabel* rate = nullptr;     ///< Of a Rate.
        Sparkline* line = nullptr;  ///< Of a Rate or a Line.
        std::optional<double> last; ///< Of a Rate: what the counter said before, and when.
        std::chrono::system_clock::time_point lastAt{};
    };

    void addRow(QGridLayout* grid, const Theme& theme, const FigureSpec& spec);
    void showSample(Row& row, const model::MetricSample* sample);
    void showRate(Row& row, const model::MetricSample* sample, std::chrono::system_clock::time_point at);
    void showReasons();

    std::vector<Row> m_rows;
};

/// The word, every reason with its advice, and what can be done about it. GUI thread only.
class HealthCard final : public MonitorCard {
    Q_OBJECT

public:
    HealthCard(const Theme& theme, QWidget* parent);

    void show(const api::Measurement& measurement);
    void showLastCheck(const QString& text); ///< What Tests found last; empty: nothing was checked yet.

Q_SIGNALS:
    void checkRequested();

private:
    void drawWord();
    void addReason(const api::HealthReason& reason);

    const Theme& m_theme;
    api::HealthLevel m_level = api::HealthLevel::Ok;
    std::vector<std::string> m_shown; ///< Messages of the reasons that stand there.
    QLabel* m_icon;
    QLabel* m_word;
    QLabel* m_lastCheck;
    QVBoxLayout* m_reasons;
};

/// The figure of that id; null when the source has none.
const model::MetricSample* findFigure(const api::Measurement& measurement, const char* id);

/// "Well", "Look at this", "Something is wrong"; and its icon.
QString healthWord(api::HealthLevel level);
QString healthIconName(api::HealthLevel level);

} // namespace blazedb::views
