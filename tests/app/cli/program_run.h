// Runs the program `blazedb` as scripts do.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include "tests/support/expected_records.h"

namespace blazedb::tests {

struct ProgramRun {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

inline ProgramRun runProgram(const QString& program, const QStringList& arguments, const char* password)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("BLAZEDB_PASSWORD"));
    if (password != nullptr) environment.insert(QStringLiteral("BLAZEDB_PASSWORD"), QString::fromLatin1(password));
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

inline ProgramRun runBlazedbProgram(const QStringList& arguments, const char* password = kFixturePassword)
{
    return runProgram(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb"), arguments, password);
}

} // namespace blazedb::tests
