// The record beside the grid: its fields with their kinds, its JSON, and one value in the form that suits it.
#pragma once

#include <optional>

#include <QWidget>

#include "engine/api/records.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTabWidget;
class QTreeWidget;

namespace blazedb::views {

class Session;
class Theme;

/// Object names `data.record…` and `data.value…`. GUI thread only. Large values are read in parts.
class RecordPanel final : public QWidget {
    Q_OBJECT

public:
    RecordPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

    void showRecord(const api::RecordRow* row, const QString& field); ///< Null: nothing is chosen.

private:
    enum class Form { Text, Tree, Json, Hex, Image };

    void build();
    void fillFields(const model::Record& record);
    void fillJson(const model::Record& record);
    void showValue(const QString& field);
    void readPart(std::uint64_t count);
    void drawValue();
    [[nodiscard]] Form form() const;
    [[nodiscard]] QString hexText() const;

    Session& m_session;
    const Theme& m_theme;
    std::optional<model::Uuid> m_id;
    QString m_field;
    api::ValuePart m_value; ///< What was read of the value so far.
    quint64 m_job = 0;
    QTabWidget* m_tabs;
    QTreeWidget* m_fields;
    QPlainTextEdit* m_json;
    QComboBox* m_form;
    QLabel* m_facts;
    QStackedWidget* m_forms;
    QPlainTextEdit* m_text;
    QTreeWidget* m_tree;
    QLabel* m_image;
    QPushButton* m_more;
};

} // namespace blazedb::views
