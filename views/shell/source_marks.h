// What the user says about a database: its environment and tags. They belong to its identity, so they follow it when it is moved or
// renamed, and its copies have them too.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include "views/widgets/theme.h"

namespace blazedb::views {

class StateStore;

enum class Environment { None, Development, Test, Production };

struct SourceMark {
    Environment environment = Environment::None;
    QStringList tags; ///< Trimmed, without doubles, in the order given.

    friend bool operator==(const SourceMark&, const SourceMark&) = default;
};

/// GUI thread only. Kept in the state as `sources/marks`.
class SourceMarks final : public QObject {
    Q_OBJECT

public:
    explicit SourceMarks(StateStore& state, QObject* parent = nullptr); ///< Borrows it.

    [[nodiscard]] SourceMark mark(const QString& identity) const { return m_marks.value(identity); }
    void setMark(const QString& identity, const SourceMark& mark); ///< Nothing for an empty identity.

Q_SIGNALS:
    void changed();

private:
    StateStore& m_state;
    QHash<QString, SourceMark> m_marks;
};

QString environmentName(Environment environment); ///< Translated; "None" for none.
ColorToken environmentColor(Environment environment); ///< Muted for none.
/// "Production · shop, 2026"; empty without a mark.
QString markText(const SourceMark& mark);
QStringList tagsOf(const QString& text); ///< From what a person typed: parted by commas.

} // namespace blazedb::views
