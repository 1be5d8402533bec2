#include "app/visualizer/end_signals.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include <QSocketNotifier>

namespace blazedb::app {
namespace {

constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP};

// A handler may touch nothing but such a number and write().
int pipeIn = -1;
int pipeOut = -1;

void tell(int)
{
    const char byte = 0;
    // Full means that it was told already.
    if (::write(pipeIn, &byte, 1) < 0) return;
}

} // namespace

EndSignals::EndSignals(QObject* parent)
    : QObject(parent)
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
    pipeOut = ends[0];
    pipeIn = ends[1];
    m_notifier = new QSocketNotifier(pipeOut, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        std::array<char, 16> bytes{};
        if (::read(pipeOut, bytes.data(), bytes.size()) > 0) Q_EMIT arrived();
    });
    for (const int number : kSignals) std::signal(number, tell);
}

EndSignals::~EndSignals()
{
    if (!m_notifier) return;
    for (const int number : kSignals) std::signal(number, SIG_DFL);
    delete m_notifier;
    ::close(pipeIn);
    ::close(pipeOut);
}

} // namespace blazedb::app
