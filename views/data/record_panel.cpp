#include "views/data/record_panel.h"

#include <algorithm>

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "engine/codec/typed_json.h"
#include "views/data/live_marks.h"
#include "views/data/record_parts.h"
#include "views/data/value_panel.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {

RecordPanel::RecordPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_tabs(new QTabWidget(this))
    , m_fields(makeFieldTree(QStringLiteral("data.record.fields"), tr("Fields of the record"), m_tabs))
    , m_json(makeReadOnlyText(theme, QStringLiteral("data.record.json"), tr("The record as JSON"), m_tabs))
    , m_value(new ValuePanel(session, theme, m_tabs))
{
    setObjectName(QStringLiteral("data.record"));
    build();
}

void RecordPanel::build()
{
    nameControl(m_tabs, QStringLiteral("data.record.tabs"), tr("The chosen record"));
    m_tabs->setDocumentMode(true);
    m_fields->setRootIsDecorated(false);
    m_tabs->addTab(m_fields, tr("Record"));
    m_tabs->addTab(m_json, tr("JSON"));
    m_tabs->addTab(m_value, tr("Value"));
    makeColumn(this)->addWidget(m_tabs);
    connect(m_value, &ValuePanel::said, this, &RecordPanel::said);
    connect(m_fields, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && m_record && item->text(0) != m_value->field()) m_value->showValue(m_record->id, item->text(0));
    });
    connect(m_fields, &QTreeWidget::itemActivated, this, &RecordPanel::focusValue);
}

void RecordPanel::showRecord(const api::RecordRow* row, const QString& field)
{
    if (!row) {
        m_record.reset();
        m_fields->clear();
        m_json->clear();
        return m_value->showValue(std::nullopt, {});
    }
    const bool isOther = !m_record || m_record->id != row->record.id;
    const std::vector<std::string> changed = isOther ? std::vector<std::string>() : changedFields(*m_record, row->record);
    m_record = row->record;
    if (isOther) {
        fillFields();
        fillJson();
    } else if (!changed.empty()) {
        refill();
    }
    const bool isValueChanged = std::find(changed.begin(), changed.end(), toUtf8(field)) != changed.end();
    if (isOther || isValueChanged || m_value->field() != field) m_value->showValue(m_record->id, field);
}

/// The same record with other values: whoever reads it stays where he is.
void RecordPanel::refill()
{
    const QSignalBlocker blocker(m_fields);
    const QString current = m_fields->currentItem() ? m_fields->currentItem()->text(0) : QString();
    const int fieldsAt = m_fields->verticalScrollBar()->value();
    const int jsonAt = m_json->verticalScrollBar()->value();
    fillFields();
    fillJson();
    const QList<QTreeWidgetItem*> known = m_fields->findItems(current, Qt::MatchExactly, 0);
    if (!current.isEmpty() && !known.isEmpty()) m_fields->setCurrentItem(known.front());
    m_fields->verticalScrollBar()->setValue(fieldsAt);
    m_json->verticalScrollBar()->setValue(jsonAt);
}

void RecordPanel::setZone(ZoneChoice zone)
{
    m_zone = zone;
    m_value->setZone(zone);
    if (m_record) fillFields();
}

void RecordPanel::focusValue()
{
    m_tabs->setCurrentWidget(m_value);
    m_value->setFocus(Qt::ShortcutFocusReason);
}

void RecordPanel::saveValue()
{
    m_value->saveToFile();
}

void RecordPanel::addPage(QWidget* page, const QString& title)
{
    m_tabs->addTab(page, title);
}

void RecordPanel::showPage(QWidget* page)
{
    m_tabs->setCurrentWidget(page);
}

void RecordPanel::fillFields()
{
    m_fields->clear();
    for (const model::Field& field : m_record->fields) {
        const auto* plain = field.value.as<std::string>();
        const bool isSign = field.value.isNull() || (plain && plain->empty());
        QString text = field.value.isNull() ? QStringLiteral("null") : isSign ? QStringLiteral("\"\"") : formatCell(field.value, m_zone);
        if (field.isCut()) text += tr(" (%1)").arg(formatBytes(field.wholeBytes));
        auto* item = new QTreeWidgetItem(m_fields, {toQString(field.name), kindName(field.value.kind()), text});
        if (const auto* date = field.value.as<model::Date>()) item->setToolTip(2, formatIsoDate(*date, m_zone));
        else item->setToolTip(2, text);
        if (!isSign) continue;
        item->setForeground(2, m_theme.color(ColorToken::Null));
        QFont font = m_theme.monospaceFont();
        font.setItalic(field.value.isNull());
        item->setFont(2, font);
    }
    m_fields->resizeColumnToContents(0);
    m_fields->resizeColumnToContents(1);
}

void RecordPanel::fillJson()
{
    const auto& fields = m_record->fields;
    const auto cut = std::find_if(fields.begin(), fields.end(), [](const model::Field& field) { return field.isCut(); });
    if (cut == fields.end()) return m_json->setPlainText(toQString(codec::toIndentedTypedJson(*m_record)));
    m_json->setPlainText(tr("\"%1\" is large (%2): export the record, or see the value on the Value page.").arg(toQString(cut->name), formatBytes(cut->wholeBytes)));
}

} // namespace blazedb::views
