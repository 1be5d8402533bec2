// What this process has done to the disk and taken of the machine.
#pragma once

#include <cstdint>
#include <string>

namespace blazedb::bench {

/// fsync, fdatasync, msync and writes to files opened with O_DSYNC or O_SYNC, by whichever library: sync_counter.cpp stands in front of the C library.
std::uint64_t syncsSoFar();

/// Bytes handed to the block layer, as /proc/self/io counts them (write_bytes).
std::uint64_t bytesWrittenSoFar();

double cpuSeconds(); ///< User and system, all threads.
std::uint64_t residentBytes();
/// The most since the last resetPeak().
std::uint64_t peakResidentBytes();
void resetPeak();

/// Waits until this process has done nearly nothing for a while, so that compactions and checkpoints of one work are not measured in the next. At most 20 s.
void waitUntilIdle();

/// Bytes that the files below a folder take on disk, by blocks.
std::uint64_t bytesOnDisk(const std::string& folder);

} // namespace blazedb::bench
