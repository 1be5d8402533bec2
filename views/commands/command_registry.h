// Every command of the window, registered once: menus, tool bars, palette and shortcut settings are built from here.
#pragma once

#include <functional>
#include <memory>

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

class QWidget;

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

/// A command's text without its mnemonic.
QString commandName(const Command& command);

/// Keys by the id of their command.
using KeyMap = QMap<QString, QList<QKeySequence>>;

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
    /// object's always; of several that count, the widget with the focus inside goes first, then the newest. Where several
    /// windows own handlers, only those in the active one count. Handlers end with their owner. While none counts, the action
    /// is disabled with Command::whenIdle.
    void setHandler(const QString& id, QObject* owner, std::function<void()> run);
    /// For every owner: both this and the owner's own say must be true.
    void setEnabled(const QString& id, bool isEnabled, const QString& reasonWhenOff = {});
    /// For one owner, while its handler is the one that counts.
    void setEnabledFor(const QString& id, QObject* owner, bool isEnabled, const QString& reasonWhenOff = {});
    /// The check mark of a checkable command; does not run it.
    void setChecked(const QString& id, bool isChecked);
    /// The same for one owner: the mark is shown while its handler is the one that counts.
    void setCheckedFor(const QString& id, QObject* owner, bool isChecked);

    /// The keys a command has now; the first is shown.
    [[nodiscard]] QList<QKeySequence> keys(const QString& id) const;
    /// The commands of an overlapping context that have this key now; empty when it is free.
    [[nodiscard]] QStringList ownersOf(const QKeySequence& key, CommandContext context) const;

    /// What the user chose instead of the defaults. A command named here has these keys and no others, maybe none; the rest
    /// keep their defaults as far as no chosen key of an overlapping context is among them. Names of commands that are not
    /// registered wait until they are.
    void setChosenKeys(const KeyMap& chosen);
    [[nodiscard]] const KeyMap& chosenKeys() const;
    /// For one command. Other chosen commands of an overlapping context lose these keys, so a key never runs two commands.
    void chooseKeys(const QString& id, const QList<QKeySequence>& keys);
    /// Back to the default, less what others chose.
    void resetKeys(const QString& id);

    bool eventFilter(QObject* watched, QEvent* event) override; ///< Sees owners come and go on screen, and windows become active.

Q_SIGNALS:
    void added(const QString& id);
    void keysChanged(); ///< Of one command or more, after the user chose.

private:
    struct Entry;
    void trigger(const QString& id);
    void refresh(Entry& entry);
    void refreshSoon();
    [[nodiscard]] const QWidget* activeWindow() const;
    void assignKeys(Entry& entry, const QList<QKeySequence>& keys);
    void assignAllKeys();
    [[nodiscard]] bool isChosenElsewhere(const Entry& entry, const QKeySequence& key) const;

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace blazedb::views
