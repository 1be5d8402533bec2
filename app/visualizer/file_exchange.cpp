#include "app/visualizer/file_exchange.h"

#include <utility>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include "views/session/job_runner.h"
#include "views/widgets/text.h"

namespace blazedb::app {
namespace {

struct Exchange {
    Q_DECLARE_TR_FUNCTIONS(blazedb::app::FileExchange)
};

void chooseOpenFile(QWidget* parent, const QString& title, std::function<void(const QString& path)> use)
{
    auto* const dialog = new QFileDialog(parent, title);
    dialog->setObjectName(QStringLiteral("settings.openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptOpen);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(use));
    dialog->open();
}

/// On a worker. A pipe or a device never ends, so only a file is read.
Result<QByteArray> readStart(const QString& path, qsizetype bytesMax)
{
    const QFileInfo about(path);
    if (!about.exists()) return Error{ErrorCode::NotFound, views::toUtf8(Exchange::tr("%1 is not there").arg(path))};
    if (!about.isFile()) return Error{ErrorCode::InvalidArgument, views::toUtf8(Exchange::tr("%1 is no file").arg(path))};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        const bool isRefused = file.error() == QFileDevice::PermissionsError || !about.isReadable();
        return Error{isRefused ? ErrorCode::PermissionDenied : ErrorCode::Io, views::toUtf8(file.errorString())};
    }
    QByteArray text = file.read(bytesMax + 1);
    if (file.error() != QFileDevice::NoError) return Error{ErrorCode::Io, views::toUtf8(file.errorString())};
    return text;
}

} // namespace

void FileExchange::save(QWidget* parent, const QString& title, const QString& suggestedName, const QByteArray& text) const
{
    views::saveTextAs(parent, jobs, chooseSave, title, suggestedName, QString::fromUtf8(text));
}

void FileExchange::load(QWidget* parent, const QString& title, qsizetype bytesMax, std::function<void(const Result<QByteArray>&)> use) const
{
    const auto read = [parent, bytesMax, &runner = jobs, use = std::move(use)](const QString& path) {
        runner.run(
            {.title = Exchange::tr("Read %1").arg(QDir::toNativeSeparators(path)), .context = parent},
            [path, bytesMax](const api::CallContext&) { return readStart(path, bytesMax); }, use);
    };
    chooseOpen ? chooseOpen(parent, title, read) : chooseOpenFile(parent, title, read);
}

} // namespace blazedb::app
