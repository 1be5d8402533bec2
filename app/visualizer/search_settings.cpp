#include "app/visualizer/search_settings.h"

#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "app/visualizer/settings.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::app {

using views::Theme;

namespace {

constexpr int kFolderLines = 5;

/// As a person types it: `~` is the home folder. Empty when it is not the full path of a folder.
QString folderOf(const QString& line)
{
    QString path = line.trimmed();
    if (path == QLatin1String("~") || path.startsWith(QLatin1String("~/"))) path.replace(0, 1, QDir::homePath());
    return QDir::isAbsolutePath(path) ? QDir::cleanPath(path) : QString();
}

} // namespace

SearchSettings::SearchSettings(Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_folders(new QPlainTextEdit(this))
    , m_notUsed(views::makeWrappedLabel({}, views::TextRole::Warn, this))
    , m_depth(new QSpinBox(this))
    , m_exclusions(new QLineEdit(this))
    , m_reset(new QPushButton(tr("Use the Defaults"), this))
{
    build();
    show();
    connect(&m_settings, &Settings::changed, this, &SearchSettings::show);
    connect(m_folders, &QPlainTextEdit::textChanged, this, &SearchSettings::keepFolders);
    connect(m_depth, &QSpinBox::valueChanged, this, [this](int depth) { m_settings.setSearchDepth(depth); });
    connect(m_exclusions, &QLineEdit::textEdited, this, &SearchSettings::keepExclusions);
    connect(m_reset, &QPushButton::clicked, this, [this] { m_settings.resetSearch(); });
}

void SearchSettings::build()
{
    views::nameControl(m_folders, QStringLiteral("settings.searchFolders"), tr("Folders to search, one a line"));
    m_folders->setTabChangesFocus(true);
    m_folders->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_folders->setFixedHeight(kFolderLines * Theme::rowHeight());
    m_notUsed->setObjectName(QStringLiteral("settings.searchFolders.notUsed"));
    m_notUsed->hide();
    views::nameControl(m_depth, QStringLiteral("settings.searchDepth"), tr("How many folders deep"));
    m_depth->setRange(0, Settings::kSearchDepthMax);
    m_depth->setSpecialValueText(tr("Only these folders"));
    m_depth->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    views::nameControl(m_exclusions, QStringLiteral("settings.searchExclusions"), tr("Folders left out, by name"));
    m_exclusions->setToolTip(tr("Names of folders, parted by commas"));
    views::nameControl(m_reset, QStringLiteral("settings.searchReset"), tr("Use the default folders, depth and exclusions"));
    m_reset->setToolTip(tr("Data, documents and desktop of the user, and ~/.local/share/blazedb"));

    auto* const form = new QFormLayout;
    form->setHorizontalSpacing(Theme::unit(4));
    form->setVerticalSpacing(Theme::unit(3));
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow); // a label that wraps would stay narrow otherwise
    form->addRow(tr("Folders to search, one a line"), m_folders);
    form->addRow(QString(), m_notUsed);
    form->addRow(tr("How many folders deep"), m_depth);
    form->addRow(tr("Folders left out, by name"), m_exclusions);
    auto* const buttons = views::makeRow();
    buttons->addWidget(m_reset);
    buttons->addStretch(1);
    auto* const column = views::makeColumn(this);
    column->addWidget(views::makeLabel(tr("Find databases"), views::TextRole::Section, this));
    column->addWidget(views::makeWrappedLabel(tr("Nothing is searched before you ask for it."), views::TextRole::Muted, this));
    column->addLayout(form);
    column->addLayout(buttons);
}

/// What is being typed is left as it is: the settings hold what it says, not how it is written.
void SearchSettings::show()
{
    const QSignalBlocker noFolders(m_folders);
    const QSignalBlocker noDepth(m_depth);
    if (!m_folders->hasFocus()) {
        m_folders->setPlainText(m_settings.searchFolders().join(QLatin1Char('\n')));
        m_notUsed->hide();
    }
    m_depth->setValue(m_settings.searchDepth());
    if (!m_exclusions->hasFocus()) m_exclusions->setText(m_settings.searchExclusions().join(QStringLiteral(", ")));
}

void SearchSettings::keepFolders()
{
    QStringList folders;
    QStringList notUsed;
    for (const QString& line : m_folders->toPlainText().split(QLatin1Char('\n'))) {
        const QString folder = folderOf(line);
        if (!folder.isEmpty()) folders << folder;
        else if (!line.trimmed().isEmpty()) notUsed << line.trimmed();
    }
    folders.removeDuplicates();
    m_notUsed->setText(tr("Not searched, because it is not the full path of a folder: %1").arg(views::breakable(notUsed.join(QStringLiteral(", ")))));
    m_notUsed->setVisible(!notUsed.isEmpty());
    m_settings.setSearchFolders(folders);
}

void SearchSettings::keepExclusions()
{
    QStringList names;
    for (const QString& name : m_exclusions->text().split(QLatin1Char(',')))
        if (!name.trimmed().isEmpty()) names << name.trimmed();
    m_settings.setSearchExclusions(names);
}

} // namespace blazedb::app
