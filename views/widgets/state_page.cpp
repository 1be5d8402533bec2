#include "views/widgets/state_page.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kTextWidthMax = 480;

QString errorDetails(const Error& error)
{
    return toQString(errorCodeName(error.code)) + QStringLiteral(": ") + toQString(error.message);
}

} // namespace

StatePage::StatePage(const Theme& theme, const QString& area, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_sentence(makeWrappedLabel({}, TextRole::Section, this))
    , m_explanation(makeWrappedLabel({}, TextRole::Muted, this))
    , m_button(new QPushButton(this))
    , m_fold(new QToolButton(this))
    , m_details(makeWrappedLabel({}, TextRole::Code, this))
{
    setObjectName(area + QStringLiteral(".state"));
    m_sentence->setObjectName(area + QStringLiteral(".state.sentence"));
    m_explanation->setObjectName(area + QStringLiteral(".state.explanation"));
    m_button->setObjectName(area + QStringLiteral(".state.button"));
    nameControl(m_fold, area + QStringLiteral(".state.fold"), tr("Details"));
    nameControl(m_details, area + QStringLiteral(".state.details"), tr("Details"));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_fold->setText(tr("Details"));
    m_fold->setCheckable(true);
    m_fold->setArrowType(Qt::RightArrow);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    auto* column = new QVBoxLayout;
    column->setSpacing(Theme::unit(2));
    for (QLabel* label : {m_sentence, m_explanation, m_details}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setMaximumWidth(kTextWidthMax);
    }
    // An aligned item gets the height of its unbroken lines; the texts stand in a column of their own instead.
    const auto addText = [column](QLabel* label) {
        auto* row = makeRow();
        row->addStretch(1);
        row->addWidget(label, 100);
        row->addStretch(1);
        column->addLayout(row);
    };
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(Theme::unit());
    addText(m_sentence);
    addText(m_explanation);
    column->addSpacing(Theme::unit(2));
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addWidget(m_fold, 0, Qt::AlignHCenter);
    addText(m_details);
    column->addStretch(3);
    setLayout(column);

    connect(m_button, &QPushButton::clicked, this, &StatePage::buttonClicked);
    connect(m_fold, &QToolButton::toggled, this, &StatePage::foldDetails);
    connect(&theme, &Theme::changed, this, &StatePage::drawIcon);
    showContent({});
}

void StatePage::showContent(const Content& content)
{
    setProperty("state", content.state);
    setAccessibleName(content.sentence);
    m_iconName = content.iconName;
    drawIcon();
    m_sentence->setText(content.sentence);
    m_explanation->setText(content.explanation);
    m_explanation->setVisible(!content.explanation.isEmpty());
    m_button->setText(content.buttonText);
    m_button->setAccessibleName(content.buttonText);
    m_button->setVisible(!content.buttonText.isEmpty());
    m_details->setText(content.details);
    m_fold->setVisible(!content.details.isEmpty());
    m_fold->setChecked(false);
    foldDetails(false);
}

void StatePage::showError(const Error& error)
{
    const bool isCancelled = error.code == ErrorCode::Cancelled;
    showContent({.state = isCancelled ? QStringLiteral("cancelled") : QStringLiteral("failed"),
                 .iconName = isCancelled ? QStringLiteral("stop") : QStringLiteral("error"),
                 .sentence = errorHeadline(error),
                 .explanation = {},
                 .buttonText = tr("Try Again"),
                 .details = errorDetails(error)});
}

void StatePage::drawIcon()
{
    const QSize size(Theme::kPageIcon, Theme::kPageIcon);
    m_icon->setPixmap(m_theme.icon(m_iconName, ColorToken::Muted).pixmap(size, devicePixelRatioF()));
}

void StatePage::foldDetails(bool isOpen)
{
    m_fold->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_details->setVisible(isOpen && !m_details->text().isEmpty());
}

} // namespace blazedb::views
