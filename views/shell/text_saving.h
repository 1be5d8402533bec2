// Saves a text of the window as a file that its owner chooses.
#pragma once

#include <functional>

#include <QString>

#include "engine/base/result.h"

class QWidget;

namespace blazedb::views {

class JobRunner;

/// Asks for the file to write, and answers with it later; not at all when nobody chose one.
using SaveFileChooser = std::function<void(QWidget* parent, const QString& title, const QString& suggestedName, std::function<void(const QString& path)>)>;

/// The system's own dialog.
void chooseSaveFile(QWidget* parent, const QString& title, const QString& suggestedName, std::function<void(const QString& path)> use);

/// Writes UTF-8; the file appears whole or stays as it was, for its owner alone when it is new. Any thread; blocks.
/// Errors: PermissionDenied, Io.
Result<void> writeTextFile(const QString& path, const QString& text);

/// Asks where to, and writes as a job; a failure is said in a box over `parent`. GUI thread only; borrows `jobs`.
void saveTextAs(QWidget* parent, JobRunner& jobs, const SaveFileChooser& choose, const QString& title, const QString& suggestedName, const QString& text);

} // namespace blazedb::views
