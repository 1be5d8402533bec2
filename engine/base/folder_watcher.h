// The door to "something in this folder changed": the kernel's notices where they can be had, a short pause otherwise.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

namespace blazedb {

/// A hint, never a proof: notices can be late, missing (network file systems, a full queue) or about somebody else's file. Who
/// waits here looks at the files themselves, also when the wait only ran out. Thread-safety: none; one owner.
class FolderWatch {
public:
    virtual ~FolderWatch() = default;
    /// Waits until something in the folder may have changed since the last call, `atMost` has passed, or a stop is asked for.
    /// True when something may have changed.
    virtual bool wait(std::chrono::milliseconds atMost, const std::stop_token& stop) = 0;
    /// Whether the system tells of changes; otherwise every wait is a pause of at most kPollingPause.
    [[nodiscard]] virtual bool isNotified() const = 0;

    static constexpr std::chrono::milliseconds kPollingPause{100};
};

/// Any thread.
class FolderWatcher {
public:
    virtual ~FolderWatcher() = default;
    /// Never fails: a folder that cannot be watched, or is not there yet, is polled.
    virtual std::unique_ptr<FolderWatch> watch(const std::string& folder) = 0;
};

/// Whether the folder lies on a drive of another machine: what others write there this machine's kernel does not tell, and every
/// look takes a trip. False where nobody can tell. Any thread; blocks.
bool isOnNetwork(const std::string& folder);

/// inotify where the system has it and the folder lies on a local disk, polling otherwise. The object lives as long as the program.
FolderWatcher& localFolderWatcher();
/// Always polls. The object lives as long as the program.
FolderWatcher& pollingFolderWatcher();

} // namespace blazedb
