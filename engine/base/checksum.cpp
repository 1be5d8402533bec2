#include "engine/base/checksum.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "engine/base/assert.h"

namespace blazedb {

namespace {

constexpr int kSlices = 8;
using CrcTables = std::array<std::array<std::uint32_t, 256>, kSlices>;

/// Table k maps a byte to its effect on the CRC when k more bytes follow ("slicing by 8").
constexpr CrcTables makeCrcTables()
{
    CrcTables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? 0xEDB88320U ^ (crc >> 1U) : crc >> 1U;
        tables[0][byte] = crc;
    }
    for (std::size_t slice = 1; slice < kSlices; ++slice)
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[slice - 1][byte];
            tables[slice][byte] = tables[0][before & 0xFFU] ^ (before >> 8U);
        }
    return tables;
}

constexpr CrcTables kCrc = makeCrcTables();

constexpr std::uint64_t kFnvPrime = 0x100000001B3ULL;

/// One run on its way through the checksum.
struct FnvLane {
    const std::byte* at = nullptr;
    std::size_t left = 0;
    std::uint64_t state = kFnvBasis;
    std::size_t run = 0;
};

std::uint64_t fnvStep(std::uint64_t state, std::byte byte)
{
    return (state ^ std::to_integer<std::uint64_t>(byte)) * kFnvPrime;
}

/// Takes each of four lanes `count` bytes on: a multiplication takes as long as three to four can begin.
struct FourLanes {
    static constexpr std::size_t kLanes = 4;
    static void advance(std::array<FnvLane, kLanes>& lanes, std::size_t count)
    {
        // Spelled out: in variables of their own all four stay in registers.
        const std::byte* const first = lanes[0].at;
        const std::byte* const second = lanes[1].at;
        const std::byte* const third = lanes[2].at;
        const std::byte* const fourth = lanes[3].at;
        std::uint64_t a = lanes[0].state;
        std::uint64_t b = lanes[1].state;
        std::uint64_t c = lanes[2].state;
        std::uint64_t d = lanes[3].state;
        for (std::size_t i = 0; i < count; ++i) {
            a = fnvStep(a, first[i]);
            b = fnvStep(b, second[i]);
            c = fnvStep(c, third[i]);
            d = fnvStep(d, fourth[i]);
        }
        lanes[0].state = a;
        lanes[1].state = b;
        lanes[2].state = c;
        lanes[3].state = d;
    }
};

#if defined(__x86_64__)
/// The same for sixteen lanes, on processors that multiply eight numbers of 64 bits at once; two such multiplications on their
/// way hide each other's time.
struct SixteenLanes {
    static constexpr std::size_t kLanes = 16;
    using Eight = std::uint64_t __attribute__((vector_size(64)));
    static constexpr std::size_t kWordBytes = sizeof(std::uint64_t);

    static bool isSupported() { return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0; }
    __attribute__((target("avx512f,avx512dq"))) static void advance(std::array<FnvLane, kLanes>& lanes, std::size_t count)
    {
        Eight left{};
        Eight right{};
        for (std::size_t lane = 0; lane < 8; ++lane) {
            left[lane] = lanes[lane].state;
            right[lane] = lanes[8 + lane].state;
        }
        std::size_t done = 0;
        for (; done + kWordBytes <= count; done += kWordBytes) {
            const FnvLane* const l = lanes.data();
            Eight leftWords{word(l[0], done), word(l[1], done), word(l[2], done), word(l[3], done),
                            word(l[4], done), word(l[5], done), word(l[6], done), word(l[7], done)};
            Eight rightWords{word(l[8], done),  word(l[9], done),  word(l[10], done), word(l[11], done),
                             word(l[12], done), word(l[13], done), word(l[14], done), word(l[15], done)};
            for (std::size_t byte = 0; byte < kWordBytes; ++byte) {
                left = (left ^ (leftWords & 0xFFU)) * kFnvPrime;
                right = (right ^ (rightWords & 0xFFU)) * kFnvPrime;
                leftWords >>= 8;
                rightWords >>= 8;
            }
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane].state = fnv1a64({lanes[lane].at + done, count - done}, lane < 8 ? left[lane] : right[lane - 8]);
    }

private:
    /// Eight bytes, the first lowest on these processors.
    static std::uint64_t word(const FnvLane& lane, std::size_t offset)
    {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, lane.at + offset, kWordBytes);
        return bytes;
    }
};
#endif

template <typename Lanes>
void fnvEach(std::span<const ByteView> runs, std::span<std::uint64_t> sums)
{
    std::array<FnvLane, Lanes::kLanes> lanes;
    std::size_t begun = 0;
    std::size_t running = 0;
    const auto begin = [&](FnvLane& lane) {
        lane = {runs[begun].data(), runs[begun].size(), kFnvBasis, begun};
        ++begun;
    };
    while (running < lanes.size() && begun < runs.size()) begin(lanes[running++]);
    while (running == lanes.size()) {
        const auto shortest = std::min_element(lanes.begin(), lanes.end(), [](const FnvLane& a, const FnvLane& b) { return a.left < b.left; });
        const std::size_t count = shortest->left;
        Lanes::advance(lanes, count);
        for (FnvLane& lane : lanes) {
            lane.at += count;
            lane.left -= count;
        }
        sums[shortest->run] = shortest->state;
        if (begun < runs.size()) begin(*shortest);
        else std::swap(*shortest, lanes[--running]);
    }
    for (std::size_t lane = 0; lane < running; ++lane) sums[lanes[lane].run] = fnv1a64({lanes[lane].at, lanes[lane].left}, lanes[lane].state);
}

} // namespace

std::uint32_t crc32(ByteView bytes)
{
    std::uint32_t crc = 0xFFFFFFFFU;
    const std::byte* data = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, data += 8) {
        const std::uint32_t low = crc ^ loadLe<std::uint32_t>(data);
        const std::uint32_t high = loadLe<std::uint32_t>(data + 4);
        crc = kCrc[7][low & 0xFFU] ^ kCrc[6][(low >> 8U) & 0xFFU] ^ kCrc[5][(low >> 16U) & 0xFFU] ^ kCrc[4][low >> 24U]
            ^ kCrc[3][high & 0xFFU] ^ kCrc[2][(high >> 8U) & 0xFFU] ^ kCrc[1][(high >> 16U) & 0xFFU] ^ kCrc[0][high >> 24U];
    }
    for (; left > 0; --left, ++data) crc = kCrc[0][(crc ^ std::to_integer<std::uint32_t>(*data)) & 0xFFU] ^ (crc >> 8U);
    return ~crc;
}

std::uint64_t fnv1a64(ByteView bytes, std::uint64_t state)
{
    for (const std::byte byte : bytes) state = fnvStep(state, byte);
    return state;
}

void fnv1a64Each(std::span<const ByteView> runs, std::span<std::uint64_t> sums)
{
    BLAZE_ASSERT(runs.size() == sums.size());
#if defined(__x86_64__)
    if (runs.size() >= SixteenLanes::kLanes && SixteenLanes::isSupported()) return fnvEach<SixteenLanes>(runs, sums);
#endif
    fnvEach<FourLanes>(runs, sums);
}

} // namespace blazedb
