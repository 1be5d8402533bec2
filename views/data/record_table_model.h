// The records of a query as a table, read window by window while it is looked at.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>
#include <QStringList>

#include "engine/api/records.h"

namespace blazedb::views {

class Session;

/// GUI thread only; never waits: rows that are not there yet are drawn as such and asked for. Holds at most kWindowsMax windows.
class RecordTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::uint64_t kRowsAWindow = 200;
    static constexpr std::size_t kWindowsMax = 24;

    enum class State { Loading, Ready, Empty, Failed };
    enum class CellState { Loading, Missing, Null, EmptyText, Value };
    enum Role { CellStateRole = Qt::UserRole, KindRole }; ///< CellState and model::ValueKind as numbers.

    explicit RecordTableModel(Session& session, QObject* parent = nullptr);

    void setQuery(const model::Query& query); ///< Reads anew, also when it is the same query.
    [[nodiscard]] const model::Query& query() const { return m_query; }
    void setColumns(const QStringList& fields);
    [[nodiscard]] const QStringList& columns() const { return m_columns; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error& error() const { return m_error; } ///< Why the state is Failed.
    [[nodiscard]] model::Count total() const { return m_total; }

    /// The record of a row, if it is loaded; valid until control returns to the event loop.
    [[nodiscard]] const api::RecordRow* row(int row) const;
    [[nodiscard]] int rowOf(const model::Uuid& id) const; ///< Among loaded rows; -1 when it is not there.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void stateChanged();
    void totalChanged();
    void rowsLoaded(int first, int count);

private:
    using WindowNumber = std::uint64_t;
    struct Held {
        api::RecordWindow window;
        std::list<WindowNumber>::iterator place;
    };

    void restart();
    void want(WindowNumber number) const;
    void loadWanted();
    void take(WindowNumber number, Result<api::RecordWindow> answer);
    void countAll();
    void setTotal(model::Count total);
    void setState(State state);
    [[nodiscard]] QString sortMark(const QString& field) const;

    Session& m_session;
    model::Query m_query;
    QStringList m_columns;
    State m_state = State::Loading;
    Error m_error;
    model::Count m_total;
    int m_rows = 0;
    quint64 m_generation = 0; ///< Answers to an earlier query are dropped.
    std::optional<std::uint64_t> m_sequence;
    std::unordered_map<WindowNumber, Held> m_windows;
    mutable std::list<WindowNumber> m_recent; ///< Newest first.
    mutable std::vector<WindowNumber> m_wanted; ///< Newest last; the rest of the program may have scrolled past old ones.
    std::vector<WindowNumber> m_underWay;
    mutable bool m_isLoadQueued = false;
};

} // namespace blazedb::views
