// The Log panel: the last lines of program and engine, by level and by words.
#pragma once

#include <deque>
#include <memory>

#include <QAbstractTableModel>
#include <QTimer>
#include <QWidget>

#include "engine/base/logger.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace blazedb::views {

class LogRing;
class Theme;

/// What is in the ring, oldest first. GUI thread only.
class LogModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Level, Area, Text, ColumnCount };
    enum Role { LevelRole = Qt::UserRole }; ///< The LogLevel as a number.

    LogModel(std::shared_ptr<LogRing> ring, const Theme& theme, QObject* parent);
    void takeNewLines(); ///< Appends what came since; at the ring's bound the oldest rows go.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] const LogLine& line(int row) const { return m_lines[static_cast<std::size_t>(row)]; }

private:
    std::shared_ptr<LogRing> m_ring;
    const Theme& m_theme;
    std::deque<LogLine> m_lines;
    std::uint64_t m_next = 0;
};

/// Object names `log.…`. Looks for new lines four times a second, only while it is visible. GUI thread only.
class LogPanel final : public QWidget {
    Q_OBJECT

public:
    LogPanel(std::shared_ptr<LogRing> ring, const Theme& theme, QWidget* parent = nullptr);
    /// The lines that are shown, as the log file writes them; level and filter apply.
    [[nodiscard]] QString shownText() const;

Q_SIGNALS:
    void exportRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void takeNewLines();

    LogModel* m_model;
    QSortFilterProxyModel* m_byLevel;
    QSortFilterProxyModel* m_byWords;
    QComboBox* m_level;
    QLineEdit* m_words;
    QCheckBox* m_follow;
    QPushButton* m_export;
    QTreeView* m_list;
    QTimer m_timer;
};

} // namespace blazedb::views
