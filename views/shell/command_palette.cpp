#include "views/shell/command_palette.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "views/shell/fuzzy_match.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kEntryRole = Qt::UserRole;      ///< Index into the entries.
constexpr int kDetailRole = Qt::UserRole + 1;
constexpr int kPaletteRowsMax = 12;
constexpr int kPaletteWidthEms = 92;

/// Title at the beginning, detail muted at the end.
class PaletteDelegate final : public QStyledItemDelegate {
public:
    PaletteDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setFont(m_theme.labelFont());
        painter->setPen(m_theme.color(ColorToken::Muted));
        const int title = QFontMetrics(option.font).horizontalAdvance(index.data().toString()) + Theme::kRowIcon + Theme::unit(7);
        QRect place = option.rect.adjusted(Theme::unit(2), 0, -Theme::unit(2), 0);
        place.setLeft(std::min(place.left() + title, place.right()));
        place = QStyle::visualRect(option.direction, option.rect, place);
        const QString detail = painter->fontMetrics().elidedText(index.data(kDetailRole).toString(), Qt::ElideRight, place.width());
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignTrailing, detail);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, Theme::rowHeight()}; }

private:
    const Theme& m_theme;
};

} // namespace

CommandPalette::CommandPalette(const Theme& theme, QWidget* parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_input(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setSurface(this, Surface::Popup);
    QPixmap nothing(Theme::kRowIcon, Theme::kRowIcon);
    nothing.fill(Qt::transparent);
    m_noIcon = QIcon(nothing);
    nameControl(this, QStringLiteral("palette"), tr("Command palette"));
    nameControl(m_input, QStringLiteral("palette.input"), tr("Type to find a command"));
    nameControl(m_list, QStringLiteral("palette.list"), tr("What was found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new PaletteDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setIconSize(QSize(Theme::kRowIcon, Theme::kRowIcon));
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(2), Theme::unit(2), Theme::unit(2), Theme::unit(2));
    column->addWidget(m_input);
    column->addWidget(m_list);
    m_input->installEventFilter(this);
    parent->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    hide();
}

void CommandPalette::open(const QString& placeholder, std::vector<PaletteEntry> entries)
{
    m_entries = std::move(entries);
    if (!isVisible()) m_focusBefore = QApplication::focusWidget();
    m_input->setPlaceholderText(placeholder);
    m_input->clear();
    fill({});
    show();
    raise();
    m_input->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::fill(const QString& typed)
{
    std::vector<std::pair<int, int>> found; // score, index
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (const auto score = fuzzyScore(typed, m_entries[i].title)) found.emplace_back(*score, static_cast<int>(i));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    m_list->clear();
    for (const auto& [score, number] : found) {
        const PaletteEntry& entry = m_entries[static_cast<std::size_t>(number)];
        auto* item = new QListWidgetItem(entry.icon.isNull() ? m_noIcon : entry.icon, entry.title, m_list);
        item->setData(kEntryRole, number);
        // What cannot be done says why where its key would stand.
        const QString detail = entry.reasonOff.isEmpty() ? entry.detail : entry.reasonOff;
        item->setData(kDetailRole, detail);
        item->setData(Qt::AccessibleTextRole, detail.isEmpty() ? entry.title : entry.title + QStringLiteral(", ") + detail);
        item->setToolTip(entry.reasonOff);
        if (!entry.reasonOff.isEmpty()) item->setForeground(m_theme.color(ColorToken::Muted));
    }
    m_list->setCurrentRow(0);
    place();
}

void CommandPalette::place()
{
    const QWidget* const window = parentWidget();
    const int rows = std::clamp(m_list->count(), 1, kPaletteRowsMax);
    m_list->setFixedHeight(rows * Theme::rowHeight() + Theme::unit());
    const int width = std::min(kPaletteWidthEms * fontMetrics().averageCharWidth(), window->width() - Theme::unit(8));
    const int height = m_list->height() + Theme::fieldHeight() + Theme::unit(8);
    setGeometry((window->width() - width) / 2, Theme::unit(14), width, height);
}

void CommandPalette::close(bool givesFocusBack)
{
    hide();
    if (givesFocusBack && m_focusBefore) m_focusBefore->setFocus(Qt::OtherFocusReason);
    m_entries.clear();
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem* const item = m_list->currentItem();
    if (!item) return;
    const PaletteEntry entry = m_entries[static_cast<std::size_t>(item->data(kEntryRole).toInt())];
    if (!entry.reasonOff.isEmpty()) return;
    close(true);
    entry.run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (!isVisible()) return false;
    if (watched != m_input) {
        if (event->type() == QEvent::Resize) place();
        return false;
    }
    if (event->type() == QEvent::FocusOut && !isAncestorOf(QApplication::focusWidget())
        && QApplication::activePopupWidget() == nullptr) {
        close(false);
        return false;
    }
    if (event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Escape: close(true); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: runCurrent(); return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QApplication::sendEvent(m_list, event); return true;
    default: return false;
    }
}

} // namespace blazedb::views
