#include "views/shell/support_page.h"

#include <utility>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSysInfo>
#include <QVBoxLayout>

#include "views/session/session.h"
#include "views/shell/log_ring.h"
#include "views/shell/shell_parts.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

QString screensText()
{
    QStringList texts;
    for (const QScreen* screen : QGuiApplication::screens())
        texts << QStringLiteral("%1x%2 at %3").arg(screen->size().width()).arg(screen->size().height()).arg(screen->devicePixelRatio());
    return texts.join(QStringLiteral(", "));
}

QList<QPair<QString, QString>> systemFacts()
{
    return {{QStringLiteral("System"), QSysInfo::prettyProductName()},
            {QStringLiteral("Kernel"), QSysInfo::kernelType() + QLatin1Char(' ') + QSysInfo::kernelVersion()},
            {QStringLiteral("Processor"), QSysInfo::currentCpuArchitecture()},
            {QStringLiteral("Qt"), QString::fromLatin1(qVersion())},
            {QStringLiteral("Window system"), QGuiApplication::platformName()},
            {QStringLiteral("Desktop"), qEnvironmentVariable("XDG_CURRENT_DESKTOP", QStringLiteral("not known"))},
            {QStringLiteral("Language"), QLocale().name()},
            {QStringLiteral("Screens"), screensText()}};
}

} // namespace

SupportFacts collectSupportFacts(const ShellParts& parts)
{
    SupportFacts facts;
    facts.version = parts.version;
    facts.system = systemFacts();
    if (parts.settingsFacts) facts.settings = parts.settingsFacts();
    for (const Session* session : parts.sessions->sessions()) facts.sources << supportFactsOf(session->description(), session->findings());
    facts.log = parts.log->since(0).lines;
    return facts;
}

SupportPage::SupportPage(std::function<QString()> makeText, QWidget* parent)
    : QWidget(parent)
    , m_makeText(std::move(makeText))
    , m_text(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("help.support"));
    nameControl(m_text, QStringLiteral("help.support.text"), tr("Text of the support report"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto* const copy = new QPushButton(tr("Copy"), this);
    auto* const save = new QPushButton(tr("Save…"), this);
    auto* const again = new QPushButton(tr("Bring up to Date"), this);
    nameControl(copy, QStringLiteral("help.support.copy"), tr("Copy the report"));
    nameControl(save, QStringLiteral("help.support.save"), tr("Save the report as a file"));
    nameControl(again, QStringLiteral("help.support.refresh"), tr("Bring the report up to date"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(m_text->toPlainText()); });
    connect(again, &QPushButton::clicked, this, &SupportPage::refresh);

    auto* const buttons = makeRow();
    buttons->addWidget(again);
    buttons->addStretch(1);
    buttons->addWidget(copy);
    buttons->addWidget(save);
    auto* const column = makeColumn(this);
    column->setContentsMargins(Theme::unit(4), Theme::unit(4), Theme::unit(4), Theme::unit(4));
    column->addWidget(makeLabel(tr("Support Report"), TextRole::Title, this));
    column->addWidget(makeWrappedLabel(tr("This is all that the report holds: no password, no record, no field name. Paths stand in it where the log names "
                                          "them. Nothing is sent; read it before you give it away."),
                                       TextRole::Muted, this));
    column->addWidget(m_text, 1);
    column->addLayout(buttons);
    setFocusTarget(this, m_text);
    refresh();
}

void SupportPage::refresh()
{
    m_text->setPlainText(m_makeText());
}

} // namespace blazedb::views
