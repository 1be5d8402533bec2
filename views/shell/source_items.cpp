#include "views/shell/source_items.h"

#include <QApplication>
#include <QDir>
#include <QFontMetrics>
#include <QPainter>

#include "views/widgets/format.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

QString folderOf(const QString& place)
{
    const QString folder = place.section(QLatin1Char('/'), 0, -2);
    const QString home = QDir::homePath();
    return folder.startsWith(home) ? QLatin1Char('~') + folder.mid(home.size()) : folder;
}

QString placeDetail(const Place& place)
{
    QStringList parts;
    if (place.presence == Place::Presence::Missing) parts << SourceItems::tr("missing");
    if (place.totalBytes >= 0) parts << formatBytes(static_cast<std::uint64_t>(place.totalBytes));
    parts << folderOf(place.place);
    return parts.join(QStringLiteral(" · "));
}

QString placeTip(const Place& place)
{
    QStringList lines{place.place};
    if (place.modified.isValid()) lines << SourceItems::tr("Changed %1").arg(formatDateTime(place.modified));
    if (place.lastOpened.isValid()) lines << SourceItems::tr("Opened %1").arg(formatDateTime(place.lastOpened));
    return lines.join(QLatin1Char('\n'));
}

SourceItemKind kindOf(const QModelIndex& index)
{
    return static_cast<SourceItemKind>(index.data(SourceKindRole).toInt());
}

} // namespace

void describePlace(const Place& place, const std::function<void(int role, const QVariant& value)>& set)
{
    const bool isMissing = place.presence == Place::Presence::Missing;
    const QString detail = placeDetail(place);
    set(SourceKindRole, static_cast<int>(SourceItemKind::Remembered));
    set(SourcePlaceRole, place.place);
    set(SourceDetailRole, detail);
    set(SourceIconRole, isMissing ? QStringLiteral("file-missing") : QStringLiteral("file"));
    set(SourceMarkRole, place.isPinned ? QStringLiteral("pin") : QString());
    set(SourcePinnedRole, place.isPinned);
    set(SourceMissingRole, isMissing);
    set(Qt::ToolTipRole, placeTip(place));
    set(Qt::AccessibleTextRole, place.name + QStringLiteral(", ") + detail);
}

QStandardItem* SourceItems::addSection(const QString& id, const QString& title)
{
    auto* section = new QStandardItem(title);
    section->setData(static_cast<int>(SourceItemKind::Section), SourceKindRole);
    section->setData(id, SourceIconRole);
    section->setFlags(Qt::ItemIsEnabled);
    appendRow(section);
    return section;
}

void SourceItems::addNote(QStandardItem* section, const QString& text)
{
    auto* note = new QStandardItem(text);
    note->setData(static_cast<int>(SourceItemKind::Note), SourceKindRole);
    note->setFlags(Qt::ItemIsEnabled);
    note->setToolTip(text);
    section->appendRow(note);
}

void SourceItems::addOpen(QStandardItem* section, const OpenSource& source)
{
    auto* item = new QStandardItem(source.name);
    QStringList detail;
    detail << (source.isLocked ? tr("locked") : source.isRescue ? tr("rescue view") : tr("read-only"));
    if (!source.countText.isEmpty()) detail << source.countText;
    detail << folderOf(source.place);
    item->setData(static_cast<int>(SourceItemKind::Open), SourceKindRole);
    item->setData(source.place, SourcePlaceRole);
    item->setData(detail.join(QStringLiteral(" · ")), SourceDetailRole);
    item->setData(QStringLiteral("database"), SourceIconRole);
    item->setData(source.isLocked   ? QStringLiteral("lock")
                  : source.isRescue ? QStringLiteral("rescue")
                                    : QStringLiteral("unlock"),
                  SourceMarkRole);
    item->setToolTip(source.place);
    item->setData(source.name + QStringLiteral(", ") + item->data(SourceDetailRole).toString(), Qt::AccessibleTextRole);
    item->setEditable(false);
    section->appendRow(item);
}

void SourceItems::addPlace(QStandardItem* section, const Place& place)
{
    auto* item = new QStandardItem(place.name);
    describePlace(place, [item](int role, const QVariant& value) { item->setData(value, role); });
    item->setEditable(false);
    section->appendRow(item);
}

void SourceItems::rebuild(const std::vector<OpenSource>& open, const std::vector<Place>& places)
{
    clear();
    QStandardItem* const openSection = addSection(QStringLiteral("open"), tr("Open files"));
    for (const OpenSource& source : open) addOpen(openSection, source);
    if (open.empty()) addNote(openSection, tr("No database is open."));

    QStandardItem* const pinned = addSection(QStringLiteral("pinned"), tr("Pinned"));
    QStandardItem* const recent = addSection(QStringLiteral("recent"), tr("Recent"));
    for (const Place& place : places) addPlace(place.isPinned ? pinned : recent, place);
    if (pinned->rowCount() == 0) addNote(pinned, tr("Pin a file by its context menu."));
    if (recent->rowCount() == 0) addNote(recent, tr("Files you open appear here."));

    addNote(addSection(QStringLiteral("found"), tr("Found")), tr("Scanning is not built yet."));
    addNote(addSection(QStringLiteral("servers"), tr("Servers")), tr("Not in this version."));
}

SourceDelegate::SourceDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize SourceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int line = QFontMetrics(option.font).height();
    switch (kindOf(index)) {
    case SourceItemKind::Section: return {option.rect.width(), line + Theme::unit(4)};
    case SourceItemKind::Note: return {option.rect.width(), Theme::rowHeight()};
    case SourceItemKind::Open:
    case SourceItemKind::Remembered: break;
    }
    return {option.rect.width(), line + QFontMetrics(m_theme.labelFont()).height() + 10};
}

void SourceDelegate::paintSection(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool isSection = kindOf(index) == SourceItemKind::Section;
    QFont font = m_theme.labelFont();
    if (isSection) font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(m_theme.color(ColorToken::Muted));
    const QRect place = option.rect.adjusted(Theme::unit(2), isSection ? Theme::unit(2) : 0, -Theme::unit(2), 0);
    const QString text = QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, place.width());
    painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeading, text);
}

void SourceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    const SourceItemKind kind = kindOf(index);
    if (kind == SourceItemKind::Section || kind == SourceItemKind::Note) {
        paintSection(painter, option, index);
        painter->restore();
        return;
    }
    QStyleOptionViewItem panel = option;
    initStyleOption(&panel, index);
    panel.text.clear();
    option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &panel, painter, option.widget);

    const bool isMissing = index.data(SourceMissingRole).toBool();
    const QRect inner = option.rect.adjusted(Theme::unit(2), 5, -Theme::unit(2), -5);
    const auto mirrored = [&](const QRect& rect) { return QStyle::visualRect(option.direction, inner, rect); };
    const int icon = Theme::kRowIcon;
    const ColorToken ink = isMissing ? ColorToken::Muted : ColorToken::Text;
    const QRect iconPlace(inner.x(), inner.y() + (QFontMetrics(option.font).height() - icon) / 2, icon, icon);
    m_theme.icon(index.data(SourceIconRole).toString(), ink).paint(painter, mirrored(iconPlace));
    const QString mark = index.data(SourceMarkRole).toString();
    const QRect markPlace(inner.right() - icon + 1, iconPlace.y(), icon, icon);
    if (!mark.isEmpty()) m_theme.icon(mark, ColorToken::Muted).paint(painter, mirrored(markPlace));

    QRect text = inner.adjusted(icon + Theme::unit(2), 0, mark.isEmpty() ? 0 : -icon - Theme::unit(), 0);
    const auto drawLine = [&](const QFont& font, ColorToken token, const QString& line, Qt::TextElideMode elide) {
        const QFontMetrics metrics(font);
        text.setHeight(metrics.height());
        painter->setFont(font);
        painter->setPen(m_theme.color(token));
        painter->drawText(mirrored(text), Qt::AlignVCenter | Qt::AlignLeading, metrics.elidedText(line, elide, text.width()));
        text.translate(0, metrics.height());
    };
    drawLine(option.font, ink, index.data().toString(), Qt::ElideMiddle);
    drawLine(m_theme.labelFont(), ColorToken::Muted, index.data(SourceDetailRole).toString(), Qt::ElideRight);
    painter->restore();
}

} // namespace blazedb::views
