#include "views/data/export_dialog.h"

#include <chrono>

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

#include "views/data/record_parts.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr std::chrono::milliseconds kPreviewPause{150};
constexpr int kProgressSteps = 1000;
constexpr const char* kSizeKey = "export/size";
constexpr const char* kFolderKey = "export/folder";
constexpr const char* kFormKey = "export/form";
constexpr int kAllFields = 1;

bool isTable(RecordForm form)
{
    return form == RecordForm::Csv || form == RecordForm::Tsv || form == RecordForm::Markdown;
}

} // namespace

ExportDialog::ExportDialog(Session& session, const Theme& theme, ExportSource source, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_theme(theme)
    , m_source(std::move(source))
{
    setObjectName(QStringLiteral("export.dialog"));
    setWindowTitle(tr("Export Records"));
    setWindowModality(Qt::NonModal);
    setSizeGripEnabled(true);
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(4), Theme::unit(4), Theme::unit(4), Theme::unit(3));
    column->addWidget(buildChoices());
    column->addWidget(buildFields(), 2);
    column->addWidget(buildTarget());
    column->addWidget(makeLabel(tr("Beginning of the file"), TextRole::Label, this));
    m_preview = makeReadOnlyText(m_theme, QStringLiteral("export.preview"), tr("Beginning of the file"), this);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    column->addWidget(m_preview, 2);
    column->addWidget(buildResult());
    column->addWidget(buildButtons());
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPreviewPause);
    connect(&m_pause, &QTimer::timeout, this, &ExportDialog::preview);
    connect(&m_session.jobs(), &JobRunner::jobChanged, this, &ExportDialog::showProgress);
    resize(m_session.state().value(QString::fromLatin1(kSizeKey), QSize(720, 640)).toSize());
    fillFields(m_columns->currentIndex() == kAllFields);
    say(QStringLiteral("not run"), {});
    preview();
}

QWidget* ExportDialog::buildChoices()
{
    auto* page = new QWidget(this);
    m_scope = new QComboBox(page);
    nameControl(m_scope, QStringLiteral("export.scope"), tr("What to export"));
    if (m_source.selected > 0) m_scope->addItem(tr("The %1 selected records").arg(formatCount(m_source.selected)), static_cast<int>(ExportScope::Selection));
    m_scope->addItem(tr("All %1 matching records").arg(formatCount(m_source.matching)), static_cast<int>(ExportScope::Matching));
    m_scope->addItem(tr("All records of the database"), static_cast<int>(ExportScope::All));
    // One current row is always selected; it takes two to mean it.
    m_scope->setCurrentIndex(m_source.selected == 1 ? 1 : 0);
    m_form = new QComboBox(page);
    nameControl(m_form, QStringLiteral("export.form"), tr("Form of the file"));
    m_form->addItem(tr("JSON lines: one record a line, lossless"), static_cast<int>(RecordForm::JsonLines));
    m_form->addItem(tr("JSON: one array, lossless"), static_cast<int>(RecordForm::Json));
    m_form->addItem(tr("CSV"), static_cast<int>(RecordForm::Csv));
    m_form->addItem(tr("TSV"), static_cast<int>(RecordForm::Tsv));
    m_form->addItem(tr("Markdown table"), static_cast<int>(RecordForm::Markdown));
    m_form->setCurrentIndex(qBound(0, m_session.state().value(QString::fromLatin1(kFormKey), 0).toInt(), m_form->count() - 1));
    m_deleted = new QCheckBox(tr("With soft-deleted records"), page);
    nameControl(m_deleted, QStringLiteral("export.deleted"), tr("Export soft-deleted records too"));
    m_deleted->setChecked(m_source.query.deleted != model::DeletedRecords::Hidden);
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("What"), m_scope);
    form->addRow({}, m_deleted);
    form->addRow(tr("Form"), m_form);
    connect(m_scope, &QComboBox::activated, this, &ExportDialog::changed);
    connect(m_form, &QComboBox::activated, this, &ExportDialog::changeForm);
    connect(m_deleted, &QCheckBox::toggled, this, &ExportDialog::changed);
    return page;
}

QWidget* ExportDialog::buildFields()
{
    auto* page = new QWidget(this);
    m_columns = new QComboBox(page);
    nameControl(m_columns, QStringLiteral("export.columns"), tr("Which fields to begin with"));
    m_columns->addItem(tr("Visible columns, in their order"));
    m_columns->addItem(tr("All fields"));
    m_columns->setCurrentIndex(isTable(static_cast<RecordForm>(m_form->currentData().toInt())) ? 0 : kAllFields);
    m_fields = new QListWidget(page);
    nameControl(m_fields, QStringLiteral("export.fields"), tr("Fields, in the order of the file; Space ticks one"));
    m_fields->setDragDropMode(QAbstractItemView::InternalMove);
    m_up = new QPushButton(tr("Move Up"), page);
    nameControl(m_up, QStringLiteral("export.up"), tr("Move the field up"));
    m_down = new QPushButton(tr("Move Down"), page);
    nameControl(m_down, QStringLiteral("export.down"), tr("Move the field down"));
    auto* side = makeColumn();
    side->addWidget(m_up);
    side->addWidget(m_down);
    side->addStretch(1);
    auto* row = makeRow();
    row->addWidget(m_fields, 1);
    row->addLayout(side);
    auto* column = makeColumn(page);
    column->addWidget(m_columns);
    column->addLayout(row, 1);
    connect(m_columns, &QComboBox::activated, this, [this](int index) { fillFields(index == kAllFields); });
    connect(m_fields, &QListWidget::itemChanged, this, &ExportDialog::changed);
    connect(m_fields->model(), &QAbstractItemModel::rowsMoved, this, &ExportDialog::changed);
    connect(m_up, &QPushButton::clicked, this, [this] { moveField(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveField(1); });
    return page;
}

QWidget* ExportDialog::buildTarget()
{
    auto* page = new QWidget(this);
    m_path = new QLineEdit(page);
    nameControl(m_path, QStringLiteral("export.path"), tr("File to write"));
    const QString folder = m_session.state()
                               .value(QString::fromLatin1(kFolderKey), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                               .toString();
    const auto form = static_cast<RecordForm>(m_form->currentData().toInt());
    m_path->setText(QDir::toNativeSeparators(folder + QLatin1Char('/') + m_source.name + suffixOf(form)));
    auto* choose = new QPushButton(tr("Choose…"), page);
    nameControl(choose, QStringLiteral("export.choose"), tr("Choose the file to write"));
    m_notice = makeWrappedLabel({}, TextRole::Warn, page);
    m_notice->setObjectName(QStringLiteral("export.notice"));
    auto* row = makeRow();
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    auto* column = makeColumn(page);
    column->addWidget(makeLabel(tr("File"), TextRole::Label, page));
    column->addLayout(row);
    column->addWidget(m_notice);
    connect(m_path, &QLineEdit::textEdited, this, &ExportDialog::changed);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseTarget);
    return page;
}

QWidget* ExportDialog::buildResult()
{
    auto* page = new QWidget(this);
    m_progress = new QProgressBar(page);
    nameControl(m_progress, QStringLiteral("export.progress"), tr("How far the export is"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Theme::unit(1) + 2);
    m_message = makeWrappedLabel({}, TextRole::Body, page);
    m_message->setObjectName(QStringLiteral("export.message"));
    m_show = new QPushButton(tr("Show Result"), page);
    nameControl(m_show, QStringLiteral("export.show"), tr("Show the folder with the result"));
    connect(m_show, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_written).absolutePath())); });
    auto* row = makeRow();
    row->addWidget(m_message, 1);
    row->addWidget(m_show);
    auto* column = makeColumn(page);
    column->addWidget(m_progress);
    column->addLayout(row);
    return page;
}

QWidget* ExportDialog::buildButtons()
{
    auto* buttons = new QDialogButtonBox(this);
    m_run = buttons->addButton(tr("Export"), QDialogButtonBox::ActionRole);
    nameControl(m_run, QStringLiteral("export.run"), tr("Export"));
    setButtonRole(m_run, ButtonRole::Primary);
    m_cancel = buttons->addButton(tr("Cancel Export"), QDialogButtonBox::ActionRole);
    nameControl(m_cancel, QStringLiteral("export.cancel"), tr("Cancel the export"));
    m_close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    nameControl(m_close, QStringLiteral("export.close"), tr("Close"));
    m_run->setDefault(true);
    connect(m_run, &QPushButton::clicked, this, &ExportDialog::run);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_session.jobs().cancel(m_job); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

/// The visible columns first and ticked; the others follow, ticked when all are wanted.
void ExportDialog::fillFields(bool hasAll)
{
    const QSignalBlocker quiet(m_fields);
    m_fields->clear();
    QStringList fields = m_source.visibleFields;
    for (const QString& field : m_source.fields)
        if (!fields.contains(field)) fields << field;
    for (const QString& field : std::as_const(fields)) {
        auto* item = new QListWidgetItem(field, m_fields);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled);
        item->setCheckState(hasAll || m_source.visibleFields.contains(field) ? Qt::Checked : Qt::Unchecked);
    }
    m_fields->setCurrentRow(0);
    changed();
}

void ExportDialog::moveField(int by)
{
    const int row = m_fields->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_fields->count()) return;
    m_fields->insertItem(to, m_fields->takeItem(row));
    m_fields->setCurrentRow(to);
    changed();
}

void ExportDialog::chooseTarget()
{
    auto* dialog = new QFileDialog(this, tr("Export Records"));
    dialog->setObjectName(QStringLiteral("export.fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(QFileInfo(path()).absolutePath());
    dialog->selectFile(QFileInfo(path()).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        m_path->setText(QDir::toNativeSeparators(chosen));
        changed();
    });
    dialog->open();
}

void ExportDialog::changeForm()
{
    const auto form = static_cast<RecordForm>(m_form->currentData().toInt());
    m_path->setText(withSuffix(m_path->text(), form));
    m_session.state().setValue(QString::fromLatin1(kFormKey), m_form->currentIndex());
    changed();
}

ExportChoice ExportDialog::choice() const
{
    ExportChoice choice;
    choice.scope = static_cast<ExportScope>(m_scope->currentData().toInt());
    choice.form = static_cast<RecordForm>(m_form->currentData().toInt());
    choice.hasDeleted = m_deleted->isChecked();
    bool isWhole = true;
    for (int i = 0; i < m_fields->count(); ++i) {
        if (m_fields->item(i)->checkState() == Qt::Checked) choice.fields << m_fields->item(i)->text();
        else isWhole = false;
    }
    // All fields in JSON is the record as it is stored, fields included that no column shows yet.
    if (isWhole && !isTable(choice.form)) choice.fields.clear();
    return choice;
}

QString ExportDialog::path() const
{
    return QDir::fromNativeSeparators(m_path->text().trimmed());
}

void ExportDialog::changed()
{
    m_pause.start();
    follow();
}

void ExportDialog::preview()
{
    m_session.jobs().cancel(m_previewJob);
    const TakeRequest request = exportRequest(m_source, choice());
    m_previewJob = m_session.jobs().run(
        {.title = tr("Preview of the export"), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), request, path = path()](const api::CallContext& context) {
            return previewExport(records, context, request, path);
        },
        [this, number = ++m_previews](Result<ExportPreview> answer) {
            if (number != m_previews) return;
            m_preview->setPlainText(answer ? answer->text : errorHeadline(answer.error()));
            m_replaces = answer && answer->isThere;
            follow();
        });
}

void ExportDialog::run()
{
    if (m_isRunning) return;
    const QString target = path();
    const TakeRequest request = exportRequest(m_source, choice());
    m_isRunning = true;
    m_written.clear();
    m_session.state().setValue(QString::fromLatin1(kFolderKey), QFileInfo(target).absolutePath());
    say(QStringLiteral("loading"), tr("Writing…"));
    m_job = m_session.jobs().run(
        {.title = tr("Export to %1").arg(target), .context = this},
        [&records = m_session.source().records(), request, target](const api::CallContext& context) { return exportToFile(records, context, request, target); },
        [this, target](Result<TakenRecords> taken) {
            m_isRunning = false;
            m_written = taken ? target : QString();
            finish(taken);
        });
}

void ExportDialog::showProgress(quint64 job)
{
    if (!m_isRunning || job != m_job) return;
    const auto snapshot = m_session.jobs().job(job);
    if (!snapshot || snapshot->state != JobState::Running) return;
    const auto total = snapshot->progress.total.value_or(0);
    m_progress->setRange(0, total > 0 ? kProgressSteps : 0);
    if (total > 0) m_progress->setValue(static_cast<int>(snapshot->progress.done * kProgressSteps / total));
    m_message->setText(tr("%1 records written").arg(formatCount(snapshot->progress.done)));
}

void ExportDialog::finish(const Result<TakenRecords>& taken)
{
    if (taken) {
        m_session.addFindings(taken->skipped);
        QString text = tr("%1 records written to %2.").arg(formatCount(taken->records), m_written);
        if (!taken->skipped.empty()) text += QLatin1Char(' ') + tr("%1 damaged records were left out.").arg(formatCount(std::uint64_t{taken->skipped.size()}));
        say(QStringLiteral("ready"), text);
        m_replaces = true;
        follow();
    } else if (taken.error().code == ErrorCode::Cancelled) {
        say(QStringLiteral("cancelled"), tr("The export was cancelled; nothing was written."));
    } else {
        const QString why = taken.error().code == ErrorCode::ResourceExhausted  ? tr("There is not enough space there.")
                            : taken.error().code == ErrorCode::PermissionDenied ? tr("You may not write there.")
                                                                                : errorHeadline(taken.error());
        say(QStringLiteral("failed"), tr("Nothing was written. %1").arg(why) + QLatin1Char('\n') + toQString(taken.error().message));
    }
}

void ExportDialog::say(const QString& state, const QString& text)
{
    setProperty("state", state);
    m_message->setText(text);
    setTextRole(m_message, state == QLatin1String("failed") ? TextRole::Problem : TextRole::Body);
    follow();
}

/// What can be done now, and what it would do.
void ExportDialog::follow()
{
    if (!m_close) return; // still being built
    const bool isSelection = static_cast<ExportScope>(m_scope->currentData().toInt()) == ExportScope::Selection;
    bool hasField = false;
    for (int i = 0; i < m_fields->count(); ++i) hasField = hasField || m_fields->item(i)->checkState() == Qt::Checked;
    for (QWidget* control : {static_cast<QWidget*>(m_scope), static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_columns), static_cast<QWidget*>(m_fields),
                             static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_up), static_cast<QWidget*>(m_down)})
        control->setEnabled(!m_isRunning);
    m_deleted->setEnabled(!m_isRunning && !isSelection);
    m_deleted->setToolTip(isSelection ? tr("The selected records are taken as they are.") : QString());
    m_run->setEnabled(!m_isRunning && hasField && !path().isEmpty());
    m_run->setToolTip(!hasField ? tr("Tick a field first.") : path().isEmpty() ? tr("Choose a file first.") : QString());
    m_run->setDefault(!m_replaces); // Return never replaces
    m_run->setText(m_replaces ? tr("Replace the File") : tr("Export"));
    m_cancel->setVisible(m_isRunning);
    m_progress->setVisible(m_isRunning);
    m_show->setVisible(!m_written.isEmpty() && !m_isRunning);
    QString notice = tr("The file is not encrypted: whoever can read it can read these records.");
    if (m_replaces) notice += QLatin1Char(' ') + tr("A file of this name is there and will be replaced.");
    m_notice->setText(notice);
}

void ExportDialog::done(int result)
{
    if (m_isRunning) m_session.jobs().cancel(m_job);
    m_session.state().setValue(QString::fromLatin1(kSizeKey), size());
    QDialog::done(result);
}

} // namespace blazedb::views
