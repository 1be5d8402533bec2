#include "views/data/value_panel.h"

#include <algorithm>
#include <utility>

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "engine/codec/typed_json.h"
#include "views/data/record_parts.h"
#include "views/data/value_job.h"
#include "views/data/value_text.h"
#include "views/session/session.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

QString saveSuffix(const api::ValuePart& value)
{
    if (value.kind == model::ValueKind::Text) return QStringLiteral(".txt");
    if (value.kind != model::ValueKind::Data) return QStringLiteral(".json");
    const QString kind = bytesKind(value.bytes);
    return kind == bytesKind({}) ? QStringLiteral(".bin") : QLatin1Char('.') + kind.toLower();
}

/// A field name may hold anything; a file name may not.
QString fileNameFor(const QString& field)
{
    QString name = field.left(60);
    for (QChar& character : name)
        if (!character.isLetterOrNumber() && character != QLatin1Char('-')) character = QLatin1Char('_');
    return name;
}

} // namespace

ValuePanel::ValuePanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("data.value"));
    build();
    showValue(std::nullopt, {});
}

void ValuePanel::build()
{
    m_form = new QComboBox(this);
    nameControl(m_form, QStringLiteral("data.value.form"), tr("Form of the value"));
    for (const QString& name : {tr("Text"), tr("Tree"), tr("JSON"), tr("Hex"), tr("Image")}) m_form->addItem(name);
    m_facts = makeLabel({}, TextRole::Muted, this);
    m_facts->setObjectName(QStringLiteral("data.value.facts"));
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_save = makeIconButton(m_theme, QStringLiteral("save"), QStringLiteral("data.value.save"), tr("Save the value to a file"), this);
    m_forms = new QStackedWidget(this);
    m_text = makeReadOnlyText(m_theme, QStringLiteral("data.value.text"), tr("The value as text"), m_forms);
    m_tree = makeFieldTree(QStringLiteral("data.value.tree"), tr("The value as a tree"), m_forms);
    auto* scroll = new QScrollArea(m_forms);
    m_image = new QLabel(scroll);
    nameControl(m_image, QStringLiteral("data.value.image"), tr("The value as an image"));
    m_image->setAlignment(Qt::AlignCenter);
    m_image->setWordWrap(true);
    scroll->setWidget(m_image);
    scroll->setWidgetResizable(true);
    m_forms->addWidget(m_text);
    m_forms->addWidget(m_tree);
    m_forms->addWidget(scroll);
    auto* bar = makeRow();
    bar->addWidget(m_form);
    bar->addWidget(m_facts, 1);
    bar->addWidget(m_save);
    auto* column = makeColumn(this);
    column->setContentsMargins(0, Theme::unit(), 0, 0);
    column->addLayout(bar);
    column->addWidget(m_forms, 1);
    column->addWidget(buildParts());
    setFocusProxy(m_form);
    connect(m_form, &QComboBox::activated, this, &ValuePanel::changeForm);
    connect(m_save, &QToolButton::clicked, this, &ValuePanel::saveToFile);
}

QWidget* ValuePanel::buildParts()
{
    m_parts = new QWidget(this);
    const auto button = [this](const char* icon, const char* name, const QString& title) {
        return makeIconButton(m_theme, QString::fromLatin1(icon), QStringLiteral("data.value.") + QString::fromLatin1(name), title, m_parts);
    };
    m_first = button("first", "first", tr("First part"));
    m_previous = button("chevron-left", "previous", tr("Part before"));
    m_next = button("chevron-right", "next", tr("Next part"));
    m_last = button("last", "last", tr("Last part"));
    m_place = makeLabel({}, TextRole::Muted, m_parts);
    m_place->setObjectName(QStringLiteral("data.value.place"));
    m_place->setAlignment(Qt::AlignCenter);
    auto* row = makeRow(m_parts);
    row->addWidget(m_first);
    row->addWidget(m_previous);
    row->addWidget(m_place, 1);
    row->addWidget(m_next);
    row->addWidget(m_last);
    connect(m_first, &QToolButton::clicked, this, [this] { readPart(0, kPartBytes); });
    connect(m_previous, &QToolButton::clicked, this, [this] { readPart(m_offset - std::min(m_offset, kPartBytes), kPartBytes); });
    connect(m_next, &QToolButton::clicked, this, [this] { readPart(m_offset + m_value.bytes.size(), kPartBytes); });
    connect(m_last, &QToolButton::clicked, this, [this] { readPart((m_value.wholeBytes - 1) / kPartBytes * kPartBytes, kPartBytes); });
    return m_parts;
}

void ValuePanel::setZone(ZoneChoice zone)
{
    m_zone = zone;
    if (!m_id || m_isNew) return; // nothing is shown yet
    if (form() == Form::Tree) draw();
    else drawFacts();
}

void ValuePanel::showValue(const std::optional<model::Uuid>& id, const QString& field)
{
    m_session.jobs().cancel(m_job);
    ++m_shown;
    m_id = id;
    m_field = field;
    m_value = {};
    m_offset = 0;
    m_isNew = true;
    m_save->setEnabled(false);
    if (m_id && !field.isEmpty()) return readPart(0, kPartBytes);
    m_text->clear();
    m_tree->clear();
    m_image->clear();
    m_facts->clear();
    m_parts->hide();
}

void ValuePanel::readPart(std::uint64_t offset, std::uint64_t count)
{
    m_session.jobs().cancel(m_job);
    const api::ValueRef value{*m_id, toUtf8(m_field)};
    m_job = m_session.jobs().run(
        {.title = tr("Read value"), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), value, range = api::ByteRange{offset, count}](const api::CallContext& context) {
            return records.readValue(context, value, range);
        },
        [this, offset, shown = ++m_shown](Result<api::ValuePart> part) {
            if (shown == m_shown) take(std::move(part), offset);
        });
}

void ValuePanel::take(Result<api::ValuePart> part, std::uint64_t offset)
{
    if (!part) {
        const bool isMissing = part.error().code == ErrorCode::NotFound;
        m_facts->setText(isMissing ? tr("%1 · missing in this record").arg(m_field) : tr("%1 · %2").arg(m_field, errorHeadline(part.error())));
        m_text->clear();
        m_forms->setCurrentIndex(0);
        m_parts->hide();
        return;
    }
    m_value = std::move(*part);
    m_offset = offset;
    m_save->setEnabled(true);
    if (std::exchange(m_isNew, false)) chooseBestForm();
    changeForm();
}

void ValuePanel::chooseBestForm()
{
    const bool isContainer = m_value.kind == model::ValueKind::Array || m_value.kind == model::ValueKind::Dictionary;
    const bool isImage = m_value.kind == model::ValueKind::Data
        && QStringList{QStringLiteral("PNG"), QStringLiteral("JPEG"), QStringLiteral("GIF"), QStringLiteral("WebP"), QStringLiteral("TIFF")}.contains(bytesKind(m_value.bytes));
    const Form best = isContainer ? Form::Tree : isImage ? Form::Image : m_value.kind == model::ValueKind::Data ? Form::Hex : Form::Text;
    m_form->setCurrentIndex(static_cast<int>(best));
}

/// A tree needs the whole value; the other forms are content with a part.
void ValuePanel::changeForm()
{
    const bool needsWhole = form() == Form::Tree || (form() == Form::Json && m_value.kind == model::ValueKind::Text);
    if (m_id && needsWhole && !isWhole() && m_value.wholeBytes <= kWholeBytesMax) return readPart(0, kWholeBytesMax);
    draw();
}

ValuePanel::Form ValuePanel::form() const
{
    return static_cast<Form>(m_form->currentIndex());
}

void ValuePanel::drawFacts()
{
    const QString kind = kindName(m_value.kind);
    if (m_value.kind == model::ValueKind::Null) m_facts->setText(tr("%1 · null").arg(m_field));
    else if (m_value.wholeBytes == 0) m_facts->setText(tr("%1 · %2 · empty").arg(m_field, kind));
    else m_facts->setText(tr("%1 · %2 · %3").arg(m_field, kind, formatBytes(m_value.wholeBytes)));
    m_facts->setToolTip(tr("%1 bytes").arg(formatCount(m_value.wholeBytes)));
    const std::uint64_t end = m_offset + m_value.bytes.size();
    m_parts->setVisible(!isWhole() && form() != Form::Image);
    m_place->setText(tr("%1 to %2 of %3").arg(formatCount(m_offset), formatCount(end), formatCount(m_value.wholeBytes)));
    m_first->setEnabled(m_offset > 0);
    m_previous->setEnabled(m_offset > 0);
    m_next->setEnabled(end < m_value.wholeBytes);
    m_last->setEnabled(end < m_value.wholeBytes);
}

void ValuePanel::draw()
{
    drawFacts();
    const QByteArray bytes(reinterpret_cast<const char*>(m_value.bytes.data()), static_cast<qsizetype>(m_value.bytes.size()));
    const bool isText = m_value.kind == model::ValueKind::Text;
    switch (form()) {
    case Form::Text: m_text->setPlainText(QString::fromUtf8(bytes)); break;
    case Form::Json:
        if (isText && !isWhole()) return sayInstead(tr("This text is too large to show as JSON. Save it to a file."));
        m_text->setPlainText(isText ? toQString(codec::toTypedJson(model::Value(bytes.toStdString()))) : QString::fromUtf8(bytes));
        break;
    case Form::Hex: m_text->setPlainText(hexText(m_value.bytes, m_offset)); break;
    case Form::Tree: return drawTree();
    case Form::Image: return drawImage();
    }
    m_forms->setCurrentIndex(0);
}

void ValuePanel::drawTree()
{
    if (!isWhole()) return sayInstead(tr("This value is too large to show as a tree. Save it to a file."));
    const auto value = m_value.kind == model::ValueKind::Text ? Result<model::Value>(model::Value(std::string(asText(m_value.bytes))))
                                                              : codec::parseTypedJson(asText(m_value.bytes));
    if (!value || m_value.kind == model::ValueKind::Data) return sayInstead(tr("This value has no tree."));
    fillValueTree(m_tree, m_field, *value, m_zone);
    m_forms->setCurrentIndex(1);
}

/// Decoded by a worker, in the size it is shown at most.
void ValuePanel::drawImage()
{
    if (m_value.kind != model::ValueKind::Data) return sayInstead(tr("Only bytes can be an image."));
    const api::ValueRef value{*m_id, toUtf8(m_field)};
    m_job = m_session.jobs().run(
        {.title = tr("Read image"), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), value](const api::CallContext& context) { return readImage(records, context, value); },
        [this, shown = ++m_shown](Result<ValueImage> answer) {
            if (shown != m_shown) return;
            if (!answer) {
                const bool isLarge = answer.error().code == ErrorCode::ResourceExhausted;
                return sayInstead(isLarge ? tr("The image is too large to show. Save it to a file.") : tr("This value is not an image that can be shown."));
            }
            m_image->setPixmap(QPixmap::fromImage(answer->image));
            m_facts->setText(tr("%1 · %2 × %3").arg(m_facts->text()).arg(answer->size.width()).arg(answer->size.height()));
            m_forms->setCurrentIndex(2);
        });
}

void ValuePanel::sayInstead(const QString& text)
{
    m_image->setText(text);
    m_parts->hide();
    m_forms->setCurrentIndex(2);
}

void ValuePanel::saveToFile()
{
    if (!m_id || m_field.isEmpty() || !m_save->isEnabled()) return;
    auto* dialog = new QFileDialog(this, tr("Save Value"));
    dialog->setObjectName(QStringLiteral("data.value.saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(fileNameFor(m_field) + saveSuffix(m_value));
    connect(dialog, &QFileDialog::fileSelected, this, &ValuePanel::save);
    dialog->open();
}

void ValuePanel::save(const QString& path)
{
    if (!m_id) return;
    const api::ValueRef value{*m_id, toUtf8(m_field)};
    m_session.jobs().run(
        {.title = tr("Save value to %1").arg(path), .context = this},
        [&records = m_session.source().records(), value, path](const api::CallContext& context) { return saveValue(records, context, value, path); },
        [this, path](Result<std::uint64_t> written) {
            if (written) Q_EMIT said(tr("%1 written to %2. The file is not encrypted.").arg(formatBytes(*written), path));
            else if (written.error().code == ErrorCode::Cancelled) Q_EMIT said(tr("Saving was cancelled; nothing was written."));
            else Q_EMIT said(tr("The value was not saved. %1").arg(errorHeadline(written.error())));
        });
}

} // namespace blazedb::views
