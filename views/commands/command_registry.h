// Every command of the window, registered once: menus, tool bars, palette and shortcut settings are built from here.
#pragma once

#include <functional>
#include <memory>

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

namespace blazedb::views {

/// In which part of the window a command and its keys apply.
enum class CommandContext { Window, Data, Tests, Monitor };

struct Command {
    QString id;      ///< "file.open"; also the action's objectName.
    QString text;    ///< Translated, with a mnemonic: "&Open…".
    QString menu;    ///< "file", "edit", "view", "record", "query", "tools", "window", "help"; empty: palette only.
    QString toolTip; ///< Translated; the key is added to it.
    QString iconName; ///< A name of Theme::icon(); may be empty.
    QList<QKeySequence> keys; ///< Defaults; the first is shown.
    CommandContext context = CommandContext::Window;
    int section = 0;         ///< Within its menu: a separator stands between commands of different sections.
    bool isCheckable = false;
    QAction::MenuRole menuRole = QAction::NoRole; ///< About, Preferences and Quit carry theirs.
    QString whenIdle; ///< Why it is disabled while no part of the window handles it; translated, may be empty.
};

/// GUI thread only.
class CommandRegistry final : public QObject {
    Q_OBJECT

public:
    explicit CommandRegistry(QObject* parent = nullptr);
    ~CommandRegistry() override;

    /// Registers a command once; its action lives as long as the registry. Registering an id twice is a mistake of the program.
    QAction* add(const Command& command);
    /// The action of a command; null when there is none.
    [[nodiscard]] QAction* action(const QString& id) const;
    [[nodiscard]] const Command* command(const QString& id) const;
    [[nodiscard]] QList<Command> commands() const; ///< In order of registration.

    /// What the command does for `owner`, one per owner. A widget's handler counts while the widget is visible, another
    /// object's always; of several that count, the widget with the focus inside goes first, then the newest. Handlers end
    /// with their owner. While none counts, the action is disabled with Command::whenIdle.
    void setHandler(const QString& id, QObject* owner, std::function<void()> run);
    /// For every owner: both this and the owner's own say must be true.
    void setEnabled(const QString& id, bool isEnabled, const QString& reasonWhenOff = {});
    /// For one owner, while its handler is the one that counts.
    void setEnabledFor(const QString& id, QObject* owner, bool isEnabled, const QString& reasonWhenOff = {});
    /// The check mark of a checkable command; does not run it.
    void setChecked(const QString& id, bool isChecked);

    /// Replaces the keys; the keys another command of an overlapping context owns are dropped, as are secondary defaults.
    void setKeys(const QString& id, const QList<QKeySequence>& keys);
    /// The command of an overlapping context that has this key; empty when it is free.
    [[nodiscard]] QString ownerOf(const QKeySequence& key, CommandContext context) const;

    bool eventFilter(QObject* watched, QEvent* event) override; ///< Sees owners come and go on screen.

Q_SIGNALS:
    void added(const QString& id);

private:
    struct Entry;
    void trigger(const QString& id);
    void refresh(Entry& entry);
    void refreshSoon();
    void assignKeys(Entry& entry, const QList<QKeySequence>& keys);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace blazedb::views
