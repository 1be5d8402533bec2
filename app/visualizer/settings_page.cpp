#include "app/visualizer/settings_page.h"

#include <algorithm>
#include <utility>

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "app/visualizer/desktop_watch.h"
#include "app/visualizer/search_settings.h"
#include "app/visualizer/secrets_section.h"
#include "app/visualizer/setting_row.h"
#include "app/visualizer/settings.h"
#include "views/commands/key_file.h"
#include "views/widgets/keys_editor.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::app {
namespace {

using views::Theme;

constexpr int kPagesEms = 20;

bool hasAll(const QString& text, const QStringList& words)
{
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

SettingsPage::SettingsPage(SettingsPageParts parts, QWidget* parent)
    : QWidget(parent)
    , m_parts(std::move(parts))
{
    setObjectName(QStringLiteral("settings.page"));
    build();
    connectParts();
    showReasons();
    refresh();
    m_pages->setCurrentRow(0);
    views::setFocusTarget(this, m_search);
}

void SettingsPage::build()
{
    m_search = new QLineEdit(this);
    views::nameControl(m_search, QStringLiteral("settings.search"), tr("Search all settings"));
    m_search->setPlaceholderText(tr("Search all settings"));
    m_search->setClearButtonEnabled(true);
    m_pages = new QListWidget(this);
    views::nameControl(m_pages, QStringLiteral("settings.pages"), tr("Pages of settings"));
    views::setStyleProperty(m_pages, "listRole", QStringLiteral("tabs"));
    m_pages->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pages->setFixedWidth(kPagesEms * fontMetrics().averageCharWidth());
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("settings.scroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus); // what is in it takes the focus, and is scrolled to
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const content = new QWidget(m_scroll);
    auto* const sections = views::makeColumn(content);
    sections->setContentsMargins(Theme::unit(2), 0, Theme::unit(3), Theme::unit(3));
    sections->setSpacing(Theme::unit(6));
    m_noMatch = views::makeWrappedLabel(tr("No setting fits these words."), views::TextRole::Muted, content);
    m_noMatch->setObjectName(QStringLiteral("settings.noMatch"));
    sections->addWidget(m_noMatch);
    for (const SettingPageName& page : settingPages()) {
        m_pages->addItem(page.title);
        m_sections.push_back(makeSection(page.id, page.title, content));
        // The list of keys takes the height that there is.
        sections->addWidget(m_sections.back().widget, page.id == QLatin1String("keys") ? 100 : 0);
    }
    sections->addStretch(1);
    m_scroll->setWidget(content);

    auto* const head = views::makeRow();
    head->addWidget(views::makeLabel(tr("Settings"), views::TextRole::Title, this));
    head->addStretch(1);
    head->addWidget(m_search, 1);
    auto* const body = views::makeRow();
    body->addWidget(m_pages);
    body->addWidget(m_scroll, 1);
    auto* const column = views::makeColumn(this);
    column->setContentsMargins(Theme::unit(4), Theme::unit(4), Theme::unit(2), Theme::unit(2));
    column->setSpacing(Theme::unit(4));
    column->addLayout(head);
    column->addLayout(body, 1);
}

SettingsPage::Section SettingsPage::makeSection(const QString& id, const QString& title, QWidget* parent)
{
    Section section;
    section.id = id;
    section.title = title;
    section.widget = new QWidget(parent);
    section.widget->setObjectName(QStringLiteral("settings.") + id);
    auto* const column = views::makeColumn(section.widget);
    column->setSpacing(Theme::unit(4));
    auto* const head = views::makeRow();
    head->addWidget(views::makeLabel(title, views::TextRole::Section, section.widget));
    head->addStretch(1);
    column->addLayout(head);
    for (SettingItem& item : settingItems()) {
        if (item.page != id) continue;
        section.rows.push_back(new SettingRow(m_parts.settings, std::move(item), m_parts.theme, section.widget));
        column->addWidget(section.rows.back());
        section.keys << section.rows.back()->key();
    }
    if (id == QLatin1String("sources")) section.keys << setting::kSearchFolders << setting::kSearchDepth << setting::kSearchExclusions;
    if (!section.rows.empty()) {
        section.reset = new QPushButton(tr("Reset This Page"), section.widget);
        views::nameControl(section.reset, QStringLiteral("settings.%1.reset").arg(id), tr("Reset the settings of the page %1").arg(title));
        head->addWidget(section.reset);
        connect(section.reset, &QPushButton::clicked, this, [this, keys = section.keys] { m_parts.settings.reset(keys); });
    }
    section.more = makeMore(section);
    if (section.more) column->addWidget(section.more);
    return section;
}

QWidget* SettingsPage::makeMore(Section& section)
{
    if (section.id == QLatin1String("sources")) {
        section.moreWords = tr("find databases, search, folders, depth, left out, exclusions");
        return new SearchSettings(m_parts.settings, section.widget);
    }
    if (section.id == QLatin1String("security")) {
        section.moreWords = tr("stored passwords, password store, forget");
        return new SecretsSection(m_parts.secrets, section.widget);
    }
    if (section.id == QLatin1String("keys")) {
        section.moreWords = tr("keys, shortcuts, keyboard, commands");
        return makeKeys(section.widget);
    }
    if (section.id == QLatin1String("advanced")) {
        section.moreWords = tr("export, import, reset all settings, file, folder");
        return makeFiles(section.widget);
    }
    return nullptr;
}

QWidget* SettingsPage::makeKeys(QWidget* parent)
{
    m_keys = new views::KeysEditor(m_parts.commands, parent);
    connect(m_keys, &views::KeysEditor::exportRequested, this,
            [this](const QByteArray& text) { m_parts.files.save(this, tr("Export Keys"), QStringLiteral("blazedb-visualizer-keys.json"), text); });
    connect(m_keys, &views::KeysEditor::importRequested, this, [this] {
        m_parts.files.load(this, tr("Import Keys"), views::kKeyFileBytesMax, [this](const Result<QByteArray>& text) {
            if (text) m_keys->importKeys(*text);
            else m_keys->sayProblem(tr("The file could not be read. %1").arg(views::toQString(text.error().message)));
        });
    });
    return m_keys;
}

QWidget* SettingsPage::makeFiles(QWidget* parent)
{
    auto* const files = new QWidget(parent);
    auto* const column = views::makeColumn(files);
    column->addWidget(views::makeWrappedLabel(tr("All settings as a file, to take them to another computer. Keys have a file of their own; passwords are in neither."),
                                              views::TextRole::Muted, files));
    const auto button = [files](const char* name, const QString& text) {
        auto* const made = new QPushButton(text, files);
        views::nameControl(made, QString::fromLatin1(name), text);
        return made;
    };
    QPushButton* const save = button("settings.export", tr("Export Settings…"));
    QPushButton* const load = button("settings.import", tr("Import Settings…"));
    m_resetAll = button("settings.resetAll", tr("Reset All Settings…"));
    auto* const row = views::makeRow();
    for (QPushButton* const each : {save, load, m_resetAll}) row->addWidget(each);
    row->addStretch(1);
    column->addLayout(row);
    m_message = views::makeWrappedLabel({}, views::TextRole::Muted, files);
    m_message->setObjectName(QStringLiteral("settings.message"));
    m_message->hide();
    column->addWidget(m_message);
    if (!m_parts.folder.isEmpty()) {
        QLabel* const place = views::makeWrappedLabel(tr("They are kept in %1").arg(views::breakable(QDir::toNativeSeparators(m_parts.folder))),
                                                      views::TextRole::Muted, files);
        place->setObjectName(QStringLiteral("settings.folder"));
        place->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(place);
    }
    connect(save, &QPushButton::clicked, this, [this] {
        m_parts.files.save(this, tr("Export Settings"), QStringLiteral("blazedb-visualizer-settings.json"), m_parts.settings.exported());
    });
    connect(load, &QPushButton::clicked, this, [this] {
        m_parts.files.load(this, tr("Import Settings"), Settings::kFileBytesMax, [this](const Result<QByteArray>& text) { importSettings(text); });
    });
    connect(m_resetAll, &QPushButton::clicked, this, &SettingsPage::askBeforeResettingAll);
    return files;
}

void SettingsPage::connectParts()
{
    connect(&m_parts.settings, &Settings::changed, this, &SettingsPage::refresh);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::showFound);
    connect(m_pages, &QListWidget::currentRowChanged, this, [this] {
        if (!m_search->text().isEmpty()) m_search->clear(); // which shows the page
        else showFound();
        m_scroll->ensureVisible(0, 0);
    });
    connect(m_pages, &QListWidget::itemClicked, m_search, &QLineEdit::clear); // also on the page that is chosen already
    if (m_parts.desktop) connect(m_parts.desktop, &DesktopWatch::availabilityChanged, this, &SettingsPage::showReasons);
}

void SettingsPage::showPage(const QString& id)
{
    const auto found = std::find_if(m_sections.begin(), m_sections.end(), [&](const Section& section) { return section.id == id; });
    if (found == m_sections.end()) return;
    m_search->clear();
    m_pages->setCurrentRow(static_cast<int>(found - m_sections.begin()));
}

/// Without words the chosen page; with words all that fits, of every page.
void SettingsPage::showFound()
{
    const QStringList words = m_search->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    bool isAnything = false;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        const Section& section = m_sections[i];
        const bool isWhole = words.isEmpty() ? static_cast<int>(i) == m_pages->currentRow() : hasAll(section.title, words);
        bool isAny = false;
        const auto show = [&](QWidget* part, bool fits) {
            part->setVisible(isWhole || fits);
            isAny = isAny || isWhole || fits;
        };
        for (SettingRow* const row : section.rows) show(row, !words.isEmpty() && row->matches(words));
        if (section.reset) section.reset->setVisible(isWhole); // it would reset what is not shown, too
        if (section.more) show(section.more, !words.isEmpty() && hasAll(section.moreWords, words));
        section.widget->setVisible(isAny);
        isAnything = isAnything || isAny;
    }
    m_noMatch->setVisible(!isAnything);
}

void SettingsPage::refresh()
{
    const auto isDefault = [this](const QString& key) { return m_parts.settings.isDefault(key); };
    bool isAllDefault = true;
    for (const Section& section : m_sections) {
        if (!section.reset) continue;
        const bool isPageDefault = std::all_of(section.keys.begin(), section.keys.end(), isDefault);
        section.reset->setEnabled(!isPageDefault);
        section.reset->setToolTip(isPageDefault ? tr("This page has its defaults") : tr("Back to the defaults of this page"));
        isAllDefault = isAllDefault && isPageDefault;
    }
    m_resetAll->setEnabled(!isAllDefault);
    m_resetAll->setToolTip(isAllDefault ? tr("All settings have their defaults") : tr("Back to the defaults of all pages; keys are reset on their own page"));
}

void SettingsPage::showReasons()
{
    const QString noDesktop = tr("this program does not hear the desktop.");
    for (const Section& section : m_sections) {
        for (SettingRow* const row : section.rows) {
            if (row->key() == setting::kLocksOnSleep) row->setReasonOff(m_parts.desktop ? m_parts.desktop->sleepProblem() : noDesktop);
            if (row->key() == setting::kLocksOnScreenLock) row->setReasonOff(m_parts.desktop ? m_parts.desktop->screenLockProblem() : noDesktop);
        }
    }
}

void SettingsPage::importSettings(const Result<QByteArray>& text)
{
    if (!text) return say(tr("The file could not be read. %1").arg(views::toQString(text.error().message)), true);
    const Result<void> imported = m_parts.settings.import(*text);
    if (!imported) return say(tr("Nothing was imported. %1").arg(views::toQString(imported.error().message)), true);
    say(tr("The settings of the file count now."), false);
}

void SettingsPage::say(const QString& text, bool isProblem)
{
    views::setTextRole(m_message, isProblem ? views::TextRole::Problem : views::TextRole::Muted);
    m_message->setText(text);
    m_message->show();
}

void SettingsPage::askBeforeResettingAll()
{
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Reset all settings"), tr("All settings go back to their defaults. Keys stay as they are."),
                                      QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("settings.confirm"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const reset = box->addButton(tr("Reset All Settings"), QMessageBox::DestructiveRole);
    reset->setObjectName(QStringLiteral("settings.confirm.reset"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(reset, &QPushButton::clicked, this, [this] {
        QStringList keys;
        for (const SettingSpec& spec : settingTable()) keys << spec.key;
        m_parts.settings.reset(keys);
    });
    box->open();
}

} // namespace blazedb::app
