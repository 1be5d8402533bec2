#include "engine/codec/row_form.h"

#include "engine/codec/blaze_binary.h"
#include "engine/codec/row_field_source.h"

namespace blazedb::codec {

namespace {

class BlazeBinaryForm final : public RowForm {
public:
    [[nodiscard]] std::unique_ptr<StoredRecord> reader() const override { return std::make_unique<RecordReader>(); }
    [[nodiscard]] Result<std::vector<model::Field>> decode(const model::Uuid&, ByteView bytes, const DecodeOptions& options) const override
    {
        return decodeRecord(bytes, options);
    }
};

class NativeRecord final : public StoredRecord {
public:
    explicit NativeRecord(const FieldNames& names)
        : m_names(names)
        , m_fields(names)
    {
    }

    Result<void> open(const model::Uuid& id, ByteView bytes) override
    {
        m_isOutlined = false;
        BLAZE_TRY(checkRow(bytes, m_names, m_scratch));
        BLAZE_TRY_VALUE(m_row, RowView::open(bytes));
        m_fields.move(id, m_row);
        return {};
    }
    const model::Value* field(std::string_view name) override { return m_fields.field(name); }
    [[nodiscard]] const std::vector<FieldOutline>& outline() const override
    {
        if (m_isOutlined) return m_outline;
        m_outline.clear();
        if (m_row.idIsKey()) m_outline.push_back({model::fieldname::kId, model::ValueKind::Uuid, 0});
        for (std::size_t i = 0; i < m_row.count(); ++i) {
            const auto span = m_row.span(i);
            const auto value = m_row.value(i);
            if (span && value) m_outline.push_back({*m_names.name(m_row.number(i)), value->kind(), span->size()}); // open() checked all three
        }
        m_isOutlined = true;
        return m_outline;
    }

private:
    const FieldNames& m_names;
    RowView m_row;
    RowFieldSource m_fields;
    model::Value m_scratch;
    mutable std::vector<FieldOutline> m_outline;
    mutable bool m_isOutlined = false;
};

class NativeForm final : public RowForm {
public:
    explicit NativeForm(const FieldNames& names)
        : m_names(names)
    {
    }
    [[nodiscard]] std::unique_ptr<StoredRecord> reader() const override { return std::make_unique<NativeRecord>(m_names); }
    [[nodiscard]] Result<std::vector<model::Field>> decode(const model::Uuid& id, ByteView bytes, const DecodeOptions& options) const override
    {
        return decodeRow(id, bytes, m_names, options);
    }

private:
    const FieldNames& m_names;
};

} // namespace

const RowForm& blazeBinaryForm()
{
    static const BlazeBinaryForm form;
    return form;
}

std::unique_ptr<RowForm> makeNativeForm(const FieldNames& names)
{
    return std::make_unique<NativeForm>(names);
}

} // namespace blazedb::codec
