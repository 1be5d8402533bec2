// Taking records away from the view: copies to the clipboard, and the export dialog.
#pragma once

#include <QObject>

#include "views/data/export_choice.h"

class QWidget;

namespace blazedb::views {

class RecordGrid;
class RecordTableModel;
class Session;
class Theme;

/// GUI thread only.
class RecordTaking final : public QObject {
    Q_OBJECT

public:
    /// Borrows all; `window` is the parent of the dialog.
    RecordTaking(Session& session, const Theme& theme, const RecordTableModel& records, const RecordGrid& grid, QWidget* window);

    void copyAs(RecordForm form); ///< The selected records, in the order of the view.
    void openExport();            ///< One dialog at a time.

Q_SIGNALS:
    void said(const QString& text);

private:
    [[nodiscard]] ExportSource source() const;

    Session& m_session;
    const Theme& m_theme;
    const RecordTableModel& m_records;
    const RecordGrid& m_grid;
    QWidget* const m_window;
};

} // namespace blazedb::views
