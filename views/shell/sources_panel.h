// The left side of the window: what is open, pinned and recent.
#pragma once

#include <vector>

#include <QWidget>

#include "views/shell/source_items.h"

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace blazedb::views {

/// Object names `sources.…`. GUI thread only.
class SourcesPanel final : public QWidget {
    Q_OBJECT

public:
    /// Borrows both; the window owns `places`.
    SourcesPanel(PlaceList& places, Theme& theme, QWidget* parent = nullptr);

    void setOpenSources(std::vector<OpenSource> open);

Q_SIGNALS:
    void openRequested(const QString& place); ///< Opens it, or shows its tab if it is open.
    void closeRequested(const QString& place);
    void lockRequested(const QString& place);

private:
    void build(Theme& theme);
    void refresh();
    void activate(const QModelIndex& index);
    void showContextMenu(const QPoint& place);

    PlaceList& m_places;
    std::vector<OpenSource> m_open;
    SourceItems* m_items;
    QSortFilterProxyModel* m_filtered;
    QLineEdit* m_search;
    QTreeView* m_tree;
};

} // namespace blazedb::views
