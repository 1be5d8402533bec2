#include "views/shell/text_saving.h"

#include <utility>

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>
#include <QStandardPaths>

#include "views/session/job_runner.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

struct TextSaving {
    Q_DECLARE_TR_FUNCTIONS(blazedb::views::TextSaving)
};

void sayNotSaved(QWidget* parent, const QString& path, const Error& error)
{
    auto* const box = new QMessageBox(QMessageBox::Warning, TextSaving::tr("The file was not saved"),
                                      TextSaving::tr("%1 was not saved. %2").arg(path, errorHeadline(error)), QMessageBox::Ok, parent);
    box->setObjectName(QStringLiteral("main.notSaved"));
    box->setDetailedText(toQString(error.message));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace

void chooseSaveFile(QWidget* parent, const QString& title, const QString& suggestedName, std::function<void(const QString& path)> use)
{
    auto* const dialog = new QFileDialog(parent, title);
    dialog->setObjectName(QStringLiteral("main.saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(suggestedName);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(use));
    dialog->open();
}

Result<void> writeTextFile(const QString& path, const QString& text)
{
    const bool isNew = !QFileInfo::exists(path);
    QSaveFile file(path);
    const auto failure = [&] {
        const ErrorCode code = file.error() == QFileDevice::PermissionsError ? ErrorCode::PermissionDenied : ErrorCode::Io;
        return Error{code, "write " + toUtf8(path) + ": " + toUtf8(file.errorString())};
    };
    if (!file.open(QIODevice::WriteOnly)) return failure();
    if (isNew) file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(text.toUtf8());
    if (!file.commit()) return failure();
    return {};
}

void saveTextAs(QWidget* parent, JobRunner& jobs, const SaveFileChooser& choose, const QString& title, const QString& suggestedName, const QString& text)
{
    const auto save = [parent, &jobs, text](const QString& path) {
        jobs.run(
            {.title = TextSaving::tr("Save %1").arg(QDir::toNativeSeparators(path)), .context = parent},
            [path, text](const api::CallContext&) { return writeTextFile(path, text); },
            [parent, path](const Result<void>& saved) {
                if (!saved && saved.error().code != ErrorCode::Cancelled) sayNotSaved(parent, path, saved.error());
            });
    };
    choose ? choose(parent, title, suggestedName, save) : chooseSaveFile(parent, title, suggestedName, save);
}

} // namespace blazedb::views
