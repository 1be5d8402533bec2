// The page a view shows instead of content: empty, no match, failed, offline, not available here.
#pragma once

#include <QString>
#include <QWidget>

#include "engine/base/error.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace blazedb::views {

class Theme;

/// A line icon, one sentence, at most one button, details folded. The property `state` is a word of the product's table of
/// states ("empty", "no match", "failed", "not available here", …). GUI thread only.
class StatePage final : public QWidget {
    Q_OBJECT

public:
    struct Content {
        QString state;
        QString iconName;
        QString sentence;
        QString explanation; ///< A second, muted line; may be empty.
        QString buttonText;  ///< Empty: no button.
        QString details;     ///< Folded; may be empty.
    };

    /// `area` begins the object names: "data" gives data.state, data.state.button and so on.
    StatePage(const Theme& theme, const QString& area, QWidget* parent = nullptr);

    void showContent(const Content& content);
    /// State "failed", with the sentence of the error's code, Retry, and the message under Details.
    void showError(const Error& error);

Q_SIGNALS:
    void buttonClicked();

private:
    void drawIcon();
    void foldDetails(bool isOpen);

    const Theme& m_theme;
    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_sentence;
    QLabel* m_explanation;
    QPushButton* m_button;
    QToolButton* m_fold;
    QLabel* m_details;
};

} // namespace blazedb::views
