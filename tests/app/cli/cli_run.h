// Runs the program `blazedb` as a shell would: descriptors, signals, users and limits of its own.
#pragma once

#include <functional>
#include <optional>

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include "tests/support/expected_records.h"

namespace blazedb::tests {

struct CliRun {
    int exitCode = -1;  ///< -1 when a signal ended it.
    int signal = 0;     ///< That signal.
    QByteArray out;
    QByteArray err;
    long peakKb = 0; ///< Most memory it held at once.
};

struct CliSetup {
    const char* password = kFixturePassword; ///< In the environment; null: none.
    /// In the child, between fork and exec: only calls that are safe there. Ends the child with a code of its own when it
    /// answers other than 0.
    std::function<int()> inChild = {};
    /// In the parent, once the child runs.
    std::function<void(int pid)> whileRunning = {};
    std::optional<QByteArray> input = {};         ///< On standard input; without it there is nothing to read.
    std::optional<QByteArray> onDescriptor3 = {}; ///< On another descriptor, for a second secret.
    bool isOutputClosed = false; ///< The reader of standard output has gone before anything is written.
};

/// Waits for its end, a minute at most. Arguments are bytes, as the system hands them over.
CliRun runCli(const QByteArrayList& arguments, const CliSetup& setup = {});

/// Answers of CliSetup::inChild for what the machine does not allow.
inline constexpr int kNotAllowedHere = 125;

} // namespace blazedb::tests
