// The commands with their keys as rows of a table, filtered by words and by a key.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QStringList>

#include "views/commands/command_registry.h"

namespace blazedb::views {

/// Follows the registry. GUI thread only.
class KeysModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Keys, Default, ColumnCount };
    enum Role { IdRole = Qt::UserRole }; ///< The command's id, in every column.

    /// Borrows the registry.
    explicit KeysModel(CommandRegistry& commands, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void read();
    CommandRegistry& m_commands;
    QStringList m_ids; ///< In order of registration.
};

/// Rows whose name, id or menu has the words, and whose keys include the key.
class KeysFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit KeysFilter(const CommandRegistry& commands, QObject* parent = nullptr);
    void setWords(const QString& words);
    void setKey(const QKeySequence& key); ///< Empty: any.

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    const CommandRegistry& m_commands;
    QString m_words;
    QKeySequence m_key;
};

} // namespace blazedb::views
