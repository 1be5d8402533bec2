// Writes into the log how jobs ended: title, outcome and duration. Never an error's message: it may quote what a person typed.
#pragma once

#include <QObject>
#include <QString>

namespace blazedb {
class Logger;
}

namespace blazedb::views {

class JobRunner;

/// GUI thread only. Quiet jobs are ordinary browsing and leave no line.
class JobLog final : public QObject {
    Q_OBJECT

public:
    /// `logger` may be null: then nothing is written. It outlives this.
    explicit JobLog(Logger* logger, QObject* parent = nullptr);

    /// Follows a runner until it is gone; `source` names the database in its lines and may be empty.
    void follow(JobRunner& jobs, const QString& source);

private:
    Logger* m_logger;
};

} // namespace blazedb::views
