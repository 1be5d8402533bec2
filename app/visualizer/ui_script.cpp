#include "app/visualizer/ui_script.h"

#include <algorithm>
#include <array>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QWidget>

#include "app/visualizer/ui_input.h"
#include "app/visualizer/ui_target.h"

namespace blazedb::app {
namespace {

constexpr int kTickMs = 15;
constexpr int kActivationMs = 1'000;
constexpr int kControlTimeoutMs = 5'000;
constexpr int kWaitTimeoutMs = 10'000;
constexpr std::array kVerbs{"click", "type", "key", "drag", "wait-for", "expect", "picture"};
constexpr std::array kVerbKeys{"step", "do", "action", "verb"};

/// What the value beside a verb means when it is a plain text.
QString mainArgument(const QString& verb)
{
    if (verb == QLatin1String("key")) return QStringLiteral("key");
    if (verb == QLatin1String("picture")) return QStringLiteral("file");
    return QStringLiteral("name");
}

QString firstText(const QJsonObject& object, std::initializer_list<const char*> keys)
{
    for (const char* key : keys) {
        if (object.contains(QLatin1String(key))) return object[QLatin1String(key)].toVariant().toString();
    }
    return {};
}

bool isSame(const QVariant& actual, const QVariant& wanted)
{
    if (wanted.typeId() == QMetaType::Bool) return actual.isValid() && actual.toBool() == wanted.toBool();
    bool isNumber = false;
    const double number = actual.toDouble(&isNumber);
    if (wanted.typeId() != QMetaType::QString && isNumber) return number == wanted.toDouble();
    if (actual.typeId() == QMetaType::QStringList) return actual.toStringList() == wanted.toStringList();
    return actual.toString() == wanted.toString();
}

Qt::KeyboardModifiers modifiersOf(const QString& text)
{
    Qt::KeyboardModifiers modifiers;
    if (text.contains(QLatin1String("Ctrl"), Qt::CaseInsensitive)) modifiers |= Qt::ControlModifier;
    if (text.contains(QLatin1String("Shift"), Qt::CaseInsensitive)) modifiers |= Qt::ShiftModifier;
    if (text.contains(QLatin1String("Alt"), Qt::CaseInsensitive)) modifiers |= Qt::AltModifier;
    return modifiers;
}

QString controlName(const QJsonObject& arguments)
{
    return firstText(arguments, {"name", "target", "control"});
}

QVariant itemOf(const QJsonObject& arguments)
{
    return arguments.contains(QLatin1String("item")) ? arguments[QLatin1String("item")].toVariant()
                                                     : arguments[QLatin1String("row")].toVariant();
}

} // namespace

UiScript::UiScript(const QString& path, QWidget* window, QString& problem, QObject* parent)
    : QObject(parent)
    , m_folder(QFileInfo(path).absolutePath())
    , m_window(window)
{
    connect(&m_timer, &QTimer::timeout, this, &UiScript::tick);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        problem = QStringLiteral("%1 could not be read: %2").arg(path, file.errorString());
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError) {
        problem = QStringLiteral("%1 is not JSON: %2 at byte %3").arg(path, error.errorString()).arg(error.offset);
        return;
    }
    const QJsonArray steps = document.isArray() ? document.array() : document.object()[QLatin1String("steps")].toArray();
    for (const QJsonValue& value : steps) {
        Step step;
        step.arguments = value.toObject();
        for (const char* key : kVerbKeys) {
            if (step.arguments.contains(QLatin1String(key))) step.verb = step.arguments[QLatin1String(key)].toString();
        }
        for (const char* verb : kVerbs) {
            const QLatin1String word(verb);
            if (!step.verb.isEmpty() || !step.arguments.contains(word)) continue;
            step.verb = word;
            const QJsonValue main = step.arguments[word];
            if (main.isObject()) {
                const QJsonObject inner = main.toObject();
                for (auto entry = inner.begin(); entry != inner.end(); ++entry) step.arguments[entry.key()] = entry.value();
            } else {
                step.arguments[mainArgument(step.verb)] = main;
            }
        }
        const auto isVerb = [&](const char* verb) { return step.verb == QLatin1String(verb); };
        if (std::none_of(kVerbs.begin(), kVerbs.end(), isVerb)) {
            problem = QStringLiteral("%1: step %2 has no known verb").arg(path).arg(m_steps.size() + 1);
            return;
        }
        m_steps.push_back(std::move(step));
    }
    if (m_steps.empty()) problem = QStringLiteral("%1 holds no steps").arg(path);
}

void UiScript::start()
{
    m_timer.start(kTickMs);
}

void UiScript::tick()
{
    if (m_current == m_steps.size()) {
        m_timer.stop();
        Q_EMIT finished({});
        return;
    }
    const Step& step = m_steps[m_current];
    if (m_isStepNew) {
        const int fallback = step.verb == QLatin1String("wait-for") ? kWaitTimeoutMs : kControlTimeoutMs;
        m_deadline = QDeadlineTimer(step.arguments[QLatin1String("timeout")].toInt(fallback));
        m_isStepNew = false;
    }
    Outcome outcome = runStep(step);
    if (outcome == Outcome::Waiting && m_deadline.hasExpired()) outcome = Outcome::Failed;
    if (outcome == Outcome::Failed) {
        m_timer.stop();
        Q_EMIT finished(QStringLiteral("step %1 (%2): %3").arg(m_current + 1).arg(step.verb, m_why));
        return;
    }
    if (outcome == Outcome::Done) {
        ++m_current;
        m_isStepNew = true;
    }
}

UiScript::Outcome UiScript::runStep(const Step& step)
{
    if (step.verb == QLatin1String("click")) return click(step.arguments);
    if (step.verb == QLatin1String("type")) return type(step.arguments);
    if (step.verb == QLatin1String("key")) return key(step.arguments);
    if (step.verb == QLatin1String("drag")) return drag(step.arguments);
    if (step.verb == QLatin1String("picture")) return picture(step.arguments);
    const Outcome outcome = compare(step.arguments);
    // What is expected holds now; only a control that is still to come is waited for.
    const bool isNow = step.verb == QLatin1String("expect") && findControl(controlName(step.arguments));
    return outcome == Outcome::Waiting && isNow ? Outcome::Failed : outcome;
}

UiScript::Outcome UiScript::fail(const QString& why)
{
    m_why = why;
    return Outcome::Failed;
}

QWidget* UiScript::usable(const QJsonObject& arguments)
{
    const QString name = controlName(arguments);
    QWidget* const control = findControl(name);
    if (!control) m_why = QStringLiteral("there is no control \"%1\"").arg(name);
    else if (!control->isVisible()) m_why = QStringLiteral("the control \"%1\" is not visible").arg(name);
    else if (!control->isEnabled()) m_why = QStringLiteral("the control \"%1\" is not enabled").arg(name);
    else return control;
    return nullptr;
}

UiScript::Outcome UiScript::click(const QJsonObject& arguments)
{
    const QString name = controlName(arguments);
    QWidget* const control = findControl(name);
    if (QAction* action = control && control->isVisible() ? nullptr : findCommand(name)) {
        m_why = QStringLiteral("the command \"%1\" is not enabled").arg(name);
        if (!action->isEnabled()) return Outcome::Waiting;
        // A dialog may run a loop of its own; the script goes on over it.
        QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
        return Outcome::Done;
    }
    QWidget* const target = usable(arguments);
    if (!target) return Outcome::Waiting;
    const QVariant item = itemOf(arguments);
    if (auto* combo = qobject_cast<QComboBox*>(target); combo && item.isValid()) {
        const int row = item.typeId() == QMetaType::QString ? combo->findText(item.toString()) : item.toInt();
        if (row < 0 || row >= combo->count()) {
            m_why = QStringLiteral("\"%1\" has no item \"%2\"").arg(name, item.toString());
            return Outcome::Waiting;
        }
        combo->setCurrentIndex(row);
        Q_EMIT combo->activated(row);
        return Outcome::Done;
    }
    const auto point = pointIn(target, item, arguments[QLatin1String("column")].toInt(-1));
    if (!point) {
        m_why = QStringLiteral("\"%1\" has no item \"%2\"").arg(name, item.toString());
        return Outcome::Waiting;
    }
    Click click;
    if (firstText(arguments, {"button"}) == QLatin1String("right")) click.button = Qt::RightButton;
    click.modifiers = modifiersOf(firstText(arguments, {"modifiers"}));
    click.isDouble = arguments[QLatin1String("double")].toBool();
    clickAt(target, *point, click);
    return Outcome::Done;
}

UiScript::Outcome UiScript::type(const QJsonObject& arguments)
{
    QWidget* const control = usable(arguments);
    if (!control) return Outcome::Waiting;
    control->setFocus(Qt::OtherFocusReason);
    typeText(control, firstText(arguments, {"text", "value"}));
    return Outcome::Done;
}

UiScript::Outcome UiScript::key(const QJsonObject& arguments)
{
    // A shortcut is heard by the active window alone, and a window becomes active some time after it was shown; never, where nobody
    // manages windows.
    if (!QApplication::activeWindow() && m_deadline.remainingTime() > kControlTimeoutMs - kActivationMs) return Outcome::Waiting;
    QWidget* control = QApplication::focusWidget() ? QApplication::focusWidget() : m_window;
    if (!controlName(arguments).isEmpty()) {
        control = usable(arguments);
        if (!control) return Outcome::Waiting;
        control->setFocus(Qt::OtherFocusReason);
    }
    const QKeySequence keys(firstText(arguments, {"key", "keys"}), QKeySequence::PortableText);
    bool isKnown = !keys.isEmpty();
    for (int i = 0; i < keys.count(); ++i) isKnown = isKnown && keys[static_cast<uint>(i)].key() != Qt::Key_unknown;
    if (!isKnown) return fail(QStringLiteral("no such key"));
    pressKeys(control, keys);
    return Outcome::Done;
}

UiScript::Outcome UiScript::drag(const QJsonObject& arguments)
{
    QWidget* const from = usable(arguments);
    if (!from) return Outcome::Waiting;
    const auto start = pointIn(from, itemOf(arguments), arguments[QLatin1String("column")].toInt(-1));
    if (!start) return fail(QStringLiteral("no such item"));
    const QString to = firstText(arguments, {"to"});
    if (to.isEmpty()) {
        dragFromTo(from, *start, from, *start + QPoint(arguments[QLatin1String("dx")].toInt(), arguments[QLatin1String("dy")].toInt()));
        return Outcome::Done;
    }
    QWidget* const target = findControl(to);
    m_why = QStringLiteral("there is no control \"%1\"").arg(to);
    if (!target || !target->isVisible()) return Outcome::Waiting;
    dragFromTo(from, *start, target, target->rect().center());
    return Outcome::Done;
}

UiScript::Outcome UiScript::compare(const QJsonObject& arguments)
{
    const QString name = controlName(arguments);
    const QString property = arguments.contains(QLatin1String("property")) ? arguments[QLatin1String("property")].toString()
                                                                           : QStringLiteral("visible");
    const QJsonValue wantedJson = arguments.contains(QLatin1String("value")) ? arguments[QLatin1String("value")] : arguments[QLatin1String("equals")];
    const QVariant wanted = wantedJson.isUndefined() ? QVariant(true) : wantedJson.toVariant();
    const QWidget* const control = findControl(name);
    if (!control) {
        if (property == QLatin1String("visible") && !wanted.toBool()) return Outcome::Done;
        m_why = QStringLiteral("there is no control \"%1\"").arg(name);
        return Outcome::Waiting;
    }
    const QVariant actual = controlProperty(control, property);
    if (arguments.contains(QLatin1String("contains"))) {
        if (actual.toString().contains(arguments[QLatin1String("contains")].toString())) return Outcome::Done;
    } else if (wantedJson.isUndefined() && arguments.contains(QLatin1String("property"))) {
        if (actual.isValid()) return Outcome::Done;
    } else if (isSame(actual, wanted)) {
        return Outcome::Done;
    }
    m_why = QStringLiteral("%1 of \"%2\" is \"%3\"").arg(property, name, actual.isValid() ? actual.toString() : QStringLiteral("(none)"));
    return Outcome::Waiting;
}

UiScript::Outcome UiScript::picture(const QJsonObject& arguments)
{
    const QString name = firstText(arguments, {"file", "path"});
    const QString path = QFileInfo(name).isAbsolute() ? name : m_folder + QLatin1Char('/') + name;
    if (!m_window->grab().save(path)) return fail(QStringLiteral("%1 could not be written").arg(path));
    return Outcome::Done;
}

} // namespace blazedb::app
