// All open databases, one row each: are they well, how large are they, what is going on.
#pragma once

#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QPointer>

#include "engine/api/monitor.h"

namespace blazedb::views {

class OpenSessions;
class Session;
class Theme;

/// Rows are only looked up; measure() asks each source on its own workers. GUI thread only.
class OpenDatabasesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, HealthColumn, Size, Records, Activity, LastBackup, Place, ColumnCount };
    enum Role { ValueRole = Qt::UserRole }; ///< The exact value behind the text; invalid when it is not measured.

    /// Borrows both.
    OpenDatabasesModel(OpenSessions& open, const Theme& theme, QObject* parent = nullptr);

    void measure(); ///< Sources that still answer the last time are left out.
    [[nodiscard]] QString totalsText() const; ///< "Open databases: 3 – 44.8 MB, 12,431 records". Translated.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void totalsChanged(); ///< Also after every measurement.

private:
    struct Row {
        QPointer<Session> session;
        QString name;
        QString place;
        std::optional<api::Measurement> last;
        std::optional<double> recordsPerSecond;
        QString problem; ///< Why there is no measurement.
        bool isMeasuring = false;
    };

    void takeSessions();
    void accept(Session* session, Result<api::Measurement> answer);
    [[nodiscard]] QString text(const Row& row, int column) const;
    [[nodiscard]] QString toolTip(const Row& row, int column) const;
    [[nodiscard]] QVariant value(const Row& row, int column) const;

    OpenSessions& m_open;
    const Theme& m_theme;
    std::vector<Row> m_rows;
};

} // namespace blazedb::views
