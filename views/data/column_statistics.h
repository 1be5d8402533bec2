// What the values of one column look like over all records that match the filter, and filters made of them.
#pragma once

#include <optional>

#include <QWidget>

#include "engine/base/result.h"
#include "engine/model/field_profile.h"
#include "engine/model/query.h"
#include "views/widgets/format.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace blazedb::views {

class Session;
class Theme;

/// Object names `data.statistics…`; the property `state` is "not run", "running", "ready", "cancelled" or "failed". GUI thread only.
class ColumnStatistics final : public QWidget {
    Q_OBJECT

public:
    /// So many different values are listed, the most frequent first.
    static constexpr std::size_t kValuesMax = 1'000;

    ColumnStatistics(Session& session, const Theme& theme, QWidget* parent = nullptr);

    void run(const model::Query& query, const QString& field);
    void setZone(ZoneChoice zone);

Q_SIGNALS:
    void filterRequested(const blazedb::model::Expression& condition);

private:
    QWidget* buildBusy();
    void buildValues();
    void accept(Result<model::FieldProfile> profile);
    void noteProgress(quint64 job);
    void setState(const QString& state, const QString& text);
    void fill();
    void fillFigures();
    void fillValues();
    void choose(bool isExcluding);

    Session& m_session;
    const Theme& m_theme;
    QString m_field;
    model::Query m_query;
    std::optional<model::FieldProfile> m_profile;
    ZoneChoice m_zone = ZoneChoice::Local;
    quint64 m_job = 0;
    QLabel* m_title;
    QLabel* m_text;
    QWidget* m_busy = nullptr;
    QProgressBar* m_progress = nullptr;
    QTreeWidget* m_figures;
    QTreeWidget* m_values;
    QPushButton* m_use = nullptr;
    QPushButton* m_exclude = nullptr;
};

} // namespace blazedb::views
