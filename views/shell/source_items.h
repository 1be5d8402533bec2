// The rows of the sources tree, and how they are drawn.
#pragma once

#include <functional>
#include <vector>

#include <QStandardItemModel>
#include <QString>
#include <QStyledItemDelegate>

#include "views/shell/place_list.h"

namespace blazedb::views {

class Theme;

/// A database tab, as the tree shows it.
struct OpenSource {
    QString place;
    QString name;
    bool isLocked = true;
    bool isRescue = false;
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
};

enum class SourceItemKind { Section, Note, Open, Remembered };

/// Sets the roles above for a place that is not open; lists elsewhere draw it alike.
void describePlace(const Place& place, const std::function<void(int role, const QVariant& value)>& set);

/// Sections Open files, Pinned, Recent, Found, Servers. GUI thread only.
class SourceItems final : public QStandardItemModel {
    Q_OBJECT

public:
    using QStandardItemModel::QStandardItemModel;
    /// Replaces all rows; at most some hundreds, so starting over is cheap.
    void rebuild(const std::vector<OpenSource>& open, const std::vector<Place>& places);

private:
    QStandardItem* addSection(const QString& id, const QString& title);
    void addNote(QStandardItem* section, const QString& text);
    void addOpen(QStandardItem* section, const OpenSource& source);
    void addPlace(QStandardItem* section, const Place& place);
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

    const Theme& m_theme;
};

} // namespace blazedb::views
