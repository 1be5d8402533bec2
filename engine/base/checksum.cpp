#include "engine/base/checksum.h"

#include <array>

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
    for (const std::byte byte : bytes) state = (state ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3ULL;
    return state;
}

} // namespace blazedb
