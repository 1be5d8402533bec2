#include "tests/app/cli/cli_run.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace blazedb::tests {
namespace {

constexpr int kWaitMs = 60'000;

struct Pipe {
    Pipe()
    {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            reading = ends[0];
            writing = ends[1];
        }
    }
    int reading = -1;
    int writing = -1;
};

/// Reads both until both end; false when nothing came for too long.
bool drain(int out, int err, CliRun& run)
{
    std::array<pollfd, 2> ends{pollfd{out, POLLIN, 0}, pollfd{err, POLLIN, 0}};
    std::array<QByteArray*, 2> into{&run.out, &run.err};
    std::array<char, 65'536> part{};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (::poll(ends.data(), ends.size(), kWaitMs) <= 0) return false;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].fd < 0 || ends[i].revents == 0) continue;
            const ssize_t got = ::read(ends[i].fd, part.data(), part.size());
            if (got > 0) into[i]->append(part.data(), static_cast<qsizetype>(got));
            else ends[i].fd = -1;
        }
    }
    return true;
}

/// A descriptor that reads these bytes from their beginning; -1 for none. The caller closes it.
int descriptorOf(const std::optional<QByteArray>& bytes)
{
    if (!bytes) return -1;
    const int descriptor = ::memfd_create("input", MFD_CLOEXEC);
    if (::write(descriptor, bytes->constData(), static_cast<std::size_t>(bytes->size())) != bytes->size()) qFatal("no input");
    ::lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

} // namespace

CliRun runCli(const QByteArrayList& arguments, const CliSetup& setup)
{
    QByteArray program(BLAZEDB_BINARY_DIR "/bin/blazedb");
    QByteArrayList owned = arguments;
    std::vector<char*> argv{program.data()};
    for (QByteArray& argument : owned) argv.push_back(argument.data());
    argv.push_back(nullptr);
    QByteArray password = QByteArray("BLAZEDB_PASSWORD=") + setup.password;
    std::array<char*, 3> environment{const_cast<char*>("LC_ALL=C.UTF-8"), setup.password ? password.data() : nullptr, nullptr};

    const int input = descriptorOf(setup.input);
    const int third = descriptorOf(setup.onDescriptor3);
    const Pipe out;
    const Pipe err;
    if (setup.isOutputClosed) ::close(out.reading);
    const pid_t child = ::fork();
    if (child == 0) {
        ::setsid(); // no terminal to ask at
        ::dup2(out.writing, STDOUT_FILENO);
        ::dup2(err.writing, STDERR_FILENO);
        ::close(STDIN_FILENO);
        if (input < 0) ::open("/dev/null", O_RDONLY);
        else ::dup2(input, STDIN_FILENO);
        if (third == 3) ::fcntl(3, F_SETFD, 0);
        else if (third >= 0) ::dup2(third, 3);
        if (const int refused = setup.inChild ? setup.inChild() : 0; refused != 0) ::_exit(refused);
        ::execve(program.constData(), argv.data(), environment.data());
        ::_exit(126);
    }
    ::close(out.writing);
    ::close(err.writing);
    if (input >= 0) ::close(input);
    if (third >= 0) ::close(third);
    CliRun run;
    if (setup.whileRunning) setup.whileRunning(child);
    if (!drain(setup.isOutputClosed ? -1 : out.reading, err.reading, run)) ::kill(child, SIGKILL);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    if (!setup.isOutputClosed) ::close(out.reading);
    ::close(err.reading);
    run.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    run.peakKb = usage.ru_maxrss;
    return run;
}

} // namespace blazedb::tests
