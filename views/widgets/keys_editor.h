// Where the user chooses the keys of commands; a conflict is shown before anything is applied.
#pragma once

#include <QByteArray>
#include <QKeySequence>
#include <QList>
#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace blazedb::views {

class CommandRegistry;
class KeyField;
class KeysFilter;

/// Object names `settings.keys…`. A choice counts at once, in menus, tips and palette; whoever keeps it listens to
/// CommandRegistry::keysChanged. GUI thread only.
class KeysEditor final : public QWidget {
    Q_OBJECT

public:
    /// Borrows the registry.
    explicit KeysEditor(CommandRegistry& commands, QWidget* parent = nullptr);

    /// What a chosen file holds. All of it is taken over, or the reason why not is shown.
    void importKeys(const QByteArray& text);
    void sayProblem(const QString& text);

Q_SIGNALS:
    void exportRequested(const QByteArray& text);
    void importRequested();

private:
    QWidget* buildSearch();
    QWidget* buildList();
    QWidget* buildChoice();
    QWidget* buildConflict();
    QWidget* buildFiles();
    void connectParts();

    [[nodiscard]] QString chosenCommand() const; ///< Empty when no row is selected.
    void showChoice();
    void propose(const QList<QKeySequence>& keys, bool isDefault = false);
    void proposeKey(bool isAdded);
    void proposeDefault();
    void takeOver();
    void endConflict();
    void say(const QString& text);
    void askBeforeResettingAll();

    CommandRegistry& m_commands;
    KeysFilter* m_rows;
    QLineEdit* m_search = nullptr;
    KeyField* m_pressed = nullptr;
    QTreeView* m_list = nullptr;
    QLabel* m_command = nullptr;
    KeyField* m_new = nullptr;
    QPushButton* m_set = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_none = nullptr;
    QPushButton* m_reset = nullptr;
    QFrame* m_conflict = nullptr;
    QLabel* m_conflictText = nullptr;
    QPushButton* m_takeOver = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_resetAll = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_import = nullptr;
    QLabel* m_message = nullptr;
    // What waits for the user's word about a conflict:
    QString m_proposedFor;
    QList<QKeySequence> m_proposed;
    bool m_isDefaultProposed = false;
};

} // namespace blazedb::views
