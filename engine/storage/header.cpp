#include "engine/storage/header.h"

#include <algorithm>

#include "engine/crypto/digest.h"
#include "engine/crypto/key_derivation.h"

namespace blazedb::storage {

namespace {

constexpr std::string_view kHeaderMagic = "BLAZEHDR";
constexpr std::string_view kWitnessMagic = "BLAZEWIT";
constexpr std::size_t kCodeBytes = 32;
constexpr std::size_t kHeaderCodeOffset = kBlockBytes - kCodeBytes;
constexpr std::size_t kWitnessBytes = 512;

void storeExtent(std::byte* at, const LogExtent& extent)
{
    storeLe<std::uint32_t>(at, extent.firstPage);
    storeLe<std::uint32_t>(at + 4, extent.pages);
}

LogExtent loadExtent(const std::byte* at)
{
    return {loadLe<std::uint32_t>(at), loadLe<std::uint32_t>(at + 4)};
}

} // namespace

HeaderKeys::HeaderKeys(ByteView dataKey, const FileId& fileId)
    : m_headerKey(crypto::hkdfSha256(dataKey, fileId, "blaze header"))
    , m_witnessKey(crypto::hkdfSha256(dataKey, fileId, "blaze witness"))
{
}

Bytes HeaderKeys::encode(const Header& header) const
{
    Bytes block(kBlockBytes);
    std::byte* at = block.data();
    std::memcpy(at, kHeaderMagic.data(), kHeaderMagic.size());
    storeLe<std::uint64_t>(at + 8, header.generation);
    storeLe<std::uint64_t>(at + 16, header.sequence);
    storeLe<std::uint64_t>(at + 24, header.writtenAtMs);
    storeRun(at + 32, header.catalogue);
    storeRun(at + 64, header.freeList);
    storeLe<std::uint32_t>(at + 96, header.pageCount);
    storeExtent(at + 104, header.log.current);
    storeExtent(at + 112, header.log.next);
    storeLe<std::uint64_t>(at + 120, header.log.offset);
    storeLe<std::uint64_t>(at + 128, header.log.lsn);
    std::copy(header.log.previousTag.begin(), header.log.previousTag.end(), at + 136);
    std::copy(header.logSalt.begin(), header.logSalt.end(), at + 152);
    const auto code = crypto::hmacSha256(m_headerKey.view(), ByteView(block).first(kHeaderCodeOffset));
    std::copy(code.begin(), code.end(), at + kHeaderCodeOffset);
    return block;
}

std::optional<Header> HeaderKeys::decode(ByteView block) const
{
    if (block.size() != kBlockBytes || asText(block.first(kHeaderMagic.size())) != kHeaderMagic) return std::nullopt;
    const auto code = crypto::hmacSha256(m_headerKey.view(), block.first(kHeaderCodeOffset));
    if (!crypto::equalInConstantTime(code, block.subspan(kHeaderCodeOffset))) return std::nullopt;
    const std::byte* at = block.data();
    Header header;
    header.generation = loadLe<std::uint64_t>(at + 8);
    header.sequence = loadLe<std::uint64_t>(at + 16);
    header.writtenAtMs = loadLe<std::uint64_t>(at + 24);
    header.catalogue = loadRun(at + 32);
    header.freeList = loadRun(at + 64);
    header.pageCount = loadLe<std::uint32_t>(at + 96);
    header.log.current = loadExtent(at + 104);
    header.log.next = loadExtent(at + 112);
    header.log.offset = loadLe<std::uint64_t>(at + 120);
    header.log.lsn = loadLe<std::uint64_t>(at + 128);
    std::copy_n(at + 136, kTagBytes, header.log.previousTag.begin());
    std::copy_n(at + 152, kSaltBytes, header.logSalt.begin());
    return header;
}

Bytes HeaderKeys::encodeWitness(std::uint64_t generation) const
{
    Bytes block(kWitnessBytes);
    std::memcpy(block.data(), kWitnessMagic.data(), kWitnessMagic.size());
    storeLe<std::uint64_t>(block.data() + 8, generation);
    const auto code = crypto::hmacSha256(m_witnessKey.view(), ByteView(block).first(16));
    std::copy(code.begin(), code.end(), block.begin() + 16);
    return block;
}

std::optional<std::uint64_t> HeaderKeys::decodeWitness(ByteView block) const
{
    if (block.size() < 16 + kCodeBytes || asText(block.first(kWitnessMagic.size())) != kWitnessMagic) return std::nullopt;
    const auto code = crypto::hmacSha256(m_witnessKey.view(), block.first(16));
    if (!crypto::equalInConstantTime(code, block.subspan(16, kCodeBytes))) return std::nullopt;
    return loadLe<std::uint64_t>(block.data() + 8);
}

Result<HeaderReading> readHeader(const File& file, const HeaderKeys& keys)
{
    HeaderReading reading;
    std::optional<Header> newest;
    Bytes block(kBlockBytes);
    for (std::size_t i = 0; i < 2; ++i) {
        block.resize(kBlockBytes);
        BLAZE_TRY_VALUE(const std::size_t got, file.readAt(kHeaderOffset[i], block));
        block.resize(got);
        const auto header = keys.decode(block);
        if (!header || header->generation % 2 != i) continue;
        reading.isSound[i] = true;
        if (!newest || header->generation > newest->generation) newest = header;
    }
    block.resize(kWitnessBytes);
    BLAZE_TRY_VALUE(const std::size_t got, file.readAt(kWitnessOffset, block));
    const auto witness = keys.decodeWitness(ByteView(block).first(got));
    reading.isWitnessSound = witness.has_value();
    if (!newest) return Error{ErrorCode::Corruption, "both header slots are damaged (bytes 8192 to 16383)"};
    if (witness && *witness > newest->generation) {
        const std::string offset = std::to_string(kHeaderOffset[*witness % 2]);
        return Error{ErrorCode::Corruption, "the newest header is damaged: generation " + std::to_string(*witness) + " at byte " + offset +
                                                " is lost, and generation " + std::to_string(newest->generation) + " is older"};
    }
    reading.header = *newest;
    return reading;
}

Result<void> writeHeader(File& file, const HeaderKeys& keys, const Header& header)
{
    BLAZE_TRY(file.writeAt(kHeaderOffset[header.generation % 2], keys.encode(header)));
    BLAZE_TRY(file.sync());
    BLAZE_TRY(file.writeAt(kWitnessOffset, keys.encodeWitness(header.generation)));
    return file.sync();
}

} // namespace blazedb::storage
