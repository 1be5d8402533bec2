#include "views/commands/command_registry.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <QApplication>
#include <QEvent>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "engine/base/assert.h"

namespace blazedb::views {

struct CommandRegistry::Entry {
    struct Handler {
        QPointer<QObject> owner;
        std::function<void()> run;
        bool isEnabled = true;
        QString reasonWhenOff;
        std::optional<bool> isChecked = {};
    };

    Command command;
    QAction* action = nullptr;
    QList<QKeySequence> keys;
    std::vector<Handler> handlers; ///< Oldest first.
    bool isEnabled = true;
    QString reasonWhenOff;
};

struct CommandRegistry::State {
    std::vector<std::unique_ptr<Entry>> entries; ///< In order of registration.
    std::map<QString, Entry*> byId;
    KeyMap chosen; ///< Also of commands that are not registered yet.
    std::vector<QPointer<QWidget>> windows; ///< Owners that are windows.
    QTimer refreshTimer;

    Entry* find(const QString& id) const
    {
        const auto found = byId.find(id);
        return found == byId.end() ? nullptr : found->second;
    }
};

namespace {

bool overlaps(CommandContext left, CommandContext right)
{
    return left == right || left == CommandContext::Window || right == CommandContext::Window;
}

QString withoutMnemonic(QString text)
{
    text.replace(QLatin1String("&&"), QString(QChar(1))).remove(QLatin1Char('&'));
    return text.replace(QChar(1), QLatin1Char('&'));
}

/// The window `widget` belongs to in the end; a dialog belongs to that of its parent.
const QWidget* outermost(const QWidget* widget)
{
    const QWidget* window = widget ? widget->window() : nullptr;
    while (window && window->parentWidget()) window = window->parentWidget()->window();
    return window;
}

/// The handler that would run now: focus first, then the newest whose owner is on screen; null when none counts. `window` is
/// the one whose handlers count; null: those of all.
template <typename Handlers>
auto currentHandler(Handlers& handlers, const QWidget* window) -> decltype(&handlers.front())
{
    decltype(&handlers.front()) best = nullptr;
    for (auto handler = handlers.rbegin(); handler != handlers.rend(); ++handler) {
        if (!handler->owner) continue;
        const auto* widget = qobject_cast<const QWidget*>(handler->owner.data());
        if (widget && (!widget->isVisible() || (window && outermost(widget) != window))) continue;
        if (widget && widget->isAncestorOf(QApplication::focusWidget())) return &*handler;
        if (!best) best = &*handler;
    }
    return best;
}

} // namespace

QString commandName(const Command& command)
{
    return withoutMnemonic(command.text);
}

CommandRegistry::CommandRegistry(QObject* parent)
    : QObject(parent)
    , m_state(std::make_unique<State>())
{
    m_state->refreshTimer.setSingleShot(true);
    connect(&m_state->refreshTimer, &QTimer::timeout, this, [this] {
        for (const auto& entry : m_state->entries) refresh(*entry);
    });
}

CommandRegistry::~CommandRegistry() = default;

QAction* CommandRegistry::add(const Command& command)
{
    BLAZE_ASSERT(!m_state->byId.contains(command.id));
    auto entry = std::make_unique<Entry>();
    entry->command = command;
    entry->action = new QAction(command.text, this);
    entry->action->setObjectName(command.id);
    entry->action->setCheckable(command.isCheckable);
    entry->action->setMenuRole(command.menuRole);
    entry->action->setShortcutContext(Qt::WindowShortcut);
    connect(entry->action, &QAction::triggered, this, [this, id = command.id] { trigger(id); });
    Entry* const added = entry.get();
    m_state->byId.emplace(command.id, added);
    m_state->entries.push_back(std::move(entry));
    if (m_state->chosen.isEmpty()) assignKeys(*added, command.keys);
    else assignAllKeys();
    Q_EMIT this->added(command.id);
    return added->action;
}

QAction* CommandRegistry::action(const QString& id) const
{
    const Entry* entry = m_state->find(id);
    return entry ? entry->action : nullptr;
}

const Command* CommandRegistry::command(const QString& id) const
{
    const Entry* entry = m_state->find(id);
    return entry ? &entry->command : nullptr;
}

QList<Command> CommandRegistry::commands() const
{
    QList<Command> result;
    for (const auto& entry : m_state->entries) result.append(entry->command);
    return result;
}

void CommandRegistry::setHandler(const QString& id, QObject* owner, std::function<void()> run)
{
    Entry* entry = m_state->find(id);
    BLAZE_ASSERT(entry && owner);
    std::erase_if(entry->handlers, [owner](const auto& handler) { return !handler.owner || handler.owner == owner; });
    entry->handlers.push_back({owner, std::move(run), true, {}});
    if (auto* const window = qobject_cast<QWidget*>(owner); window && window->isWindow()) {
        std::erase_if(m_state->windows, [window](const QPointer<QWidget>& known) { return !known || known == window; });
        m_state->windows.emplace_back(window);
    }
    connect(owner, &QObject::destroyed, this, &CommandRegistry::refreshSoon, Qt::UniqueConnection);
    if (owner->isWidgetType()) owner->installEventFilter(this); // a second time changes nothing
    refresh(*entry);
}

void CommandRegistry::setEnabled(const QString& id, bool isEnabled, const QString& reasonWhenOff)
{
    Entry* entry = m_state->find(id);
    BLAZE_ASSERT(entry);
    entry->isEnabled = isEnabled;
    entry->reasonWhenOff = reasonWhenOff;
    refresh(*entry);
}

void CommandRegistry::setEnabledFor(const QString& id, QObject* owner, bool isEnabled, const QString& reasonWhenOff)
{
    Entry* entry = m_state->find(id);
    BLAZE_ASSERT(entry);
    for (auto& handler : entry->handlers) {
        if (handler.owner != owner) continue;
        handler.isEnabled = isEnabled;
        handler.reasonWhenOff = reasonWhenOff;
    }
    refresh(*entry);
}

void CommandRegistry::setChecked(const QString& id, bool isChecked)
{
    Entry* entry = m_state->find(id);
    BLAZE_ASSERT(entry);
    entry->action->setChecked(isChecked);
}

void CommandRegistry::setCheckedFor(const QString& id, QObject* owner, bool isChecked)
{
    Entry* entry = m_state->find(id);
    BLAZE_ASSERT(entry);
    for (auto& handler : entry->handlers)
        if (handler.owner == owner) handler.isChecked = isChecked;
    refresh(*entry);
}

/// The active window if handlers live in it; null when it is none of ours, or none is active.
const QWidget* CommandRegistry::activeWindow() const
{
    const QWidget* const active = outermost(QApplication::activeWindow());
    const auto& windows = m_state->windows;
    const bool isOurs = std::any_of(windows.begin(), windows.end(), [active](const QPointer<QWidget>& known) { return known && known == active; });
    return isOurs ? active : nullptr;
}

bool CommandRegistry::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide || event->type() == QEvent::WindowActivate) refreshSoon();
    return QObject::eventFilter(watched, event);
}

void CommandRegistry::trigger(const QString& id)
{
    Entry* entry = m_state->find(id);
    auto* handler = currentHandler(entry->handlers, activeWindow());
    if (!handler || !handler->isEnabled || !entry->isEnabled) return refreshSoon();
    const std::function<void()> run = handler->run; // a copy: what runs may replace its own handler
    run();
}

void CommandRegistry::refreshSoon()
{
    m_state->refreshTimer.start(0);
}

/// Brings the action's enabled state and tool tip up to date: the tip carries the key, and why it is off.
void CommandRegistry::refresh(Entry& entry)
{
    const auto* handler = currentHandler(entry.handlers, activeWindow());
    const bool isOn = handler && handler->isEnabled && entry.isEnabled;
    QString reason;
    if (!isOn) {
        reason = !entry.isEnabled ? entry.reasonWhenOff : handler ? handler->reasonWhenOff : entry.command.whenIdle;
        if (reason.isEmpty()) reason = tr("Not available in this part of the window.");
    }
    QString tip = entry.command.toolTip.isEmpty() ? withoutMnemonic(entry.command.text) : entry.command.toolTip;
    if (!entry.keys.isEmpty())
        tip = tr("%1 (%2)", "command and its key").arg(tip, entry.keys.first().toString(QKeySequence::NativeText));
    entry.action->setToolTip(reason.isEmpty() ? tip : tip + QLatin1Char('\n') + reason);
    entry.action->setStatusTip(reason);
    entry.action->setEnabled(isOn);
    if (handler && handler->isChecked) entry.action->setChecked(*handler->isChecked);
}

/// A first key is worth more than a second one: it takes a key that is another command's second, and gives way to a first.
void CommandRegistry::assignKeys(Entry& entry, const QList<QKeySequence>& keys)
{
    QList<QKeySequence> accepted;
    for (const QKeySequence& key : keys) {
        if (key.isEmpty() || accepted.contains(key) || isChosenElsewhere(entry, key)) continue;
        bool isFree = true;
        for (const auto& other : m_state->entries) {
            if (other.get() == &entry || !overlaps(other->command.context, entry.command.context)) continue;
            const qsizetype place = other->keys.indexOf(key);
            if (place < 0) continue;
            if (place > 0 && accepted.isEmpty()) {
                other->keys.removeAt(place);
                other->action->setShortcuts(other->keys);
            } else {
                isFree = false;
            }
        }
        if (isFree) accepted.append(key);
    }
    entry.keys = accepted;
    if (entry.action->shortcuts() != accepted) entry.action->setShortcuts(accepted);
    refresh(entry);
}

/// The chosen ones first, so that a default never stands in the way of a choice.
void CommandRegistry::assignAllKeys()
{
    for (const auto& entry : m_state->entries) entry->keys.clear();
    for (const bool isChosen : {true, false}) {
        for (const auto& entry : m_state->entries) {
            if (m_state->chosen.contains(entry->command.id) != isChosen) continue;
            assignKeys(*entry, isChosen ? m_state->chosen[entry->command.id] : entry->command.keys);
        }
    }
}

/// True for a default that the user gave to another command.
bool CommandRegistry::isChosenElsewhere(const Entry& entry, const QKeySequence& key) const
{
    const KeyMap& chosen = m_state->chosen;
    if (chosen.contains(entry.command.id)) return false;
    for (auto other = chosen.begin(); other != chosen.end(); ++other) {
        const Entry* const owner = m_state->find(other.key());
        if (owner && overlaps(owner->command.context, entry.command.context) && other->contains(key)) return true;
    }
    return false;
}

QList<QKeySequence> CommandRegistry::keys(const QString& id) const
{
    const Entry* const entry = m_state->find(id);
    return entry ? entry->keys : QList<QKeySequence>();
}

QStringList CommandRegistry::ownersOf(const QKeySequence& key, CommandContext context) const
{
    QStringList owners;
    for (const auto& entry : m_state->entries) {
        if (overlaps(entry->command.context, context) && entry->keys.contains(key)) owners << entry->command.id;
    }
    return owners;
}

void CommandRegistry::setChosenKeys(const KeyMap& chosen)
{
    if (chosen == m_state->chosen) return;
    m_state->chosen = chosen;
    assignAllKeys();
    Q_EMIT keysChanged();
}

const KeyMap& CommandRegistry::chosenKeys() const
{
    return m_state->chosen;
}

void CommandRegistry::chooseKeys(const QString& id, const QList<QKeySequence>& keys)
{
    const Entry* const entry = m_state->find(id);
    BLAZE_ASSERT(entry);
    KeyMap chosen = m_state->chosen;
    for (auto other = chosen.begin(); other != chosen.end(); ++other) {
        const Entry* const owner = m_state->find(other.key());
        if (owner && overlaps(owner->command.context, entry->command.context))
            other->removeIf([&keys](const QKeySequence& key) { return keys.contains(key); });
    }
    // Whoever asks for the default has not chosen anything.
    if (keys == entry->command.keys) chosen.remove(id);
    else chosen[id] = keys;
    setChosenKeys(chosen);
}

void CommandRegistry::resetKeys(const QString& id)
{
    KeyMap chosen = m_state->chosen;
    if (chosen.remove(id) > 0) setChosenKeys(chosen);
}

} // namespace blazedb::views
