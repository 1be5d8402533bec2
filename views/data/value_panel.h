// One value in the form that suits it: text, tree, JSON, hex or image. Large ones are shown part by part.
#pragma once

#include <optional>

#include <QWidget>

#include "engine/api/records.h"
#include "views/widgets/format.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QToolButton;
class QTreeWidget;

namespace blazedb::views {

class Session;
class Theme;

/// Holds one part of kPartBytes, or the whole value up to kWholeBytesMax where a form needs it. Object names `data.value…`.
/// GUI thread only.
class ValuePanel final : public QWidget {
    Q_OBJECT

public:
    static constexpr std::uint64_t kPartBytes = 64 * 1024;
    static constexpr std::uint64_t kWholeBytesMax = 1024 * 1024;

    ValuePanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

    void showValue(const std::optional<model::Uuid>& id, const QString& field); ///< Nothing without an id or a field.
    void setZone(ZoneChoice zone);
    [[nodiscard]] QString field() const { return m_field; }
    void saveToFile(); ///< Asks where to.

Q_SIGNALS:
    void said(const QString& text); ///< How saving went.

private:
    enum class Form { Text, Tree, Json, Hex, Image };

    void build();
    QWidget* buildParts();
    void readPart(std::uint64_t offset, std::uint64_t count);
    void take(Result<api::ValuePart> part, std::uint64_t offset);
    void chooseBestForm();
    void changeForm();
    void draw();
    void drawFacts();
    void drawTree();
    void drawImage();
    void sayInstead(const QString& text);
    void save(const QString& path);
    [[nodiscard]] Form form() const;
    [[nodiscard]] bool isWhole() const { return m_offset == 0 && m_value.bytes.size() >= m_value.wholeBytes; }

    Session& m_session;
    const Theme& m_theme;
    ZoneChoice m_zone = ZoneChoice::Local;
    std::optional<model::Uuid> m_id;
    QString m_field;
    api::ValuePart m_value;     ///< What is shown of the value.
    std::uint64_t m_offset = 0; ///< Where m_value begins.
    bool m_isNew = false;       ///< No part of this value was shown yet.
    quint64 m_job = 0;
    quint64 m_shown = 0; ///< Counts what was asked for; answers to earlier questions are dropped.
    QComboBox* m_form = nullptr;
    QLabel* m_facts = nullptr;
    QWidget* m_parts = nullptr;
    QLabel* m_place = nullptr;
    QToolButton* m_first = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    QToolButton* m_last = nullptr;
    QToolButton* m_save = nullptr;
    QStackedWidget* m_forms = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QTreeWidget* m_tree = nullptr;
    QLabel* m_image = nullptr;
};

} // namespace blazedb::views
