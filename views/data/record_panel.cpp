#include "views/data/record_panel.h"

#include <algorithm>

#include <QComboBox>
#include <QImageReader>
#include <QBuffer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "engine/codec/typed_json.h"
#include "views/session/session.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr std::uint64_t kPartBytes = 64 * 1024;
constexpr std::uint64_t kMoreBytes = 1024 * 1024;
constexpr int kImageSideMax = 4096;
constexpr int kTreeItemsMax = 5000;

void addTreeItems(QTreeWidgetItem* parent, const QString& name, const model::Value& value, int& left)
{
    if (--left < 0) return;
    auto* item = new QTreeWidgetItem(parent, {name, kindName(value.kind()), formatCell(value, ZoneChoice::Local)});
    if (const auto* array = value.as<model::Array>()) {
        for (std::size_t i = 0; i < array->size(); ++i) addTreeItems(item, QStringLiteral("[%1]").arg(i), (*array)[i], left);
    } else if (const auto* dictionary = value.as<model::Dictionary>()) {
        for (const model::DictionaryEntry& entry : *dictionary) addTreeItems(item, toQString(entry.key), entry.value, left);
    }
}

QPlainTextEdit* makeText(const Theme& theme, const QString& name, const QString& title, QWidget* parent)
{
    auto* text = new QPlainTextEdit(parent);
    nameControl(text, name, title);
    text->setReadOnly(true);
    text->setFont(theme.monospaceFont());
    text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    return text;
}

QTreeWidget* makeTree(const QString& name, const QString& title, QWidget* parent)
{
    auto* tree = new QTreeWidget(parent);
    nameControl(tree, name, title);
    tree->setHeaderLabels({RecordPanel::tr("Field"), RecordPanel::tr("Kind"), RecordPanel::tr("Value")});
    tree->setUniformRowHeights(true);
    return tree;
}

} // namespace

RecordPanel::RecordPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_tabs(new QTabWidget(this))
    , m_fields(makeTree(QStringLiteral("data.record.fields"), tr("Fields of the record"), m_tabs))
    , m_json(makeText(theme, QStringLiteral("data.record.json"), tr("The record as JSON"), m_tabs))
{
    setObjectName(QStringLiteral("data.record"));
    build();
    showRecord(nullptr, {});
}

void RecordPanel::build()
{
    m_tabs->setObjectName(QStringLiteral("data.record.tabs"));
    m_tabs->setDocumentMode(true);
    m_fields->setRootIsDecorated(false);
    auto* page = new QWidget(m_tabs);
    m_form = new QComboBox(page);
    nameControl(m_form, QStringLiteral("data.value.form"), tr("Form of the value"));
    for (const QString& name : {tr("Text"), tr("Tree"), tr("JSON"), tr("Hex"), tr("Image")}) m_form->addItem(name);
    m_facts = makeLabel({}, TextRole::Muted, page);
    m_facts->setObjectName(QStringLiteral("data.value.facts"));
    m_more = new QPushButton(tr("Read More"), page);
    nameControl(m_more, QStringLiteral("data.value.more"), tr("Read more of the value"));
    m_forms = new QStackedWidget(page);
    m_text = makeText(m_theme, QStringLiteral("data.value.text"), tr("The value as text"), m_forms);
    m_tree = makeTree(QStringLiteral("data.value.tree"), tr("The value as a tree"), m_forms);
    auto* scroll = new QScrollArea(m_forms);
    m_image = new QLabel(scroll);
    m_image->setObjectName(QStringLiteral("data.value.image"));
    m_image->setAlignment(Qt::AlignCenter);
    scroll->setWidget(m_image);
    scroll->setWidgetResizable(true);
    m_forms->addWidget(m_text);
    m_forms->addWidget(m_tree);
    m_forms->addWidget(scroll);
    auto* bar = makeRow();
    bar->addWidget(m_form);
    bar->addWidget(m_facts, 1);
    bar->addWidget(m_more);
    auto* column = makeColumn(page);
    column->setContentsMargins(0, Theme::unit(), 0, 0);
    column->addLayout(bar);
    column->addWidget(m_forms, 1);
    m_tabs->addTab(m_fields, tr("Record"));
    m_tabs->addTab(m_json, tr("JSON"));
    m_tabs->addTab(page, tr("Value"));
    makeColumn(this)->addWidget(m_tabs);
    connect(m_form, &QComboBox::activated, this, &RecordPanel::drawValue);
    connect(m_more, &QPushButton::clicked, this, [this] { readPart(kMoreBytes); });
    connect(m_fields, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && m_id && item->text(0) != m_field) showValue(item->text(0));
    });
}

void RecordPanel::showRecord(const api::RecordRow* row, const QString& field)
{
    if (!row) {
        m_id.reset();
        m_fields->clear();
        m_json->clear();
        m_text->clear();
        m_tree->clear();
        m_image->clear();
        m_facts->clear();
        m_more->hide();
        return;
    }
    if (m_id != row->record.id) {
        m_id = row->record.id;
        fillFields(row->record);
        fillJson(row->record);
    }
    showValue(field);
}

void RecordPanel::fillFields(const model::Record& record)
{
    m_fields->clear();
    for (const model::Field& field : record.fields) {
        QString text = field.value.isNull() ? QStringLiteral("null") : formatCell(field.value, ZoneChoice::Local);
        if (field.isCut()) text += tr(" (%1)").arg(formatBytes(field.wholeBytes));
        m_fields->addTopLevelItem(new QTreeWidgetItem({toQString(field.name), kindName(field.value.kind()), text}));
    }
    m_fields->resizeColumnToContents(0);
    m_fields->resizeColumnToContents(1);
}

void RecordPanel::fillJson(const model::Record& record)
{
    const auto cut = std::find_if(record.fields.begin(), record.fields.end(), [](const model::Field& field) { return field.isCut(); });
    if (cut == record.fields.end()) return m_json->setPlainText(toQString(codec::toIndentedTypedJson(record)));
    m_json->setPlainText(tr("\"%1\" is large (%2): export the record, or see the value on the Value page.")
                             .arg(toQString(cut->name), formatBytes(cut->wholeBytes)));
}

void RecordPanel::showValue(const QString& field)
{
    m_field = field;
    m_value = {};
    m_session.jobs().cancel(m_job);
    if (m_id && !field.isEmpty()) readPart(kPartBytes);
}

void RecordPanel::readPart(std::uint64_t count)
{
    const api::ValueRef value{*m_id, toUtf8(m_field)};
    const api::ByteRange range{m_value.bytes.size(), count};
    m_job = m_session.jobs().run(
        {.title = tr("Read value"), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), value, range](const api::CallContext& context) { return records.readValue(context, value, range); },
        [this, value](Result<api::ValuePart> part) {
            if (!m_id || value.id != *m_id || value.field != toUtf8(m_field)) return;
            if (!part) {
                m_text->clear();
                m_facts->setText(part.error().code == ErrorCode::NotFound ? tr("missing in this record") : errorHeadline(part.error()));
                m_forms->setCurrentIndex(0);
                m_more->hide();
                return;
            }
            const bool isFirst = m_value.bytes.empty();
            Bytes soFar = std::move(m_value.bytes);
            soFar.insert(soFar.end(), part->bytes.begin(), part->bytes.end());
            m_value = std::move(*part);
            m_value.bytes = std::move(soFar);
            if (isFirst) {
                const bool isContainer = m_value.kind == model::ValueKind::Array || m_value.kind == model::ValueKind::Dictionary;
                const bool isImage = m_value.kind == model::ValueKind::Data && !bytesKind(m_value.bytes).isEmpty() && bytesKind(m_value.bytes) != QLatin1String("bytes");
                const Form best = isContainer ? Form::Tree : isImage ? Form::Image : m_value.kind == model::ValueKind::Data ? Form::Hex : Form::Text;
                m_form->setCurrentIndex(static_cast<int>(best));
            }
            drawValue();
        });
}

RecordPanel::Form RecordPanel::form() const
{
    return static_cast<Form>(m_form->currentIndex());
}

void RecordPanel::drawValue()
{
    const bool isWhole = m_value.bytes.size() >= m_value.wholeBytes;
    m_facts->setText(tr("%1 · %2 · %3").arg(m_field, kindName(m_value.kind),
                                            isWhole ? formatBytes(m_value.wholeBytes)
                                                    : tr("%1 of %2 read").arg(formatBytes(m_value.bytes.size()), formatBytes(m_value.wholeBytes))));
    m_more->setVisible(!isWhole);
    const QByteArray bytes(reinterpret_cast<const char*>(m_value.bytes.data()), static_cast<qsizetype>(m_value.bytes.size()));
    const bool isText = m_value.kind == model::ValueKind::Text;
    switch (form()) {
    case Form::Text: m_text->setPlainText(QString::fromUtf8(bytes)); break;
    case Form::Json:
        m_text->setPlainText(isText && isWhole ? toQString(codec::toTypedJson(model::Value(bytes.toStdString()))) : QString::fromUtf8(bytes));
        break;
    case Form::Hex: m_text->setPlainText(hexText()); break;
    case Form::Tree: {
        m_tree->clear();
        int left = kTreeItemsMax;
        const auto value = isText ? Result<model::Value>(model::Value(bytes.toStdString())) : codec::parseTypedJson(asText(m_value.bytes));
        if (value && isWhole) addTreeItems(m_tree->invisibleRootItem(), m_field, *value, left);
        else new QTreeWidgetItem(m_tree, {isWhole ? tr("This value has no tree.") : tr("Read all of the value to see its tree.")});
        m_tree->expandToDepth(1);
        break;
    }
    case Form::Image: {
        QBuffer buffer;
        buffer.setData(bytes);
        QImageReader reader(&buffer);
        const QSize size = reader.size();
        if (!isWhole) m_image->setText(tr("Read all of the value to see the image."));
        else if (size.width() > kImageSideMax || size.height() > kImageSideMax) m_image->setText(tr("The image is too large to show."));
        else if (const QImage image = reader.read(); image.isNull()) m_image->setText(tr("This value is not an image that can be shown."));
        else m_image->setPixmap(QPixmap::fromImage(image));
        break;
    }
    }
    m_forms->setCurrentIndex(form() == Form::Tree ? 1 : form() == Form::Image ? 2 : 0);
}

QString RecordPanel::hexText() const
{
    constexpr std::size_t kLine = 16;
    QString text;
    for (std::size_t at = 0; at < m_value.bytes.size(); at += kLine) {
        QString hex;
        QString characters;
        for (std::size_t i = at; i < std::min(at + kLine, m_value.bytes.size()); ++i) {
            const auto byte = std::to_integer<unsigned>(m_value.bytes[i]);
            hex += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
            characters += byte >= 0x20 && byte < 0x7f ? QChar(byte) : QLatin1Char('.');
        }
        text += QStringLiteral("%1  %2 %3\n").arg(at, 8, 16, QLatin1Char('0')).arg(hex, -48).arg(characters);
    }
    return text;
}

} // namespace blazedb::views
