#include "tests/bench/engine/json_document.h"

#include <cstring>

#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {

void JsonDocument::copy(std::string_view json)
{
    if (m_buffer.size() < json.size() + simdjson::SIMDJSON_PADDING) m_buffer.resize(2 * (json.size() + simdjson::SIMDJSON_PADDING));
    std::memcpy(m_buffer.data(), json.data(), json.size());
    m_size = json.size();
}

simdjson::ondemand::document JsonDocument::parse()
{
    simdjson::ondemand::document document;
    if (m_parser.iterate(m_buffer.data(), m_size, m_buffer.size()).get(document) != simdjson::SUCCESS) fail("a document came back broken");
    return document;
}

std::int64_t JsonDocument::number()
{
    simdjson::ondemand::document document = parse();
    std::int64_t number = 0;
    if (document.find_field("number").get(number) != simdjson::SUCCESS) fail("a document came back without its number");
    return number;
}

void JsonDocument::addIfFiltered(Answer& answer)
{
    simdjson::ondemand::document document = parse();
    // In the order in which they are stored, and no more than is needed.
    std::int64_t priority = 0;
    if (document.find_field("priority").get(priority) != simdjson::SUCCESS) fail("a document came back without its priority");
    if (priority < kFilterPriorityMin) return;
    std::string_view status;
    if (document.find_field("status").get(status) != simdjson::SUCCESS) fail("a document came back without its status");
    if (status != kFilterStatus) return;
    std::int64_t number = 0;
    if (document.find_field_unordered("number").get(number) != simdjson::SUCCESS) fail("a document came back without its number");
    answer.add(number);
}

} // namespace blazedb::bench
