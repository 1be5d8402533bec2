// Ctrl-C and termination requests, turned into a stop token.
#pragma once

#include <stop_token>
#include <thread>

namespace blazedb::cli {

/// Make one in main() before any other thread exists: it blocks SIGINT and SIGTERM and waits for them on a thread of its own.
class Interruption {
public:
    Interruption();
    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::jthread m_watcher;
};

} // namespace blazedb::cli
