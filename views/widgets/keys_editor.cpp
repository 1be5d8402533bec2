#include "views/widgets/keys_editor.h"

#include <utility>

#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/commands/command_registry.h"
#include "views/commands/key_file.h"
#include "views/commands/key_rules.h"
#include "views/widgets/key_field.h"
#include "views/widgets/keys_model.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kRowsShown = 8;

QString keyText(const QKeySequence& key)
{
    return key.toString(QKeySequence::NativeText);
}

QPushButton* makeButton(const QString& name, const QString& text, QWidget* parent)
{
    auto* const button = new QPushButton(text, parent);
    nameControl(button, name, text);
    return button;
}

} // namespace

KeysEditor::KeysEditor(CommandRegistry& commands, QWidget* parent)
    : QWidget(parent)
    , m_commands(commands)
    , m_rows(new KeysFilter(commands, this))
{
    setObjectName(QStringLiteral("settings.keys"));
    m_rows->setSourceModel(new KeysModel(commands, this));
    auto* const column = makeColumn(this);
    column->addWidget(buildSearch());
    column->addWidget(buildList());
    column->addWidget(buildChoice());
    column->addWidget(buildConflict());
    m_message = makeWrappedLabel({}, TextRole::Muted, this);
    m_message->setObjectName(QStringLiteral("settings.keys.message"));
    m_message->hide();
    column->addWidget(m_message);
    column->addWidget(buildFiles());
    connectParts();
    showChoice();
}

QWidget* KeysEditor::buildSearch()
{
    auto* const bar = new QWidget(this);
    m_search = new QLineEdit(bar);
    nameControl(m_search, QStringLiteral("settings.keys.search"), tr("Search the commands by name"));
    m_search->setPlaceholderText(tr("Search by name"));
    m_search->setClearButtonEnabled(true);
    m_pressed = new KeyField(bar);
    nameControl(m_pressed, QStringLiteral("settings.keys.pressed"), tr("Search the commands by pressing a key"));
    m_pressed->setPlaceholderText(tr("Search by pressing a key"));
    auto* const row = makeRow(bar);
    row->addWidget(m_search, 1);
    row->addWidget(m_pressed, 1);
    return bar;
}

QWidget* KeysEditor::buildList()
{
    m_list = new QTreeView(this);
    nameControl(m_list, QStringLiteral("settings.keys.list"), tr("Commands and their keys"));
    m_list->setModel(m_rows);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(KeysModel::Name, Qt::AscendingOrder);
    m_list->setMinimumHeight(kRowsShown * Theme::rowHeight());
    setStyleProperty(m_list, "listRole", QStringLiteral("plain"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::Stretch);
    return m_list;
}

QWidget* KeysEditor::buildChoice()
{
    auto* const bar = new QWidget(this);
    m_command = makeWrappedLabel({}, TextRole::Body, bar);
    m_command->setObjectName(QStringLiteral("settings.keys.command"));
    m_new = new KeyField(bar);
    nameControl(m_new, QStringLiteral("settings.keys.new"), tr("New key of the selected command"));
    m_new->setPlaceholderText(tr("Press the new key"));
    m_set = makeButton(QStringLiteral("settings.keys.set"), tr("Use Only This Key"), bar);
    m_add = makeButton(QStringLiteral("settings.keys.add"), tr("Add This Key"), bar);
    m_none = makeButton(QStringLiteral("settings.keys.none"), tr("No Key"), bar);
    m_reset = makeButton(QStringLiteral("settings.keys.reset"), tr("Reset"), bar);
    auto* const row = makeRow();
    for (QPushButton* const button : {m_set, m_add, m_none, m_reset}) row->addWidget(button);
    row->addStretch(1);
    auto* const column = makeColumn(bar);
    column->addWidget(m_command);
    column->addWidget(m_new);
    column->addLayout(row);
    return bar;
}

QWidget* KeysEditor::buildConflict()
{
    m_conflict = makeFrame(Surface::BannerWarn, this);
    m_conflictText = makeWrappedLabel({}, TextRole::Body, m_conflict);
    m_conflictText->setObjectName(QStringLiteral("settings.keys.conflict"));
    m_takeOver = makeButton(QStringLiteral("settings.keys.takeOver"), tr("Take the Key Over"), m_conflict);
    m_cancel = makeButton(QStringLiteral("settings.keys.cancel"), tr("Leave It There"), m_conflict);
    auto* const row = makeRow(m_conflict);
    row->setContentsMargins(Theme::unit(3), Theme::unit(2), Theme::unit(3), Theme::unit(2));
    row->addWidget(m_conflictText, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_takeOver);
    m_conflict->hide();
    return m_conflict;
}

QWidget* KeysEditor::buildFiles()
{
    auto* const bar = new QWidget(this);
    m_export = makeButton(QStringLiteral("settings.keys.export"), tr("Export Keys…"), bar);
    m_import = makeButton(QStringLiteral("settings.keys.import"), tr("Import Keys…"), bar);
    m_resetAll = makeButton(QStringLiteral("settings.keys.resetAll"), tr("Reset All Keys…"), bar);
    auto* const row = makeRow(bar);
    for (QPushButton* const button : {m_export, m_import, m_resetAll}) row->addWidget(button);
    row->addStretch(1);
    return bar;
}

void KeysEditor::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, m_rows, &KeysFilter::setWords);
    connect(m_pressed, &KeyField::keyChanged, m_rows, &KeysFilter::setKey);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        // Getting the focus makes a row current without selecting it.
        m_list->selectionModel()->select(current, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        endConflict();
        showChoice();
    });
    connect(m_list, &QTreeView::activated, this, [this] { m_new->setFocus(Qt::OtherFocusReason); });
    connect(m_new, &KeyField::keyChanged, this, [this] {
        endConflict();
        showChoice();
    });
    connect(m_set, &QPushButton::clicked, this, [this] { proposeKey(false); });
    connect(m_add, &QPushButton::clicked, this, [this] { proposeKey(true); });
    connect(m_none, &QPushButton::clicked, this, [this] { propose({}); });
    connect(m_reset, &QPushButton::clicked, this, &KeysEditor::proposeDefault);
    connect(m_takeOver, &QPushButton::clicked, this, &KeysEditor::takeOver);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        endConflict();
        m_new->setFocus(Qt::OtherFocusReason);
    });
    connect(m_resetAll, &QPushButton::clicked, this, &KeysEditor::askBeforeResettingAll);
    connect(m_export, &QPushButton::clicked, this, [this] { Q_EMIT exportRequested(writeKeys(m_commands.chosenKeys())); });
    connect(m_import, &QPushButton::clicked, this, &KeysEditor::importRequested);
    connect(&m_commands, &CommandRegistry::keysChanged, this, &KeysEditor::showChoice);
}

QString KeysEditor::chosenCommand() const
{
    return m_list->currentIndex().data(KeysModel::IdRole).toString();
}

void KeysEditor::showChoice()
{
    const QString id = chosenCommand();
    const bool isAny = !id.isEmpty();
    const QString chooseFirst = tr("Choose a command in the list first");
    m_command->setText(isAny ? tr("Keys of %1", "a command").arg(commandName(*m_commands.command(id)).remove(QChar(0x2026))) : tr("Choose a command to change its keys."));
    m_new->setEnabled(isAny);
    const QString problem = isAny && !m_new->key().isEmpty() ? keyProblem(m_new->key()) : QString();
    for (QPushButton* const button : {m_set, m_add}) {
        button->setEnabled(isAny && !m_new->key().isEmpty() && problem.isEmpty());
        button->setToolTip(!isAny ? chooseFirst : m_new->key().isEmpty() ? tr("Press the new key in the field first") : problem);
    }
    m_none->setEnabled(isAny && !m_commands.keys(id).isEmpty());
    m_none->setToolTip(!isAny ? chooseFirst : tr("The command then has no key"));
    m_reset->setEnabled(isAny && m_commands.chosenKeys().contains(id));
    m_reset->setToolTip(!isAny ? chooseFirst : m_reset->isEnabled() ? tr("Back to the default of this command") : tr("The command has its default keys"));
    m_resetAll->setEnabled(!m_commands.chosenKeys().isEmpty());
    m_resetAll->setToolTip(m_resetAll->isEnabled() ? tr("Back to the defaults of all commands") : tr("All commands have their default keys"));
    if (!problem.isEmpty()) sayProblem(problem);
    else say({});
}

void KeysEditor::proposeKey(bool isAdded)
{
    QList<QKeySequence> keys;
    if (isAdded) keys = m_commands.keys(chosenCommand());
    if (!keys.contains(m_new->key())) keys << m_new->key();
    propose(keys);
}

void KeysEditor::proposeDefault()
{
    propose(m_commands.command(chosenCommand())->keys, true);
}

/// Applies the keys when they are free; else says whose they are and waits.
void KeysEditor::propose(const QList<QKeySequence>& keys, bool isDefault)
{
    const QString id = chosenCommand();
    const Command* const command = m_commands.command(id);
    if (!command) return;
    m_proposedFor = id;
    m_proposed = keys;
    m_isDefaultProposed = isDefault;
    QStringList conflicts;
    for (const QKeySequence& key : keys) {
        QStringList owners;
        for (const QString& owner : m_commands.ownersOf(key, command->context)) {
            // A default that another default of the program took over is no affair of the user's.
            const bool isOurs = owner == id || (isDefault && !m_commands.chosenKeys().contains(owner));
            if (!isOurs) owners << commandName(*m_commands.command(owner)).remove(QChar(0x2026)); // no "…" in a sentence
        }
        if (!owners.isEmpty()) conflicts << tr("%1 belongs to %2.", "a key, commands").arg(keyText(key), QLocale().createSeparatedList(owners));
    }
    if (conflicts.isEmpty()) return takeOver();
    m_conflictText->setText(conflicts.join(QLatin1Char(' ')));
    m_conflict->show();
    m_cancel->setFocus(Qt::OtherFocusReason);
}

void KeysEditor::takeOver()
{
    const QString id = m_proposedFor;
    const QList<QKeySequence> keys = m_proposed;
    const bool isDefault = m_isDefaultProposed;
    endConflict();
    m_commands.chooseKeys(id, keys); // takes them from others
    if (isDefault) m_commands.resetKeys(id);
    m_new->setKey({});
    m_list->setFocus(Qt::OtherFocusReason);
}

void KeysEditor::endConflict()
{
    m_conflict->hide();
    m_proposedFor.clear();
    m_proposed.clear();
    m_isDefaultProposed = false;
}

void KeysEditor::importKeys(const QByteArray& text)
{
    const Result<KeyMap> read = readKeys(text, m_commands);
    if (!read) return sayProblem(tr("Nothing was imported. %1").arg(toQString(read.error().message)));
    endConflict();
    m_commands.setChosenKeys(*read);
    say(tr("Imported keys of %n command(s); the others have their defaults.", nullptr, static_cast<int>(read->size())));
}

void KeysEditor::say(const QString& text)
{
    setTextRole(m_message, TextRole::Muted);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void KeysEditor::sayProblem(const QString& text)
{
    setTextRole(m_message, TextRole::Problem);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void KeysEditor::askBeforeResettingAll()
{
    const int count = static_cast<int>(m_commands.chosenKeys().size());
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Reset all keys"),
                                      tr("The keys of %n command(s) go back to their defaults.", nullptr, count), QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("settings.keys.confirm"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const reset = box->addButton(tr("Reset All Keys"), QMessageBox::DestructiveRole);
    reset->setObjectName(QStringLiteral("settings.keys.confirm.reset"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(reset, &QPushButton::clicked, this, [this] {
        endConflict();
        m_commands.setChosenKeys({});
    });
    box->open();
}

} // namespace blazedb::views
