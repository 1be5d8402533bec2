#include "app/cli/interruption.h"

#include <csignal>
#include <ctime>

namespace blazedb::cli {

namespace {

sigset_t interruptingSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interruption::Interruption()
{
    const sigset_t signals = interruptingSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // A reader that went away is an error of the write, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    m_watcher = std::jthread([source = m_source](const std::stop_token& ended) mutable {
        const sigset_t awaited = interruptingSignals();
        const timespec tick{0, 20'000'000};
        while (!ended.stop_requested())
            if (sigtimedwait(&awaited, nullptr, &tick) > 0) source.request_stop();
    });
}

} // namespace blazedb::cli
