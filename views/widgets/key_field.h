// A field that takes the key that is pressed, not what it types.
#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace blazedb::views {

/// One chord, as "Ctrl+Shift+K". Tab, Shift+Tab and Esc keep their meaning: the field is left by Tab, and emptied by Esc. No
/// command runs while the field has the focus. GUI thread only.
class KeyField final : public QLineEdit {
    Q_OBJECT

public:
    explicit KeyField(QWidget* parent = nullptr);

    [[nodiscard]] const QKeySequence& key() const { return m_key; }
    void setKey(const QKeySequence& key);

Q_SIGNALS:
    void keyChanged(const QKeySequence& key); ///< By the user or by setKey(); empty when there is none.

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QKeySequence m_key;
};

} // namespace blazedb::views
