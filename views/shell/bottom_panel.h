// The panel below the content: Activity and Log. Closed until someone asks for it.
#pragma once

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace blazedb::views {

class ActivityModel;
struct ShellParts;

/// Object names `main.bottom…`. GUI thread only.
class BottomPanel final : public QWidget {
    Q_OBJECT

public:
    enum Page { Activity, Log };

    BottomPanel(const ShellParts& parts, ActivityModel& activity, QWidget* parent = nullptr);

    void showPage(Page page);
    [[nodiscard]] Page page() const;

Q_SIGNALS:
    void closeRequested();
    void logExportRequested(const QString& text); ///< The lines that are shown.

private:
    QTabBar* m_bar;
    QStackedWidget* m_stack;
};

} // namespace blazedb::views
