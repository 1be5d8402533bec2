// What is asked of the database: the filter line, the rows of conditions and the quick filter, kept as one. The line always says
// what is shown.
#pragma once

#include <QObject>
#include <QString>

#include "engine/model/query.h"

namespace blazedb::views {

class DataBar;
class FilterPanel;
class RecordGrid;
class RecordTableModel;
class Session;

/// GUI thread only.
class RecordQuestion final : public QObject {
    Q_OBJECT

public:
    /// Borrows all; they outlive it.
    RecordQuestion(Session& session, DataBar& bar, FilterPanel& rows, RecordTableModel& records, const RecordGrid& grid, QObject* parent = nullptr);

    /// Where the line of this collection is kept; takes what is kept there into the line. Asks nothing.
    void setKey(const QString& key);
    void apply(); ///< Asks what the line says; a line with a mistake shows the mistake and asks nothing.
    void applyRows();
    void applyQuick();
    void ask(const model::Query& query); ///< Through the line.
    void clear();
    void narrowTo(const model::Expression& condition);
    /// The same with a condition on a field, with the value of the current cell if asked for.
    void narrow(model::ExpressionKind kind, const QString& field, bool usesValue);
    /// Anything but all records of the database.
    [[nodiscard]] bool isNarrowed() const;
    /// The rows are those of what the line says now.
    [[nodiscard]] bool isShown() const;

Q_SIGNALS:
    void aboutToAsk(); ///< The rows that are shown go.
    void said(const QString& text);
    void costKnown(const QString& sentence); ///< That every record is read, where that is worth saying; empty otherwise.

private:
    [[nodiscard]] model::Query draft() const;
    void lookAtPlan();

    Session& m_session;
    DataBar& m_bar;
    FilterPanel& m_rows;
    RecordTableModel& m_records;
    const RecordGrid& m_grid;
    QString m_key;
    model::Expression m_quick; ///< What the quick filter put into the line.
    quint64 m_planJob = 0;
};

} // namespace blazedb::views
