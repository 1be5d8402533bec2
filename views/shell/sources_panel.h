// The left side of the window: what is open, pinned and recent.
#pragma once

#include <vector>

#include <QWidget>

#include "views/shell/source_items.h"

class QLineEdit;
class QMenu;
class QSortFilterProxyModel;
class QToolButton;
class QTreeView;

namespace blazedb::views {

class StateStore;

/// Object names `sources.…`. GUI thread only.
class SourcesPanel final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all; the window owns `places` and `marks`.
    SourcesPanel(PlaceList& places, SourceMarks& marks, StateStore& state, Theme& theme, QWidget* parent = nullptr);

    void setOpenSources(std::vector<OpenSource> open);
    void setFoundText(const QString& text); ///< What the last search found.

Q_SIGNALS:
    void openRequested(const QString& place); ///< Opens it, or shows its tab if it is open.
    void closeRequested(const QString& place);
    void lockRequested(const QString& place);
    void detailsRequested(const QString& place);
    void commandRequested(const QString& id);

private:
    void build(Theme& theme);
    void buildViewMenu(Theme& theme);
    void addChoices(QMenu* menu, const QString& key, const std::vector<std::pair<const char*, QString>>& choices);
    void refresh();
    void activate(const QModelIndex& index);
    void showContextMenu(const QPoint& place);

    PlaceList& m_places;
    SourceMarks& m_marks;
    StateStore& m_state;
    QString m_foundText;
    std::vector<OpenSource> m_open;
    SourceItems* m_items;
    QSortFilterProxyModel* m_filtered;
    QLineEdit* m_search;
    QToolButton* m_view; ///< Sorting and grouping.
    QTreeView* m_tree;
};

} // namespace blazedb::views
