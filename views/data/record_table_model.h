// The records of a query as a table, read window by window while it is looked at.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QHash>
#include <QStringList>
#include <QTimer>

#include "engine/api/records.h"
#include "views/data/live_marks.h"
#include "views/data/row_merge.h"
#include "views/widgets/format.h"

namespace blazedb::views {

class Session;

/// What the header says of a column besides its name.
struct ColumnFacts {
    std::optional<model::ValueKind> kind; ///< What it mostly holds; nullopt: nothing but null, or not known.
    bool isMixed = false;                 ///< More than one kind besides null.
    bool isIndexed = false;
    friend bool operator==(const ColumnFacts&, const ColumnFacts&) = default;
};

/// How long the first rows of the query took or have taken so far, and how far that came.
struct ReadFacts {
    std::chrono::milliseconds elapsed{0};
    api::Progress progress;
};

/// The rows somebody looks at: they are what a newer state is read for.
struct Attention {
    int first = -1; ///< -1: nobody looks.
    int last = -1;
    int current = -1; ///< The current row, on screen or not.
};

/// GUI thread only; never waits: rows that are not there yet are drawn as such and asked for. Holds at most kWindowsMax windows.
/// When a new query fails or is cancelled, the rows of the query before come back, and error() says why.
class RecordTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::uint64_t kRowsAWindow = 200;
    static constexpr std::size_t kWindowsMax = 24;

    enum class State { Loading, Ready, Empty, Failed, Cancelled };
    enum class CellState { Loading, Missing, Null, EmptyText, Value, Failed };
    /// CellState and model::ValueKind as numbers; of a header KindRole is invalid when the kind is mixed or not known.
    /// MarkRole is a LiveMark, MarkStrengthRole from 0 to 1.
    enum Role { CellStateRole = Qt::UserRole, KindRole, MarkRole, MarkStrengthRole };

    explicit RecordTableModel(Session& session, QObject* parent = nullptr);

    void setQuery(const model::Query& query); ///< Reads anew, also when it is the same query.
    /// Reads the rows attended to again and takes the newer state over: records keep their rows as far as the order allows, so
    /// that selections stay on them. What is not attended to is read again when it is looked at.
    void update();
    void attend(const Attention& attention);
    void setMarking(bool isMarking); ///< Whether update() marks what is different, and shows records that leave for a moment.
    [[nodiscard]] bool isMerging() const { return m_isMerging; } ///< Between aboutToMerge() and merged().
    [[nodiscard]] bool isUpdating() const { return m_updateJob != 0; }
    /// The state the rows are of; nullopt while there are none.
    [[nodiscard]] std::optional<std::uint64_t> sequence() const { return m_sequence; }
    /// One of these records is among the rows held.
    [[nodiscard]] bool holdsAnyOf(const std::unordered_set<model::Uuid, model::UuidHash>& ids) const;
    void cancel();                            ///< Of a query whose first rows are not there yet.
    void retryFailed();                       ///< Asks again for rows that could not be read.
    /// The query the rows belong to: after a failed one, the one before.
    [[nodiscard]] const model::Query& query() const { return m_query; }
    void setColumns(const QStringList& fields);
    [[nodiscard]] const QStringList& columns() const { return m_columns; }
    void setColumnFacts(const QHash<QString, ColumnFacts>& facts);
    [[nodiscard]] ColumnFacts columnFacts(const QString& field) const { return m_facts.value(field); }
    void setZone(ZoneChoice zone);
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error& error() const { return m_error; } ///< Why the state is Failed or Cancelled, or hasProblem().
    /// The rows are of an earlier query, or some of them could not be read.
    [[nodiscard]] bool hasProblem() const { return m_hasProblem; }
    [[nodiscard]] bool isOutdated() const { return m_isOutdated; } ///< A newer state could not be read; error() says why.
    [[nodiscard]] bool isEarlier() const { return m_isEarlier; } ///< The rows are of the query before the one that failed.
    [[nodiscard]] ReadFacts readFacts() const;
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
    void problemChanged();
    void totalChanged();
    void rowsLoaded(int first, int count);
    void aboutToMerge(); ///< Rows will be inserted and removed; their records are not there until merged().
    void merged();       ///< Rows and records are those of the newer state.
    void updated();      ///< What is shown of records may be different, with or without a merge.

private:
    using WindowNumber = std::uint64_t;
    struct Held {
        api::RecordWindow window;
        std::list<WindowNumber>::iterator place;
    };

    /// What is shown of one query.
    struct Content {
        model::Query query;
        std::unordered_map<WindowNumber, Held> windows;
        std::list<WindowNumber> recent;
        std::optional<std::uint64_t> sequence;
        int rows = 0;
        model::Count total;
        State state = State::Loading;
    };

    void restart(model::Query query);
    void bringBackEarlier();
    void takeFailure(WindowNumber number, const Error& error);
    void cancelReads();
    void noteProgress(quint64 job);
    void setProblem(bool hasProblem);
    [[nodiscard]] QVariant toolTip(const model::Record& record, const QString& field) const;
    [[nodiscard]] QString headerWords(const QString& field) const;
    void want(WindowNumber number) const;
    void loadWanted();
    void take(WindowNumber number, Result<api::RecordWindow> answer);
    struct Update {
        api::RecordWindow window;
        std::uint64_t rowsAsked = 0;
        std::optional<KnownRow> current; ///< Where the current record is now, when it is not among the rows.
    };
    [[nodiscard]] api::Window attendedWindow() const;
    void takeUpdate(const Result<Update>& answer);
    [[nodiscard]] KnownRows heldRows() const;
    [[nodiscard]] bool showsLeaving(const RowMerge& merge);
    std::vector<int> takeContents(const api::RecordWindow& window);
    void takeRows(const RowMerge& merge, api::RecordWindow window, int rows);
    void fadeMarks();
    void announceRows(const std::vector<int>& rows, const QList<int>& roles);
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
    std::unordered_map<WindowNumber, quint64> m_underWay; ///< With their jobs.
    std::vector<WindowNumber> m_failed;                   ///< Not asked for again until somebody says so.
    std::optional<Content> m_earlier;                     ///< Until the first rows of the new query are there.
    bool m_hasProblem = false;
    bool m_isEarlier = false;
    bool m_isOutdated = false;
    Attention m_attention;
    std::optional<KnownRow> m_current; ///< The current row with its record, also when its window is not held.
    quint64 m_updateJob = 0;           ///< 0: none is under way.
    bool m_isUpdateDue = false;        ///< Another one as soon as that one has ended.
    bool m_isMerging = false;
    bool m_isMarking = false;
    bool m_mayRemove = false; ///< Records that leave have been shown for long enough.
    LiveMarks m_marks;
    QTimer m_fadeTick;
    QTimer m_leaving; ///< Runs while records that leave are still shown.
    QHash<QString, ColumnFacts> m_facts;
    ZoneChoice m_zone = ZoneChoice::Local;
    QElapsedTimer m_readTimer;
    ReadFacts m_readFacts;
    mutable bool m_isLoadQueued = false;
};

} // namespace blazedb::views
