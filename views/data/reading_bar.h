// What the grid says about reading: progress when it takes long, and why the rows shown are not those asked for.
#pragma once

#include <QTimer>
#include <QWidget>

class QFrame;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace blazedb::views {

class RecordTableModel;

/// Object names `data.busy…` and `data.banner…`. GUI thread only.
class ReadingBar final : public QWidget {
    Q_OBJECT

public:
    explicit ReadingBar(RecordTableModel& records, QWidget* parent = nullptr);

    /// "Cancelled after 3.2 s, 12,000 of about 1.2 M records read."
    [[nodiscard]] QString cancelledText() const;

Q_SIGNALS:
    void retryRequested();

private:
    void buildBusy();
    void buildBanner();
    void follow();
    void showProgress();
    void showProblem();

    RecordTableModel& m_records;
    QTimer m_patience; ///< Under 300 ms nothing is shown.
    QTimer m_tick;
    QWidget* m_busy = nullptr;
    QLabel* m_busyText = nullptr;
    QProgressBar* m_progress = nullptr;
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    QLabel* m_details = nullptr;
    QToolButton* m_fold = nullptr;
};

} // namespace blazedb::views
