// Filters kept under a name, for one source: only what the user typed, never what is in a record.
#pragma once

#include <functional>

#include <QStringList>
#include <QToolButton>

namespace blazedb::views {

class StateStore;
class Theme;

/// Object names `data.filters` and `data.filters.name…`. GUI thread only.
class SavedFilters final : public QToolButton {
    Q_OBJECT

public:
    /// Borrows the store; keeps its filters under `key`.
    SavedFilters(StateStore& state, const QString& key, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] QStringList names() const; ///< In the order of the alphabet.
    [[nodiscard]] QString text(const QString& name) const;
    void save(const QString& name, const QString& text); ///< Takes the place of one of the same name.
    void remove(const QString& name);
    void rename(const QString& from, const QString& to);

    /// What would be saved: the filter line as it is.
    void setCurrentText(const QString& text) { m_currentText = text; }
    void askForName(); ///< A dialog that saves the current text under the name typed.

Q_SIGNALS:
    void chosen(const QString& text);
    void aboutToOpen(); ///< Time to say what the current text is.
    void said(const QString& text);

private:
    void fill();
    void openNameDialog(const QString& title, const QString& name, const std::function<void(const QString&)>& accept);

    StateStore& m_state;
    const QString m_key;
    QString m_currentText;
};

} // namespace blazedb::views
