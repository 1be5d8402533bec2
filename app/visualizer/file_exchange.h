// Small files that the settings page writes and reads where its user says.
#pragma once

#include <functional>

#include <QByteArray>
#include <QString>

#include "engine/base/result.h"
#include "views/shell/text_saving.h"

class QWidget;

namespace blazedb::views {
class JobRunner;
}

namespace blazedb::app {

/// Asks for a file to read, and answers with it later; not at all when nobody chose one.
using OpenFileChooser = std::function<void(QWidget* parent, const QString& title, std::function<void(const QString& path)> use)>;

/// GUI thread only; reads and writes as jobs. Borrows `jobs`.
struct FileExchange {
    views::JobRunner& jobs;
    views::SaveFileChooser chooseSave = {}; ///< Empty: the system's dialog.
    OpenFileChooser chooseOpen = {};        ///< Empty: the system's dialog.

    void save(QWidget* parent, const QString& title, const QString& suggestedName, const QByteArray& text) const;
    /// `use` gets what the file holds, at most `bytesMax` + 1 of it. Errors: NotFound, PermissionDenied, Io.
    void load(QWidget* parent, const QString& title, qsizetype bytesMax, std::function<void(const Result<QByteArray>&)> use) const;
};

} // namespace blazedb::app
