// What the window shows while no database is open.
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;

namespace blazedb::views {

class CommandRegistry;
class PlaceList;
class SourceMarks;
class Theme;

/// Object names `main.start…`. Its buttons are commands of the registry. GUI thread only.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all.
    StartPage(CommandRegistry& commands, PlaceList& places, const SourceMarks& marks, Theme& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    void openRequested(const QString& place);

private:
    QWidget* makeActions(CommandRegistry& commands, Theme& theme);
    QWidget* makeRecent(Theme& theme);
    void refresh();

    PlaceList& m_places;
    const SourceMarks& m_marks;
    QListWidget* m_recent;
    QLabel* m_nothing;
};

} // namespace blazedb::views
