// What a feature tab is made with and what it tells the window around it.
#pragma once

#include <QString>
#include <QWidget>

namespace blazedb::views {

class CommandRegistry;
class OpenSessions;
class Session;
class Theme;
class ViewPreferences;

/// What a tab is made with; all outlive it.
struct TabContext {
    Session& session;
    CommandRegistry& commands;
    Theme& theme;
    OpenSessions* openSessions = nullptr; ///< Of the window; null when the tab stands alone.
    ViewPreferences* preferences = nullptr; ///< Null: a zone or an interval is this tab's own affair.
};

/// A feature tab's widget. It is made when it is first shown and kept until the session ends. GUI thread only.
class TabPage : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// For the status bar while this tab is shown: "1–40 of about 1.2 M". Translated; may be empty.
    [[nodiscard]] virtual QString statusText() const { return {}; }

Q_SIGNALS:
    void statusTextChanged();
};

} // namespace blazedb::views
