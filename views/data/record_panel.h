// The record beside the grid: its fields with their kinds, its JSON, and one of its values.
#pragma once

#include <optional>

#include <QWidget>

#include "engine/api/records.h"
#include "views/widgets/format.h"

class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;

namespace blazedb::views {

class Session;
class Theme;
class ValuePanel;

/// Object names `data.record…`. GUI thread only.
class RecordPanel final : public QWidget {
    Q_OBJECT

public:
    RecordPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

    void showRecord(const api::RecordRow* row, const QString& field); ///< Null: nothing is chosen.
    void setZone(ZoneChoice zone);
    void focusValue(); ///< Brings the page of the value to the front.
    void saveValue();
    void addPage(QWidget* page, const QString& title); ///< Behind those of the record; takes it over.
    void showPage(QWidget* page);

Q_SIGNALS:
    void said(const QString& text);

private:
    void build();
    void refill();
    void fillFields();
    void fillJson();

    const Theme& m_theme;
    std::optional<model::Record> m_record; ///< As the grid holds it: large values are cut.
    ZoneChoice m_zone = ZoneChoice::Local;
    QTabWidget* m_tabs;
    QTreeWidget* m_fields;
    QPlainTextEdit* m_json;
    ValuePanel* m_value;
};

} // namespace blazedb::views
