// Where an expression finds the fields of the record it is asked about. Lets a scan decode only what it compares.
#pragma once

#include <string_view>

#include "engine/model/record.h"

namespace blazedb::model {

/// Thread-safety: none; one owner.
class FieldSource {
public:
    virtual ~FieldSource() = default;
    /// The field's value, or null when it is missing. Valid until the source moves to another record.
    virtual const Value* field(std::string_view name) = 0;
};

/// A decoded record as a source. Borrows it.
class RecordFieldSource final : public FieldSource {
public:
    explicit RecordFieldSource(const Record& record)
        : m_record(record)
    {
    }
    const Value* field(std::string_view name) override
    {
        const Field* found = m_record.find(name);
        return found != nullptr ? &found->value : nullptr;
    }

private:
    const Record& m_record;
};

} // namespace blazedb::model
