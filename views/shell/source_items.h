// The rows of the sources tree, and how they are drawn.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QStandardItemModel>
#include <QString>
#include <QStyledItemDelegate>

#include "views/shell/place_list.h"
#include "views/shell/source_marks.h"

namespace blazedb::views {

class Theme;

/// A database tab, as the tree shows it.
struct OpenSource {
    QString place;
    QString name;
    bool isLocked = true;
    bool isRescue = false;
    QString identity = {}; ///< Empty while it is locked.
    QString countText = {}; ///< "1,234 records"; empty while not known.
};

enum SourceRole {
    SourcePlaceRole = Qt::UserRole, ///< Empty for sections and notes.
    SourceDetailRole,               ///< The second line.
    SourceIconRole,                 ///< Name of the icon.
    SourceMarkRole,                 ///< Name of the icon at the end: lock state, missing; may be empty.
    SourceKindRole,                 ///< A SourceItemKind.
    SourcePinnedRole,
    SourceMissingRole,
    SourceEnvironmentRole, ///< An Environment; invalid without one.
    SourceSearchRole,      ///< What the search looks through: name, place, environment, tags.
    SourceCommandRole,     ///< Of Command: the id of the command it runs.
};

enum class SourceItemKind { Section, Note, Open, Remembered, Command };

/// Sets the roles above for a place that is not open; lists elsewhere draw it alike.
void describePlace(const Place& place, const SourceMark& mark, const std::function<void(int role, const QVariant& value)>& set);

/// How the places that are neither open nor pinned stand in the tree. None: in one section, Recent.
enum class SourceGrouping { None, Folder, Tag, Environment };
enum class SourceSorting { LastOpened, Name, Size, Changed };

/// What stands in the tree besides the open databases.
struct SourceListing {
    const std::vector<Place>& places;
    const SourceMarks& marks;
    SourceGrouping grouping = SourceGrouping::None;
    SourceSorting sorting = SourceSorting::LastOpened;
    QString foundText; ///< What the last search found; empty: there was none.
};

/// By name, without regard to case; largest, newest first. What is not known comes last; equals as they came. Pure.
std::vector<Place> sortedPlaces(std::vector<Place> places, SourceSorting sorting);

/// Sections Open files, Pinned, Recent or groups, Found, Servers. GUI thread only.
class SourceItems final : public QStandardItemModel {
    Q_OBJECT

public:
    using QStandardItemModel::QStandardItemModel;
    /// Rows that stay are changed in place, so that a list which is looked at does not jump; else all are replaced: at most some
    /// hundreds.
    void rebuild(const std::vector<OpenSource>& open, const SourceListing& listing);

private:
    using Sections = std::vector<std::unique_ptr<QStandardItem>>;
    [[nodiscard]] bool hasShapeOf(const Sections& sections) const;
    QStandardItem* addSection(const QString& id, const QString& title);
    void addNote(QStandardItem* section, const QString& text);
    void addCommand(QStandardItem* section, const QString& id, const QString& text);
    void addOpen(QStandardItem* section, const OpenSource& source, const SourceMark& mark);
    void addPlace(QStandardItem* section, const Place& place, const SourceMark& mark);
    void addPlaces(const SourceListing& listing);
    void addGroups(const std::vector<Place>& places, const SourceListing& listing);

    Sections m_next; ///< While rebuild() makes them.
};

/// Icon, name, muted second line, mark at the end. All rows but sections are two lines high.
class SourceDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    SourceDelegate(const Theme& theme, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintSection(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    int paintEnvironment(QPainter* painter, Environment environment, const QRect& line, const QRect& inner, Qt::LayoutDirection direction) const;

    const Theme& m_theme;
};

} // namespace blazedb::views
