#include "views/data/record_taking.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QWidget>

#include "views/data/export_dialog.h"
#include "views/data/record_grid.h"
#include "views/data/record_table_model.h"
#include "views/session/session.h"
#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::size_t kClipboardBytesMax = 64 * 1024 * 1024;

} // namespace

RecordTaking::RecordTaking(Session& session, const Theme& theme, const RecordTableModel& records, const RecordGrid& grid, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_theme(theme)
    , m_records(records)
    , m_grid(grid)
    , m_window(window)
{}

ExportSource RecordTaking::source() const
{
    ExportSource source;
    source.query = m_records.query();
    for (const auto& [top, bottom] : m_grid.selectedRows())
        source.selection.push_back({static_cast<std::uint64_t>(top), static_cast<std::uint64_t>(bottom - top + 1)});
    source.selected = static_cast<std::uint64_t>(m_grid.selectedRowCount());
    source.matching = m_records.total();
    source.visibleFields = m_grid.visibleFields();
    source.fields = m_records.columns();
    source.name = toQString(m_session.description().name);
    if (source.name.isEmpty()) source.name = tr("records");
    return source;
}

void RecordTaking::copyAs(RecordForm form)
{
    const ExportSource from = source();
    if (from.selection.empty()) return said(tr("Choose records first."));
    const bool isJson = form == RecordForm::Json || form == RecordForm::JsonLines;
    TakeRequest request = exportRequest(from, {.scope = ExportScope::Selection, .form = form, .fields = isJson ? QStringList() : from.visibleFields});
    m_session.jobs().run(
        {.title = tr("Copy records"), .context = this},
        [&records = m_session.source().records(), request = std::move(request)](const api::CallContext& context) {
            return copyAsText(records, context, request, kClipboardBytesMax);
        },
        [this, count = from.selected](Result<QString> text) {
            if (!text) {
                const bool isLarge = text.error().code == ErrorCode::ResourceExhausted;
                return said(isLarge ? tr("This is too much for the clipboard; export it to a file.") : errorHeadline(text.error()));
            }
            QGuiApplication::clipboard()->setText(*text);
            Q_EMIT said(tr("%1 records copied.").arg(formatCount(count)));
        });
}

void RecordTaking::openExport()
{
    if (auto* open = m_window->findChild<ExportDialog*>()) {
        open->raise();
        return open->activateWindow();
    }
    auto* dialog = new ExportDialog(m_session, m_theme, source(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace blazedb::views
