// Log lines in five levels. Secrets and record contents never go into one.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace blazedb {

enum class LogLevel { Trace, Debug, Info, Warning, Error };

struct LogLine {
    std::chrono::system_clock::time_point time;
    LogLevel level = LogLevel::Info;
    std::string area; ///< The folder that speaks: "format28", "session".
    std::string text;
};

/// Hands each line of at least its level to its sinks, on the thread that logs. Any thread.
class Logger {
public:
    using Sink = std::function<void(const LogLine&)>;

    explicit Logger(LogLevel minimum = LogLevel::Info);
    ~Logger();

    /// The sink must be quick and thread-safe; it stays until the logger goes.
    void addSink(Sink sink);
    void log(LogLevel level, std::string_view area, std::string text);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::string_view logLevelName(LogLevel level); ///< "warning"

} // namespace blazedb
