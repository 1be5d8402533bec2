#include "views/shell/log_panel.h"

#include <chrono>
#include <utility>

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "engine/base/log_file.h"
#include "views/shell/log_ring.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

using namespace std::chrono_literals;

constexpr auto kLookInterval = 250ms;

QString levelText(LogLevel level)
{
    switch (level) {
    case LogLevel::Trace: return LogPanel::tr("Trace");
    case LogLevel::Debug: return LogPanel::tr("Debug");
    case LogLevel::Info: return LogPanel::tr("Info");
    case LogLevel::Warning: return LogPanel::tr("Warning");
    case LogLevel::Error: return LogPanel::tr("Error");
    }
    return {};
}

QString timeText(const LogLine& line)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(line.time.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("HH:mm:ss.zzz"));
}

/// Rows of at least a level.
class LevelFilter final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setMinimum(int level)
    {
        m_minimum = level;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        return sourceModel()->index(row, 0, parent).data(LogModel::LevelRole).toInt() >= m_minimum;
    }

private:
    int m_minimum = 0;
};

} // namespace

LogModel::LogModel(std::shared_ptr<LogRing> ring, const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_ring(std::move(ring))
    , m_theme(theme)
{
}

void LogModel::takeNewLines()
{
    LogRing::Batch batch = m_ring->since(m_next);
    m_next = batch.next;
    if (batch.lines.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(batch.lines.size()) - 1);
    for (LogLine& line : batch.lines) m_lines.push_back(std::move(line));
    endInsertRows();
    const int surplus = rowCount() - static_cast<int>(LogRing::kLinesMax);
    if (surplus <= 0) return;
    beginRemoveRows({}, 0, surplus - 1);
    m_lines.erase(m_lines.begin(), m_lines.begin() + surplus);
    endRemoveRows();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const LogLine& line = m_lines[static_cast<std::size_t>(index.row())];
    if (role == LevelRole) return static_cast<int>(line.level);
    if (role == Qt::ForegroundRole && index.column() == Level) {
        if (line.level == LogLevel::Error) return m_theme.color(ColorToken::Danger);
        if (line.level == LogLevel::Warning) return m_theme.color(ColorToken::Warn);
        return m_theme.color(ColorToken::Muted);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
    case Time: return timeText(line);
    case Level: return levelText(line.level);
    case Area: return toQString(line.area);
    case Text: return toQString(line.text);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Time: return tr("Time");
    case Level: return tr("Level");
    case Area: return tr("Area");
    case Text: return tr("Message");
    default: return {};
    }
}

LogPanel::LogPanel(std::shared_ptr<LogRing> ring, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_model(new LogModel(std::move(ring), theme, this))
    , m_byLevel(new LevelFilter(this))
    , m_byWords(new QSortFilterProxyModel(this))
    , m_level(new QComboBox(this))
    , m_words(new QLineEdit(this))
    , m_follow(new QCheckBox(tr("Follow"), this))
    , m_export(new QPushButton(tr("Export…"), this))
    , m_list(new QTreeView(this))
{
    build();
    m_timer.setInterval(kLookInterval);
    connect(&m_timer, &QTimer::timeout, this, &LogPanel::takeNewLines);
}

void LogPanel::build()
{
    setObjectName(QStringLiteral("log.panel"));
    nameControl(m_level, QStringLiteral("log.level"), tr("Lowest level shown"));
    nameControl(m_words, QStringLiteral("log.filter"), tr("Filter the log"));
    nameControl(m_follow, QStringLiteral("log.follow"), tr("Follow new lines"));
    nameControl(m_export, QStringLiteral("log.export"), tr("Export the lines that are shown"));
    nameControl(m_list, QStringLiteral("log.list"), tr("Log lines"));
    connect(m_export, &QPushButton::clicked, this, &LogPanel::exportRequested);
    for (const LogLevel level : {LogLevel::Trace, LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error})
        m_level->addItem(levelText(level), static_cast<int>(level));
    m_words->setPlaceholderText(tr("Filter"));
    m_words->setClearButtonEnabled(true);
    m_words->setMaximumWidth(40 * fontMetrics().averageCharWidth());
    m_follow->setChecked(true);

    auto* const byLevel = static_cast<LevelFilter*>(m_byLevel);
    byLevel->setSourceModel(m_model);
    m_byWords->setSourceModel(byLevel);
    m_byWords->setFilterKeyColumn(-1);
    m_byWords->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(m_level, &QComboBox::currentIndexChanged, byLevel, [this, byLevel] { byLevel->setMinimum(m_level->currentData().toInt()); });
    connect(m_words, &QLineEdit::textChanged, m_byWords, &QSortFilterProxyModel::setFilterFixedString);

    m_list->setModel(m_byWords);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    const int em = fontMetrics().averageCharWidth();
    m_list->setColumnWidth(LogModel::Time, 18 * em);
    m_list->setColumnWidth(LogModel::Level, 13 * em);
    m_list->setColumnWidth(LogModel::Area, 18 * em);

    auto* tools = makeRow();
    tools->setContentsMargins(Theme::unit(2), Theme::unit(), Theme::unit(2), Theme::unit());
    tools->addWidget(m_words, 1);
    tools->addWidget(m_level);
    tools->addWidget(m_follow);
    tools->addStretch();
    tools->addWidget(m_export);
    auto* column = makeColumn(this);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_list, 1);
}

void LogPanel::takeNewLines()
{
    m_model->takeNewLines();
    if (m_follow->isChecked()) m_list->scrollToBottom();
}

QString LogPanel::shownText() const
{
    const auto* const byLevel = static_cast<const QSortFilterProxyModel*>(m_byLevel);
    QString text;
    for (int row = 0; row < m_byWords->rowCount(); ++row) {
        const QModelIndex inModel = byLevel->mapToSource(m_byWords->mapToSource(m_byWords->index(row, 0)));
        text += toQString(LogFile::textOf(m_model->line(inModel.row()))) + QLatin1Char('\n');
    }
    return text;
}

void LogPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    takeNewLines();
    m_timer.start();
}

void LogPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace blazedb::views
