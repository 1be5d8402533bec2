#include "engine/codec/row_encoder.h"

#include <algorithm>

#include "engine/codec/row_values.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

bool isNarrow(std::string_view name)
{
    return std::all_of(name.begin(), name.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

Error twins(const std::string& name)
{
    return {ErrorCode::InvalidArgument, "two fields of the record are called " + name};
}

/// Different spellings of one name have different numbers, so equal numbers do not show them.
Result<void> refuseTwins(const model::Record& record)
{
    if (std::all_of(record.fields.begin(), record.fields.end(), [](const model::Field& field) { return isNarrow(field.name); })) return {};
    std::vector<std::string> names;
    for (const model::Field& field : record.fields) names.push_back(model::toNfc(field.name));
    std::sort(names.begin(), names.end());
    const auto twin = std::adjacent_find(names.begin(), names.end());
    if (twin != names.end()) return twins(*twin);
    return {};
}

bool isKey(const model::Record& record, const model::Field& field)
{
    const auto* id = field.value.as<model::Uuid>();
    return id != nullptr && *id == record.id && field.name == model::fieldname::kId;
}

void store(std::byte*& at, std::uint8_t widthCode, std::uint32_t value)
{
    if (widthCode == 0) storeLe(at, static_cast<std::uint8_t>(value));
    else if (widthCode == 1) storeLe(at, static_cast<std::uint16_t>(value));
    else storeLe(at, value);
    at += row::widthOf(widthCode);
}

} // namespace

RowEncoder::RowEncoder(FieldNumbering& numbers)
    : m_numbers(numbers)
{
}

Result<void> RowEncoder::recallShape(const model::Record& record)
{
    const bool isKnown = std::equal(record.fields.begin(), record.fields.end(), m_shape.begin(), m_shape.end(),
                                    [](const model::Field& field, const auto& known) { return field.name == known.first; });
    if (isKnown) return {};
    m_shape.clear();
    BLAZE_TRY(refuseTwins(record));
    std::vector<std::pair<std::string, FieldNumber>> shape;
    for (const model::Field& field : record.fields) {
        BLAZE_TRY_VALUE(const FieldNumber number, m_numbers.numberOf(field.name));
        shape.emplace_back(field.name, number);
    }
    std::vector<FieldNumber> sorted;
    for (const auto& [name, number] : shape) sorted.push_back(number);
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return Error{ErrorCode::InvalidArgument, "two fields of the record have the same name"};
    m_shape = std::move(shape);
    return {};
}

Result<ByteView> RowEncoder::encode(const model::Record& record, MissingId missingId)
{
    if (record.fields.size() > kMaxRowFields) return Error{ErrorCode::InvalidArgument, "a record of more than 65,535 fields"};
    BLAZE_TRY(recallShape(record));
    m_slots.clear();
    m_values.clear();
    bool idIsKey = missingId == MissingId::BecomesKey && record.find(model::fieldname::kId) == nullptr;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const model::Field& field = record.fields[i];
        if (field.isCut()) return Error{ErrorCode::InvalidArgument, "the field " + field.name + " holds only the beginning of its value"};
        if (isKey(record, field)) {
            idIsKey = true;
            continue;
        }
        const auto begin = static_cast<std::uint32_t>(m_values.size());
        if (auto appended = row::appendValue(m_values, field.value, false); !appended) return std::move(appended).error().in("field " + field.name);
        m_slots.push_back({m_shape[i].second, begin, static_cast<std::uint32_t>(m_values.size())});
    }
    layOut(idIsKey);
    if (m_row.size() > kMaxRowBytes) return Error{ErrorCode::InvalidArgument, "a record of more than 1 GiB"};
    return ByteView(m_row);
}

void RowEncoder::layOut(bool idIsKey)
{
    const auto bySize = [](const Slot& a, const Slot& b) { return std::pair(a.end - a.begin, a.number) < std::pair(b.end - b.begin, b.number); };
    const auto byNumber = [](const Slot& a, const Slot& b) { return a.number < b.number; };
    FieldNumber greatest = 0;
    std::uint32_t lastStart = 0;
    if (!m_slots.empty()) {
        // The longest value last: it needs no start of its own to be wide, and all others lie at the beginning of the row.
        std::iter_swap(std::max_element(m_slots.begin(), m_slots.end(), bySize), m_slots.end() - 1);
        std::sort(m_slots.begin(), m_slots.end() - 1, byNumber);
        greatest = std::max_element(m_slots.begin(), m_slots.end(), byNumber)->number;
        lastStart = static_cast<std::uint32_t>(m_values.size()) - (m_slots.back().end - m_slots.back().begin);
    }
    const std::uint8_t numberCode = row::widthCodeFor(greatest);
    const std::uint8_t startCode = row::widthCodeFor(lastStart);
    const std::size_t count = m_slots.size();
    const std::size_t starts = count == 0 ? 0 : count - 1;

    const std::size_t countBytes = count < 0x80 ? 1 : count < 0x4000 ? 2 : 3;
    m_row.resize(1 + countBytes + count * row::widthOf(numberCode) + starts * row::widthOf(startCode) + m_values.size());
    std::byte* at = m_row.data();
    *at++ = static_cast<std::byte>(row::kVersion << row::kVersionShift | (idIsKey ? row::kIdIsKeyBit : 0) | numberCode << 2 | startCode);
    for (std::size_t rest = count, i = countBytes; i > 0; --i, rest >>= 7U) *at++ = static_cast<std::byte>((rest & 0x7FU) | (i > 1 ? 0x80U : 0U));
    for (const Slot& slot : m_slots) store(at, numberCode, slot.number);
    std::uint32_t start = 0;
    for (std::size_t i = 0; i < starts; ++i) {
        start += m_slots[i].end - m_slots[i].begin;
        store(at, startCode, start);
    }
    for (const Slot& slot : m_slots) at = std::copy(m_values.begin() + slot.begin, m_values.begin() + slot.end, at);
}

} // namespace blazedb::codec
