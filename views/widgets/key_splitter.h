// A splitter whose handles can be reached and moved by keyboard.
#pragma once

#include <QSplitter>

namespace blazedb::views {

/// Tab reaches a handle; arrow keys move it by a step, with Shift by a pixel; Home and End to its limits. GUI thread only.
class KeySplitter final : public QSplitter {
    Q_OBJECT

public:
    /// `handleName` is what a screen reader says of the handles: "Width of the list of sources".
    KeySplitter(Qt::Orientation orientation, const QString& objectName, const QString& handleName, QWidget* parent = nullptr);

protected:
    QSplitterHandle* createHandle() override;

private:
    QString m_handleName;
};

} // namespace blazedb::views
