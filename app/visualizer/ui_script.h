// Runs a script of steps over the window: click, type, key, drag, wait-for, expect, picture.
#pragma once

#include <functional>
#include <vector>

#include <QDeadlineTimer>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTimer>

namespace blazedb::app {

/// A script is an array of steps, or an object with such an array as `steps`. A step is an object: its verb is a key whose
/// value names the control (`{"click": "unlock.open"}`), or the value of `step`, `do` or `action` beside a `name`.
///
///   click     name, item?, column?, button? ("left", "right"), double?, modifiers? ("Ctrl+Shift"); a command's name runs it
///   type      name, text; the control gets the focus first
///   key       key ("Ctrl+F", "Return"); name? gets the focus first
///   drag      name, item?, to (a control) or dx and dy (pixels)
///   wait-for  name, property? (default `visible`), value? (default true), timeout? (ms, default 10,000)
///   expect    as wait-for, but now; `contains` in place of `value` looks for a part
///   picture   file
///
/// Every step waits up to 5 s for its control to be there, visible and enabled; a step whose control is not found fails.
/// GUI thread only.
class UiScript final : public QObject {
    Q_OBJECT

public:
    /// Empty `problem`: the script can run.
    UiScript(const QString& path, QWidget* window, QString& problem, QObject* parent = nullptr);
    void start();

Q_SIGNALS:
    void finished(const QString& problem); ///< Empty: all steps passed. Names the step otherwise.

private:
    enum class Outcome { Done, Waiting, Failed };
    struct Step {
        QString verb;
        QJsonObject arguments;
    };

    void tick();
    Outcome runStep(const Step& step);
    Outcome click(const QJsonObject& arguments);
    Outcome type(const QJsonObject& arguments);
    Outcome key(const QJsonObject& arguments);
    Outcome drag(const QJsonObject& arguments);
    Outcome compare(const QJsonObject& arguments);
    Outcome picture(const QJsonObject& arguments);
    QWidget* usable(const QJsonObject& arguments);
    Outcome fail(const QString& why);

    QString m_folder; ///< Pictures with a relative name go beside the script.
    QWidget* m_window;
    std::vector<Step> m_steps;
    std::size_t m_current = 0;
    QDeadlineTimer m_deadline;
    bool m_isStepNew = true;
    QString m_why; ///< Why the current step is not done yet.
    QTimer m_timer;
};

} // namespace blazedb::app
