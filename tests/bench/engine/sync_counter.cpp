// Stands in front of the C library for the calls that make bytes durable, counts them and passes them on: the dynamic linker resolves the calls of every
// library to the program's own functions first. LMDB writes its meta page through a file opened with O_DSYNC; such a write is a sync too.
// Does not include the headers of these functions: with fortified headers they are inline there already.
#include <atomic>
#include <cstdarg>
#include <cstddef>
#include <cstdint>

#include <linux/fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>

extern "C" long syscall(long number, ...) noexcept;

namespace {

std::atomic<std::uint64_t> syncCount{0};

constexpr int kMaxDescriptors = 4096;
std::atomic<bool> isWrittenDurably[kMaxDescriptors]; // O_DSYNC; O_SYNC has its bit

int openAndRemember(const char* path, int flags, unsigned mode)
{
    const int descriptor = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
    if (descriptor >= 0 && descriptor < kMaxDescriptors) isWrittenDurably[descriptor] = (flags & O_DSYNC) != 0;
    return descriptor;
}

ssize_t writeAt(int descriptor, const void* bytes, std::size_t size, off_t offset)
{
    if (descriptor >= 0 && descriptor < kMaxDescriptors && isWrittenDurably[descriptor]) ++syncCount;
    return syscall(SYS_pwrite64, descriptor, bytes, size, offset);
}

} // namespace

namespace blazedb::bench {

std::uint64_t syncsSoFar()
{
    return syncCount;
}

} // namespace blazedb::bench

extern "C" {

int fsync(int descriptor)
{
    ++syncCount;
    return static_cast<int>(syscall(SYS_fsync, descriptor));
}

int fdatasync(int descriptor)
{
    ++syncCount;
    return static_cast<int>(syscall(SYS_fdatasync, descriptor));
}

int msync(void* address, std::size_t size, int flags)
{
    ++syncCount;
    return static_cast<int>(syscall(SYS_msync, address, size, flags));
}

int open(const char* path, int flags, ...)
{
    std::va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = va_arg(arguments, unsigned); // without O_CREAT the kernel does not look at it
    va_end(arguments);
    return openAndRemember(path, flags, mode);
}

int open64(const char* path, int flags, ...)
{
    std::va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = va_arg(arguments, unsigned);
    va_end(arguments);
    return openAndRemember(path, flags, mode);
}

ssize_t pwrite(int descriptor, const void* bytes, std::size_t size, off_t offset)
{
    return writeAt(descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off_t offset)
{
    return writeAt(descriptor, bytes, size, offset);
}

} // extern "C"
