#include "views/widgets/keys_model.h"

namespace blazedb::views {
namespace {

QString keysText(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& key : keys) texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

} // namespace

KeysModel::KeysModel(CommandRegistry& commands, QObject* parent)
    : QAbstractTableModel(parent)
    , m_commands(commands)
{
    read();
    connect(&commands, &CommandRegistry::added, this, [this] {
        beginResetModel();
        read();
        endResetModel();
    });
    connect(&commands, &CommandRegistry::keysChanged, this, [this] {
        if (!m_ids.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void KeysModel::read()
{
    m_ids.clear();
    for (const Command& command : m_commands.commands()) m_ids << command.id;
}

int KeysModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int KeysModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeysModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const QString& id = m_ids[index.row()];
    if (role == IdRole) return id;
    if (role == Qt::ToolTipRole) return id;
    if (role != Qt::DisplayRole) return {};
    const Command* const command = m_commands.command(id);
    switch (index.column()) {
    case Name: return commandName(*command);
    case Keys: return keysText(m_commands.keys(id));
    // Said only where it differs: what a reset would bring back.
    case Default:
        if (!m_commands.chosenKeys().contains(id)) return {};
        return command->keys.isEmpty() ? tr("changed; no key by default") : tr("changed; %1 by default").arg(keysText(command->keys));
    default: return {};
    }
}

QVariant KeysModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name: return tr("Command");
    case Keys: return tr("Keys");
    case Default: return tr("Choice");
    default: return {};
    }
}

KeysFilter::KeysFilter(const CommandRegistry& commands, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_commands(commands)
{
    setDynamicSortFilter(true);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void KeysFilter::setWords(const QString& words)
{
    m_words = words.trimmed();
    invalidateFilter();
}

void KeysFilter::setKey(const QKeySequence& key)
{
    m_key = key;
    invalidateFilter();
}

bool KeysFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QString id = sourceModel()->index(row, 0, parent).data(KeysModel::IdRole).toString();
    if (!m_key.isEmpty() && !m_commands.keys(id).contains(m_key)) return false;
    const QString name = commandName(*m_commands.command(id));
    for (const QString& word : m_words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!name.contains(word, Qt::CaseInsensitive) && !id.contains(word, Qt::CaseInsensitive)) return false;
    }
    return true;
}

} // namespace blazedb::views
