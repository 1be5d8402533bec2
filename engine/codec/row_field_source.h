// A row as the source of an expression's fields: filters run on it without a Record being built.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/codec/row_reader.h"
#include "engine/model/field_source.h"

namespace blazedb::codec {

/// Reuse one for a whole scan: names are looked up once, and decoded values keep their memory. Thread-safety: none; one owner.
class RowFieldSource final : public model::FieldSource {
public:
    /// Borrows the names.
    explicit RowFieldSource(const FieldNames& names);

    /// Moves to another row; borrows its bytes until the next move.
    void move(const model::Uuid& key, const RowView& row);

    /// Decoded when asked for. A value that is damaged counts as missing; problem() tells.
    const model::Value* field(std::string_view name) override;
    /// The first damage met in this row, or null.
    [[nodiscard]] const Error* problem() const { return m_problem ? &*m_problem : nullptr; }

private:
    struct Known {
        std::string name;
        std::vector<FieldNumber> numbers;
        bool isId = false;
        std::uint64_t decodedFor = 0; ///< The move it was decoded after.
        bool isThere = false;
        model::Value value;
    };
    Known& known(std::string_view name);
    void lookUpAgain();
    void decode(Known& field);

    const FieldNames& m_names;
    model::Uuid m_key;
    RowView m_row;
    std::uint64_t m_moves = 0;
    std::size_t m_namesSeen; ///< How many there were when the numbers of m_known were looked up.
    std::vector<std::unique_ptr<Known>> m_known; ///< Few: the fields that are asked for.
    std::optional<Error> m_problem;
};

} // namespace blazedb::codec
