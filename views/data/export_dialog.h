// Export: what, in which form, which fields, where to; with a look at the first records. Stays open while it runs and says how it ended.
#pragma once

#include <QDialog>
#include <QTimer>

#include "views/data/export_choice.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace blazedb::views {

class Session;
class StateStore;
class Theme;

/// Object names `export.…`; the property `state` is "not run", "loading", "ready", "failed" or "cancelled". GUI thread only; show() it, nothing waits for it.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    ExportDialog(Session& session, const Theme& theme, ExportSource source, QWidget* parent = nullptr);

    void done(int result) override; ///< Stops a running export; what was there before stays.

private:
    QWidget* buildChoices();
    QWidget* buildFields();
    QWidget* buildTarget();
    QWidget* buildResult();
    QWidget* buildButtons();
    void fillFields(bool hasAll);
    void moveField(int by);
    void chooseTarget();
    void changeForm();
    void changed();
    void preview();
    void run();
    void showProgress(quint64 job);
    void finish(const Result<TakenRecords>& taken);
    void say(const QString& state, const QString& text);
    void follow();
    [[nodiscard]] ExportChoice choice() const;
    [[nodiscard]] QString path() const;

    Session& m_session;
    const Theme& m_theme;
    const ExportSource m_source;
    QTimer m_pause;
    quint64 m_previewJob = 0;
    quint64 m_previews = 0;
    quint64 m_job = 0;
    bool m_isRunning = false;
    bool m_replaces = false;
    QString m_written;
    QComboBox* m_scope = nullptr;
    QComboBox* m_form = nullptr;
    QCheckBox* m_deleted = nullptr;
    QComboBox* m_columns = nullptr;
    QListWidget* m_fields = nullptr;
    QPushButton* m_up = nullptr;
    QPushButton* m_down = nullptr;
    QLineEdit* m_path = nullptr;
    QPlainTextEdit* m_preview = nullptr;
    QLabel* m_notice = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_show = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace blazedb::views
