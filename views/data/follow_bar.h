// How fresh the records on screen are, and the switch that keeps them so.
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace blazedb::views {

class RecordFollow;
class Theme;

/// Object names `data.follow`, `data.follow.pause`, `data.follow.figures`, `data.freshness` and `data.freshness.refresh`. Its
/// property `freshness` is "live", "paused", "as of", "newer" or "unavailable". GUI thread only.
class FollowBar final : public QWidget {
    Q_OBJECT

public:
    /// Borrows both.
    FollowBar(RecordFollow& follow, const Theme& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    void followToggled(bool isOn);
    void pauseToggled(bool isPaused);
    void refreshRequested();

private:
    void showSoon();
    void showState();
    void showFreshness();
    void showFigures();

    RecordFollow& m_follow;
    QTimer m_soon; ///< Texts are set at most four times a second, however fast changes come.
    QTimer m_tick; ///< The rate falls also when nothing comes.
    QToolButton* m_switch;
    QToolButton* m_pause;
    QLabel* m_freshness;
    QPushButton* m_refresh;
    QLabel* m_figures;
};

} // namespace blazedb::views
