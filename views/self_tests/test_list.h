// The tests a person can choose, as the product words them, and the tree of them with tick boxes and results.
#pragma once

#include <map>
#include <set>
#include <vector>

#include <QAbstractItemModel>
#include <QStringList>

#include "engine/model/verify_report.h"

namespace blazedb::views {

class Theme;

/// One rule of a check. All of them only read.
struct TestSpec {
    const char* rule; ///< model::CheckedRule::name.
    QString title;    ///< Translated.
    QString checks;   ///< Translated: what is compared with what.
    bool needsFull;   ///< Reads every page.
};

/// Those of the quick check first.
std::vector<TestSpec> knownTests();

/// The translated title of a rule; its own words when it is not among the known ones.
QString testTitle(const std::string& rule);

/// Two groups, the quick and the full check, with the rules in them. Ticks are kept by the tab. GUI thread only.
class TestListModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Test, ResultColumn, ColumnCount };
    enum Role { RuleRole = Qt::UserRole, OutcomeRole }; ///< Of a rule: its name; "passed", "failed", … or invalid.

    explicit TestListModel(const Theme& theme, QObject* parent = nullptr);

    [[nodiscard]] QStringList ticked() const; ///< Rules.
    void setTicked(const QStringList& rules);
    [[nodiscard]] QStringList rulesOf(const QModelIndex& index) const; ///< The rule itself, or those of a group.
    void showResults(const std::vector<model::CheckedRule>& results);  ///< Of a run; the others keep what they said.
    static bool needFull(const QStringList& rules);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void tickedChanged();

private:
    struct Group {
        QString title;
        QString checks;
        std::vector<TestSpec> tests;
    };

    [[nodiscard]] const TestSpec* specAt(const QModelIndex& index) const; ///< Null for a group.
    [[nodiscard]] Qt::CheckState groupState(const Group& group) const;
    [[nodiscard]] QVariant groupData(const Group& group, int column, int role) const;
    [[nodiscard]] QVariant testData(const TestSpec& spec, int column, int role) const;
    void announceTicks();

    const Theme& m_theme;
    std::vector<Group> m_groups;
    std::set<QString> m_ticked;
    std::map<std::string, model::CheckedRule> m_results;
};

} // namespace blazedb::views
