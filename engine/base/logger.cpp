#include "engine/base/logger.h"

#include <utility>
#include <vector>

#include "engine/base/guarded.h"

namespace blazedb {

struct Logger::State {
    LogLevel minimum = LogLevel::Info;
    Guarded<std::vector<Sink>> sinks;
};

Logger::Logger(LogLevel minimum)
    : m_state(std::make_unique<State>())
{
    m_state->minimum = minimum;
}

Logger::~Logger() = default;

void Logger::addSink(Sink sink)
{
    m_state->sinks.lock()->push_back(std::move(sink));
}

void Logger::log(LogLevel level, std::string_view area, std::string text)
{
    if (level < m_state->minimum) return;
    const LogLine line{std::chrono::system_clock::now(), level, std::string(area), std::move(text)};
    const std::vector<Sink> sinks = *m_state->sinks.lock(); // a copy: no sink runs under the lock
    for (const Sink& sink : sinks) sink(line);
}

std::string_view logLevelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Trace: return "trace";
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    case LogLevel::Error: return "error";
    }
    return "error";
}

} // namespace blazedb
