// The bar above the records: collection, filter line, and the buttons that change what is shown.
#pragma once

#include <QWidget>

#include "engine/codec/query_text.h"
#include "engine/model/schema.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace blazedb::views {

class Theme;

/// Object names `data.collection`, `data.filter…`, `data.deleted`, `data.columns`, `data.bar.export`. GUI thread only.
class DataBar final : public QWidget {
    Q_OBJECT

public:
    DataBar(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] QString collection() const;
    void chooseCollection(const QString& name); ///< Also one that no survey has met yet.
    void setCollections(const std::vector<model::CollectionSummary>& collections);
    [[nodiscard]] QString filterText() const;
    void setFilterText(const QString& text);
    void focusFilter();
    [[nodiscard]] bool showsDeleted() const;
    void setShowsDeleted(bool isShowing);
    [[nodiscard]] bool isBuilding() const;
    void setBuilding(bool isBuilding);
    void showProblem(const std::optional<codec::TextProblem>& problem);
    [[nodiscard]] QMenu* columnMenu() const;
    [[nodiscard]] QString quickText() const;
    void focusQuick();
    void addTool(QWidget* tool); ///< Behind the quick filter; takes it over.
    [[nodiscard]] QWidget* options() const { return m_options; } ///< Quick filter, tools and soft-deleted, for the line below; to be placed by the tab.

Q_SIGNALS:
    void filterEntered();
    void quickEntered();
    void cleared();
    void collectionChosen();
    void deletedToggled();
    void buildToggled(bool isBuilding);
    void exportRequested();

private:
    void addCollection(const QString& name, const QString& text);
    void buildButtons(const Theme& theme);

    QComboBox* m_collection;
    QLineEdit* m_filter;
    QLineEdit* m_quick;
    QWidget* m_options = nullptr;
    QHBoxLayout* m_optionRow = nullptr;
    QToolButton* m_clear = nullptr;
    QToolButton* m_build = nullptr;
    QCheckBox* m_deleted;
    QToolButton* m_columns = nullptr;
    QToolButton* m_export = nullptr;
    QLabel* m_problem;
};

} // namespace blazedb::views
