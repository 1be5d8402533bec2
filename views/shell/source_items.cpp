#include "views/shell/source_items.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

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

QString changeText(PlaceChange change)
{
    switch (change) {
    case PlaceChange::None:
    case PlaceChange::Vanished: return {}; // "missing" says it
    case PlaceChange::Appeared: return SourceItems::tr("is back");
    case PlaceChange::Replaced: return SourceItems::tr("replaced");
    case PlaceChange::Grown: return SourceItems::tr("grown");
    case PlaceChange::Changed: return SourceItems::tr("changed");
    }
    return {};
}

QString placeDetail(const Place& place, const SourceMark& mark)
{
    QStringList parts;
    if (!mark.tags.isEmpty()) parts << mark.tags.join(QStringLiteral(", "));
    if (place.change != PlaceChange::None && place.change != PlaceChange::Vanished) parts << changeText(place.change);
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

/// What may differ between two looks at the same row.
constexpr std::array kRoles{static_cast<int>(Qt::DisplayRole), static_cast<int>(Qt::ToolTipRole), static_cast<int>(Qt::AccessibleTextRole),
                            static_cast<int>(SourcePlaceRole), static_cast<int>(SourceDetailRole), static_cast<int>(SourceIconRole),
                            static_cast<int>(SourceMarkRole), static_cast<int>(SourceKindRole), static_cast<int>(SourcePinnedRole),
                            static_cast<int>(SourceMissingRole), static_cast<int>(SourceEnvironmentRole), static_cast<int>(SourceSearchRole),
                            static_cast<int>(SourceCommandRole)};

void takeOver(QStandardItem* item, const QStandardItem* from)
{
    for (const int role : kRoles)
        if (item->data(role) != from->data(role)) item->setData(from->data(role), role);
}

/// "Production, " before the rest of what a screen reader says.
QString spokenEnvironment(Environment environment)
{
    return environment == Environment::None ? QString() : environmentName(environment) + QStringLiteral(", ");
}

qint64 changedMs(const Place& place)
{
    return place.modified.isValid() ? place.modified.toMSecsSinceEpoch() : std::numeric_limits<qint64>::min();
}

QVariant environmentValue(Environment environment)
{
    return environment == Environment::None ? QVariant() : QVariant(static_cast<int>(environment));
}

} // namespace

std::vector<Place> sortedPlaces(std::vector<Place> places, SourceSorting sorting)
{
    if (sorting == SourceSorting::LastOpened) return places; // the order they come in
    std::stable_sort(places.begin(), places.end(), [sorting](const Place& left, const Place& right) {
        switch (sorting) {
        case SourceSorting::LastOpened: break;
        case SourceSorting::Name: return QString::compare(left.name, right.name, Qt::CaseInsensitive) < 0;
        case SourceSorting::Size: return left.totalBytes > right.totalBytes;
        case SourceSorting::Changed: return changedMs(left) > changedMs(right);
        }
        return false;
    });
    return places;
}

void describePlace(const Place& place, const SourceMark& mark, const std::function<void(int role, const QVariant& value)>& set)
{
    const bool isMissing = place.presence == Place::Presence::Missing;
    const QString detail = placeDetail(place, mark);
    set(SourceEnvironmentRole, environmentValue(mark.environment));
    set(SourceSearchRole, place.name + QLatin1Char('\n') + place.place + QLatin1Char('\n') + markText(mark));
    set(SourceKindRole, static_cast<int>(SourceItemKind::Remembered));
    set(SourcePlaceRole, place.place);
    set(SourceDetailRole, detail);
    set(SourceIconRole, isMissing ? QStringLiteral("file-missing") : QStringLiteral("file"));
    set(SourceMarkRole, place.isPinned ? QStringLiteral("pin") : QString());
    set(SourcePinnedRole, place.isPinned);
    set(SourceMissingRole, isMissing);
    set(Qt::ToolTipRole, placeTip(place));
    set(Qt::AccessibleTextRole, place.name + QStringLiteral(", ") + spokenEnvironment(mark.environment) + detail);
}

QStandardItem* SourceItems::addSection(const QString& id, const QString& title)
{
    auto* section = new QStandardItem(title);
    section->setData(static_cast<int>(SourceItemKind::Section), SourceKindRole);
    section->setData(id, SourceIconRole);
    section->setFlags(Qt::ItemIsEnabled);
    m_next.emplace_back(section);
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

void SourceItems::addCommand(QStandardItem* section, const QString& id, const QString& text)
{
    auto* item = new QStandardItem(text);
    item->setData(static_cast<int>(SourceItemKind::Command), SourceKindRole);
    item->setData(id, SourceCommandRole);
    item->setToolTip(text);
    item->setEditable(false);
    section->appendRow(item);
}

void SourceItems::addOpen(QStandardItem* section, const OpenSource& source, const SourceMark& mark)
{
    auto* item = new QStandardItem(source.name);
    QStringList detail;
    if (!mark.tags.isEmpty()) detail << mark.tags.join(QStringLiteral(", "));
    item->setData(environmentValue(mark.environment), SourceEnvironmentRole);
    item->setData(source.name + QLatin1Char('\n') + source.place + QLatin1Char('\n') + markText(mark), SourceSearchRole);
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
    item->setData(source.name + QStringLiteral(", ") + spokenEnvironment(mark.environment) + item->data(SourceDetailRole).toString(), Qt::AccessibleTextRole);
    item->setEditable(false);
    section->appendRow(item);
}

void SourceItems::addPlace(QStandardItem* section, const Place& place, const SourceMark& mark)
{
    auto* item = new QStandardItem(place.name);
    describePlace(place, mark, [item](int role, const QVariant& value) { item->setData(value, role); });
    item->setEditable(false);
    section->appendRow(item);
}

void SourceItems::rebuild(const std::vector<OpenSource>& open, const SourceListing& listing)
{
    m_next.clear();
    QStandardItem* const openSection = addSection(QStringLiteral("open"), tr("Open files"));
    for (const OpenSource& source : open) {
        const auto known = std::find_if(listing.places.begin(), listing.places.end(), [&](const Place& place) { return place.place == source.place; });
        const QString identity = source.identity.isEmpty() && known != listing.places.end() ? known->identity : source.identity;
        addOpen(openSection, source, listing.marks.mark(identity));
    }
    if (open.empty()) addNote(openSection, tr("No database is open."));
    addPlaces(listing);

    QStandardItem* const found = addSection(QStringLiteral("found"), tr("Found"));
    if (!listing.foundText.isEmpty()) addNote(found, listing.foundText);
    addCommand(found, QStringLiteral("file.find"), tr("Find databases…"));
    addNote(addSection(QStringLiteral("servers"), tr("Servers")), tr("Not in this version."));

    Sections next = std::exchange(m_next, {});
    if (hasShapeOf(next)) {
        for (int row = 0; row < rowCount(); ++row) {
            QStandardItem* const section = item(row);
            const QStandardItem* const from = next[static_cast<std::size_t>(row)].get();
            takeOver(section, from);
            for (int i = 0; i < section->rowCount(); ++i) takeOver(section->child(i), from->child(i));
        }
        return;
    }
    clear();
    for (auto& section : next) appendRow(section.release());
}

/// The same sections, and in each the same places in the same order.
bool SourceItems::hasShapeOf(const Sections& sections) const
{
    if (static_cast<std::size_t>(rowCount()) != sections.size()) return false;
    for (int row = 0; row < rowCount(); ++row) {
        const QStandardItem* const here = item(row);
        const QStandardItem* const there = sections[static_cast<std::size_t>(row)].get();
        if (here->text() != there->text() || here->rowCount() != there->rowCount()) return false;
        for (int i = 0; i < here->rowCount(); ++i) {
            const QStandardItem* const left = here->child(i);
            const QStandardItem* const right = there->child(i);
            if (left->data(SourceKindRole) != right->data(SourceKindRole) || left->data(SourcePlaceRole) != right->data(SourcePlaceRole)) return false;
        }
    }
    return true;
}

void SourceItems::addPlaces(const SourceListing& listing)
{
    const std::vector<Place> places = sortedPlaces(listing.places, listing.sorting);
    QStandardItem* const pinned = addSection(QStringLiteral("pinned"), tr("Pinned"));
    for (const Place& place : places)
        if (place.isPinned) addPlace(pinned, place, listing.marks.mark(place.identity));
    if (pinned->rowCount() == 0) addNote(pinned, tr("Pin a file by its context menu."));
    if (listing.grouping != SourceGrouping::None) return addGroups(places, listing);
    QStandardItem* const recent = addSection(QStringLiteral("recent"), tr("Recent"));
    for (const Place& place : places)
        if (!place.isPinned) addPlace(recent, place, listing.marks.mark(place.identity));
    if (recent->rowCount() == 0) addNote(recent, tr("Files you open appear here."));
}

/// Titles in the order of the alphabet, environments by how much care they need; those without come last. A place stands under
/// each of its tags.
void SourceItems::addGroups(const std::vector<Place>& places, const SourceListing& listing)
{
    const auto titlesOf = [&](const Place& place) -> QStringList {
        const SourceMark mark = listing.marks.mark(place.identity);
        switch (listing.grouping) {
        case SourceGrouping::None: break;
        case SourceGrouping::Folder: return {folderOf(place.place)};
        case SourceGrouping::Tag: return mark.tags.isEmpty() ? QStringList{tr("Without tag")} : mark.tags;
        case SourceGrouping::Environment:
            return {mark.environment == Environment::None ? tr("Without environment") : environmentName(mark.environment)};
        }
        return {};
    };
    QStringList titles;
    for (const Place& place : places)
        if (!place.isPinned) titles << titlesOf(place);
    titles.sort(Qt::CaseInsensitive);
    titles.removeDuplicates();
    const QStringList byCare{environmentName(Environment::Production), environmentName(Environment::Test), environmentName(Environment::Development)};
    const auto rank = [&](const QString& title) -> qsizetype {
        if (title == tr("Without tag") || title == tr("Without environment")) return byCare.size() + 1;
        const qsizetype at = listing.grouping == SourceGrouping::Environment ? byCare.indexOf(title) : -1;
        return at < 0 ? byCare.size() : at;
    };
    std::stable_sort(titles.begin(), titles.end(), [&](const QString& left, const QString& right) { return rank(left) < rank(right); });
    for (const QString& title : titles) {
        QStandardItem* const section = addSection(QStringLiteral("group"), title);
        for (const Place& place : places)
            if (!place.isPinned && titlesOf(place).contains(title)) addPlace(section, place, listing.marks.mark(place.identity));
    }
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
    case SourceItemKind::Note:
    case SourceItemKind::Command: return {option.rect.width(), Theme::rowHeight()};
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
    painter->setPen(m_theme.color(kindOf(index) == SourceItemKind::Command ? ColorToken::Accent : ColorToken::Muted));
    const QRect place = option.rect.adjusted(Theme::unit(2), isSection ? Theme::unit(2) : 0, -Theme::unit(2), 0);
    const QString text = QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, place.width());
    painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeading, text);
}

/// A dot in its colour and its name, at the beginning of `line`; answers where the rest of the line begins.
int SourceDelegate::paintEnvironment(QPainter* painter, Environment environment, const QRect& line, const QRect& inner, Qt::LayoutDirection direction) const
{
    const QFontMetrics metrics(m_theme.labelFont());
    const int dot = Theme::unit(2);
    const QString name = environmentName(environment) + QStringLiteral(" · ");
    const QRect dotPlace(line.left(), line.top() + (metrics.height() - dot) / 2, dot, dot);
    const QRect namePlace(dotPlace.right() + 1 + Theme::unit(), line.top(), metrics.horizontalAdvance(name), metrics.height());
    painter->setRenderHint(QPainter::Antialiasing);
    // The rim, because the colours of environments are the same in all themes and stand on light and dark.
    painter->setPen(m_theme.color(ColorToken::Muted));
    painter->setBrush(m_theme.color(environmentColor(environment)));
    painter->drawEllipse(QRectF(QStyle::visualRect(direction, inner, dotPlace)).adjusted(0.5, 0.5, -0.5, -0.5));
    painter->setFont(m_theme.labelFont());
    painter->setPen(m_theme.color(ColorToken::Text));
    painter->drawText(QStyle::visualRect(direction, inner, namePlace), Qt::AlignVCenter | Qt::AlignLeading, name);
    return std::min(namePlace.right() + 1, line.right());
}

void SourceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    const SourceItemKind kind = kindOf(index);
    if (kind == SourceItemKind::Section || kind == SourceItemKind::Note || kind == SourceItemKind::Command) {
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
    const QVariant environment = index.data(SourceEnvironmentRole);
    if (environment.isValid()) text.setLeft(paintEnvironment(painter, static_cast<Environment>(environment.toInt()), text, inner, option.direction));
    drawLine(m_theme.labelFont(), ColorToken::Muted, index.data(SourceDetailRole).toString(), Qt::ElideRight);
    painter->restore();
}

} // namespace blazedb::views
