// Find Databases: looks for database files below folders, when asked, and lists what it found.
#pragma once

#include <functional>

#include <QWidget>

#include "views/shell/source_opener.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace blazedb::views {

class FoundSources;

/// The same search over every folder of this machine, pretended ones of the kernel left out. Pure.
SearchOrder searchOfEverything(SearchOrder order);

/// Object names `sources.found.…`; the property `state` is "empty", "loading", "ready" or "failed". GUI thread only.
class FoundPage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows `found`. `order` says where to look; it is asked at each search, and to say so, and does not block.
    FoundPage(FoundSources& found, std::function<SearchOrder()> order, QWidget* parent = nullptr);

Q_SIGNALS:
    void openRequested(const QString& place);
    void detailsRequested(const QString& place);
    void settingsRequested(); ///< Where to look is to be changed.

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void layOut();
    void search(bool isEverywhere);
    void refresh();
    void refreshWhere();
    void showUnreadable();
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString chosenPlace() const;

    FoundSources& m_found;
    std::function<SearchOrder()> m_order;
    QSortFilterProxyModel* m_filtered;
    QLabel* m_where;
    QLabel* m_state;
    QPushButton* m_start;
    QPushButton* m_everywhere;
    QPushButton* m_cancel;
    QPushButton* m_settings;
    QCheckBox* m_backups;
    QLineEdit* m_words;
    QTreeView* m_list;
    QPushButton* m_open;
    QPushButton* m_details;
    QLabel* m_unreadableTitle;
    QListWidget* m_unreadable; ///< Folders that could not be read, with the reason.
    bool m_hasFolders = false;
};

} // namespace blazedb::views
