// A language nobody speaks: every text of the program in brackets, with accents, and 40 % longer. What is cut or was never
// given to the translator shows at once.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QTranslator>

namespace blazedb::tests {

inline constexpr QChar kPseudoBegin(u'⟦');
inline constexpr QChar kPseudoEnd(u'⟧');

/// Keeps place holders (%1, %n, %L1) and mnemonics as they are.
inline QString pseudoTranslated(const QString& source)
{
    const QString plain = QStringLiteral("aceinouyACEINOUY");
    const QString accented = QStringLiteral("áçéíñóúýÁÇÉÍÑÓÚÝ");
    QString text;
    for (qsizetype i = 0; i < source.size(); ++i) {
        if (source[i] == QLatin1Char('%') && i + 1 < source.size()) {
            text += source[i++];
            text += source[i];
            continue;
        }
        const qsizetype at = plain.indexOf(source[i]);
        text += at < 0 ? source[i] : accented[at];
    }
    const int letters = static_cast<int>(source.size());
    return kPseudoBegin + text + QString((letters * 4 + 9) / 10, QLatin1Char('~')) + kPseudoEnd;
}

/// Installed while it lives.
class PseudoLocale final : public QTranslator {
public:
    PseudoLocale() { QCoreApplication::installTranslator(this); }
    ~PseudoLocale() override { QCoreApplication::removeTranslator(this); }
    [[nodiscard]] QString translate(const char*, const char* source, const char*, int) const override
    {
        const QString text = QString::fromUtf8(source);
        return text.trimmed().isEmpty() ? text : pseudoTranslated(text);
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

} // namespace blazedb::tests
