#include "app/visualizer/setting_row.h"

#include <algorithm>
#include <utility>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "app/visualizer/settings.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::app {
namespace {

constexpr int kTitleEms = 24;
constexpr int kControlEms = 22;

/// The wheel scrolls the page; it must not change what lies under the pointer on the way.
class WheelPasser final : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus()) return false;
        event->ignore();
        return true;
    }
};

} // namespace

SettingRow::SettingRow(Settings& settings, SettingItem item, const views::Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_item(std::move(item))
    , m_spec(*settingSpec(m_item.key))
{
    build(theme);
    show();
    connect(&settings, &Settings::changed, this, &SettingRow::show);
}

void SettingRow::build(const views::Theme& theme)
{
    m_control = makeControl();
    views::nameControl(m_control, m_item.objectName, m_item.title);
    m_control->installEventFilter(new WheelPasser(m_control));
    m_control->setFocusPolicy(Qt::StrongFocus);
    m_reset = new QToolButton(this);
    m_reset->setIcon(theme.icon(QStringLiteral("undo")));
    const QString back = tr("Back to the default: %1").arg(valueText(m_spec.fallback));
    views::nameControl(m_reset, m_item.objectName + QStringLiteral(".reset"), tr("%1, back to the default: %2").arg(m_item.title, valueText(m_spec.fallback)));
    m_reset->setToolTip(back);
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(policy);
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_control->setFocus(Qt::OtherFocusReason); // the button goes
        m_settings.reset({m_item.key});
    });
    m_about = views::makeWrappedLabel({}, views::TextRole::Muted, this);
    m_about->setObjectName(m_item.objectName + QStringLiteral(".about"));

    auto* const row = views::makeRow();
    if (m_spec.kind != SettingSpec::Kind::Flag) {
        QLabel* const title = views::makeWrappedLabel(m_item.title, views::TextRole::Body, this);
        title->setBuddy(m_control);
        title->setFixedWidth(kTitleEms * fontMetrics().averageCharWidth());
        row->addWidget(title);
        m_control->setMinimumWidth(kControlEms * fontMetrics().averageCharWidth());
    }
    row->addWidget(m_control);
    row->addWidget(m_reset);
    row->addStretch(1);
    auto* const column = views::makeColumn(this);
    column->setSpacing(views::Theme::unit());
    column->addLayout(row);
    column->addWidget(m_about);
}

QWidget* SettingRow::makeControl()
{
    switch (m_spec.kind) {
    case SettingSpec::Kind::Flag: return makeFlag();
    case SettingSpec::Kind::Number: return makeNumber();
    case SettingSpec::Kind::Choice: return makeChoice();
    case SettingSpec::Kind::Texts: break; // has a part of its own
    }
    return nullptr;
}

QWidget* SettingRow::makeFlag()
{
    auto* const box = new QCheckBox(m_item.title, this);
    connect(box, &QCheckBox::toggled, this, [this](bool isOn) { m_settings.setValue(m_item.key, isOn); });
    return box;
}

QWidget* SettingRow::makeNumber()
{
    auto* const box = new QSpinBox(this);
    box->setRange(m_spec.least, m_spec.greatest);
    box->setSingleStep(m_spec.step);
    box->setSuffix(m_item.unit);
    box->setSpecialValueText(m_item.least);
    box->setKeyboardTracking(false); // a number half typed is no choice
    connect(box, &QSpinBox::valueChanged, this, [this](int number) { m_settings.setValue(m_item.key, number); });
    return box;
}

QWidget* SettingRow::makeChoice()
{
    auto* const box = new QComboBox(this);
    for (qsizetype i = 0; i < m_spec.words.size(); ++i) box->addItem(m_item.choices[i], m_spec.words[i]);
    connect(box, &QComboBox::activated, this, [this, box] { m_settings.setValue(m_item.key, box->currentData()); });
    return box;
}

void SettingRow::show()
{
    const QVariant value = m_settings.value(m_item.key);
    const QSignalBlocker quiet(m_control);
    if (auto* const flag = qobject_cast<QCheckBox*>(m_control)) flag->setChecked(value.toBool());
    if (auto* const number = qobject_cast<QSpinBox*>(m_control)) number->setValue(value.toInt());
    if (auto* const choice = qobject_cast<QComboBox*>(m_control)) choice->setCurrentIndex(choice->findData(value));
    m_reset->setVisible(!m_settings.isDefault(m_item.key));
    QStringList about;
    if (!m_item.explanation.isEmpty()) about << m_item.explanation;
    about << defaultText();
    if (!m_reasonOff.isEmpty()) about = QStringList{tr("Not available here: %1").arg(m_reasonOff)};
    m_about->setText(about.join(QLatin1Char(' ')));
}

QString SettingRow::defaultText() const
{
    return tr("Default: %1.").arg(valueText(m_spec.fallback));
}

QString SettingRow::valueText(const QVariant& value) const
{
    switch (m_spec.kind) {
    case SettingSpec::Kind::Flag: return value.toBool() ? tr("on") : tr("off");
    case SettingSpec::Kind::Number:
        return value.toInt() == m_spec.least && !m_item.least.isEmpty() ? m_item.least : QLocale().toString(value.toInt()) + m_item.unit;
    case SettingSpec::Kind::Choice: return m_item.choices.value(m_spec.words.indexOf(value.toString()));
    case SettingSpec::Kind::Texts: return value.toStringList().join(QStringLiteral(", "));
    }
    return {};
}

bool SettingRow::matches(const QStringList& words) const
{
    const QString text = (QStringList{m_item.title, m_item.explanation, m_item.unit, m_item.least} + m_item.choices).join(QLatin1Char('\n'));
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

void SettingRow::setReasonOff(const QString& reason)
{
    m_reasonOff = reason;
    m_control->setEnabled(reason.isEmpty());
    m_control->setToolTip(reason);
    show();
}

} // namespace blazedb::app
