#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "engine/base/folder_watcher.h"

#ifdef __linux__
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>
#endif

namespace blazedb {

namespace {

/// Says "perhaps" after a short pause.
class PollingWatch final : public FolderWatch {
public:
    bool wait(std::chrono::milliseconds atMost, const std::stop_token& stop) override
    {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, std::min(atMost, kPollingPause), [] { return false; });
        return !stop.stop_requested();
    }
    [[nodiscard]] bool isNotified() const override { return false; }
};

#ifdef __linux__

/// Owns one descriptor; -1 is none.
class Descriptor {
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0) ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

class InotifyWatch final : public FolderWatch {
public:
    explicit InotifyWatch(std::string folder)
        : m_folder(std::move(folder))
        , m_notices(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
        , m_stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
        arm();
    }

    bool wait(std::chrono::milliseconds atMost, const std::stop_token& stop) override
    {
        if (!isNotified()) {
            // The folder may have come (back).
            const bool goesOn = m_polling.wait(atMost, stop);
            arm();
            return goesOn;
        }
        const std::stop_callback wakeUp(stop, [this] {
            const std::uint64_t one = 1;
            // A full counter wakes as well.
            [[maybe_unused]] const ssize_t written = ::write(m_stop.number(), &one, sizeof one);
        });
        std::array<pollfd, 2> sources{pollfd{m_notices.number(), POLLIN, 0}, pollfd{m_stop.number(), POLLIN, 0}};
        const int ready = ::poll(sources.data(), sources.size(), static_cast<int>(atMost.count()));
        if (stop.stop_requested() || ready <= 0) return false;
        return drain();
    }

    [[nodiscard]] bool isNotified() const override { return m_isArmed; }

private:
    void arm()
    {
        constexpr std::uint32_t kWanted =
            IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
        if (m_notices.number() < 0 || m_stop.number() < 0 || isOnNetwork(m_folder)) return;
        m_isArmed = ::inotify_add_watch(m_notices.number(), m_folder.c_str(), kWanted) >= 0;
    }

    /// Takes all notices there are; they say when, the files say what.
    bool drain()
    {
        bool hasAny = false;
        bool isFolderGone = false;
        alignas(inotify_event) std::array<char, 16'384> buffer{};
        for (;;) {
            const ssize_t got = ::read(m_notices.number(), buffer.data(), buffer.size());
            if (got <= 0) break;
            hasAny = true;
            for (ssize_t at = 0; at < got;) {
                const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
                if ((event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)) != 0) isFolderGone = true;
                at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            }
        }
        if (isFolderGone) {
            m_isArmed = false;
            arm(); // the name may stand for another folder by now
        }
        return hasAny;
    }

    std::string m_folder;
    Descriptor m_notices;
    Descriptor m_stop;
    PollingWatch m_polling;
    bool m_isArmed = false;
};

#endif

} // namespace

bool isOnNetwork(const std::string& folder)
{
#ifdef __linux__
    static constexpr std::array<std::uint32_t, 6> kNetworkKinds{
        0x6969U /* NFS */, 0xFF534D42U /* CIFS */, 0xFE534D42U /* SMB2 */, 0x517BU /* SMB */, 0x65735546U /* FUSE */, 0x01021997U /* 9P */};
    struct statfs kind {};
    if (::statfs(folder.c_str(), &kind) != 0) return false;
    return std::find(kNetworkKinds.begin(), kNetworkKinds.end(), static_cast<std::uint32_t>(kind.f_type)) != kNetworkKinds.end();
#else
    static_cast<void>(folder);
    return false;
#endif
}

FolderWatcher& localFolderWatcher()
{
#ifdef __linux__
    class LocalFolderWatcher final : public FolderWatcher {
    public:
        std::unique_ptr<FolderWatch> watch(const std::string& folder) override { return std::make_unique<InotifyWatch>(folder); }
    };
    static LocalFolderWatcher watcher;
    return watcher;
#else
    return pollingFolderWatcher();
#endif
}

FolderWatcher& pollingFolderWatcher()
{
    class Poller final : public FolderWatcher {
    public:
        std::unique_ptr<FolderWatch> watch(const std::string&) override { return std::make_unique<PollingWatch>(); }
    };
    static Poller watcher;
    return watcher;
}

} // namespace blazedb
