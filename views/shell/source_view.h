// An opened source in the window: its banner, the list of the fifteen tabs, and the tab that is shown.
#pragma once

#include <map>
#include <vector>

#include <QWidget>

#include "views/shell/shell_parts.h"

class QListWidget;
class QStackedWidget;
class QToolButton;

namespace blazedb::views {

class FindingsPanel;

/// Tabs are made when they are first shown and kept. Object names `main.tabs…`. GUI thread only.
class SourceView final : public QWidget {
    Q_OBJECT

public:
    /// Borrows both; `session` outlives it.
    SourceView(const ShellParts& parts, Session& session, QWidget* parent = nullptr);

    void showTab(int number); ///< 0 to 14.
    [[nodiscard]] int currentTab() const;
    [[nodiscard]] QString statusText() const; ///< Of the tab that is shown.
    void setFolded(bool isFolded);            ///< The list of tabs as icons only.
    [[nodiscard]] QWidget* tabList() const;
    [[nodiscard]] QWidget* content() const;

Q_SIGNALS:
    void rescueRequested(); ///< Save what is left of the database into something new.
    void statusTextChanged();
    void foldToggled(bool isFolded);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void fillList();
    void applyFold();
    QWidget* makeTab(const TabDescriptor& tab);
    QWidget* makeExplanation(const TabDescriptor& tab, const QString& reason);
    [[nodiscard]] QString reasonOff(const TabDescriptor& tab) const;
    [[nodiscard]] QString stateKey(const QString& name) const;

    const ShellParts& m_parts;
    Session& m_session;
    QListWidget* m_list;
    QToolButton* m_fold;
    QStackedWidget* m_stack;
    std::map<int, QWidget*> m_made;
    bool m_isFolded = false;
};

} // namespace blazedb::views
