#include "views/commands/key_rules.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

namespace blazedb::views {
namespace {

struct KeyRules {
    Q_DECLARE_TR_FUNCTIONS(blazedb::views::KeyRules)
};

constexpr Qt::KeyboardModifiers kCommandModifiers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

/// Without Ctrl, Alt or Meta these belong to whatever has the focus.
constexpr std::array kWalkingKeys{Qt::Key_Tab,  Qt::Key_Backtab, Qt::Key_Escape, Qt::Key_Return, Qt::Key_Enter,  Qt::Key_Backspace,
                                  Qt::Key_Left, Qt::Key_Right,   Qt::Key_Up,     Qt::Key_Down,   Qt::Key_PageUp, Qt::Key_PageDown,
                                  Qt::Key_Home, Qt::Key_End};

bool isModifierAlone(Qt::Key key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta || key == Qt::Key_AltGr
           || key == Qt::Key_unknown || key == 0;
}

} // namespace

QString keyProblem(const QKeySequence& key)
{
    if (key.isEmpty()) return KeyRules::tr("This is no key.");
    for (int i = 0; i < key.count(); ++i) {
        const QKeyCombination chord = key[static_cast<uint>(i)];
        if (isModifierAlone(chord.key())) return KeyRules::tr("This is no key.");
        if (i > 0 || chord.keyboardModifiers().testAnyFlags(kCommandModifiers)) continue;
        // Qt numbers the keys that type something by their character.
        if (chord.key() < Qt::Key_Escape) return KeyRules::tr("This key types a character: use it with Ctrl, Alt or Meta.");
        if (std::find(kWalkingKeys.begin(), kWalkingKeys.end(), chord.key()) != kWalkingKeys.end())
            return KeyRules::tr("This key walks through lists and fields: use it with Ctrl, Alt or Meta.");
    }
    return {};
}

} // namespace blazedb::views
