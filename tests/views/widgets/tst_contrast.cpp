// The colours of look.md against each other: 4.5 for text, 3 for signs and focus, on every surface they stand on.
#include <cmath>

#include <QFile>
#include <QPalette>
#include <QRegularExpression>

#include "tests/support/gui_theme.h"
#include "tests/support/test_registry.h"
#include "views/widgets/color_tokens.h"
#include "views/widgets/theme_style_sheet.h"

using namespace blazedb;
using views::ColorTable;
using views::ColorToken;

namespace {

constexpr double kText = 4.5;
constexpr double kSign = 3.0;

/// WCAG 2.1, "relative luminance" and "contrast ratio"; written here anew, to check ours as well.
double luminance(const QColor& color)
{
    double sum = 0;
    const double channels[] = {color.redF(), color.greenF(), color.blueF()};
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; ++i)
        sum += weights[i] * (channels[i] <= 0.03928 ? channels[i] / 12.92 : std::pow((channels[i] + 0.055) / 1.055, 2.4));
    return sum;
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

struct Pair {
    const char* name;
    ColorToken ink;
    QList<ColorToken> surfaces;
    double least;
};

QList<Pair> pairs()
{
    using T = ColorToken;
    const QList<T> pages{T::Window, T::Base, T::Sunken};
    const QList<T> rows{T::Base, T::Select, T::Pending, T::Inserted, T::Removed};
    QList<Pair> all{
        {"text", T::Text, pages + rows, kText},
        {"muted", T::Muted, pages + QList<T>{T::Select}, kText},
        {"links and the current tab", T::Accent, {T::Window, T::Base}, kText},
        {"text on the main button", T::OnAccent, {T::Accent}, kText},
        {"focus ring", T::Focus, pages, kSign},
        {"bar of the selected row", T::Accent, {T::Select, T::Base}, kSign},
        {"filled check box", T::Accent, {T::Window, T::Base}, kSign},
        {"frame of a check box", T::Muted, {T::Window, T::Base}, kSign},
        {"info", T::Info, pages, kText},
        {"ok", T::Ok, pages, kText},
        {"warn", T::Warn, pages, kText},
        {"danger", T::Danger, pages, kText},
        {"null", T::Null, {T::Base, T::Select}, kText},
    };
    for (int i = 0; i < 8; ++i)
        all.append({"series", static_cast<T>(static_cast<int>(T::Series1) + i), {T::Window, T::Base}, kSign});
    return all;
}

} // namespace

class TestContrast final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPairCanBeTold_data()
    {
        QTest::addColumn<ColorTable>("table");
        QPalette lightSystem(Qt::white);
        lightSystem.setColor(QPalette::Base, Qt::white);
        lightSystem.setColor(QPalette::Highlight, QColor(0x30, 0x8c, 0xc6));
        QPalette darkSystem(Qt::black);
        darkSystem.setColor(QPalette::Base, Qt::black);
        darkSystem.setColor(QPalette::Highlight, QColor(0x30, 0x8c, 0xc6));
        QTest::newRow("light") << views::lightColors();
        QTest::newRow("dark") << views::darkColors();
        QTest::newRow("high contrast on a light system") << views::highContrastColors(lightSystem);
        QTest::newRow("high contrast on a dark system") << views::highContrastColors(darkSystem);
    }

    void everyPairCanBeTold()
    {
        QFETCH(ColorTable, table);
        const auto color = [&table](ColorToken token) { return table[static_cast<std::size_t>(token)]; };
        QStringList weak;
        for (const Pair& pair : pairs()) {
            for (const ColorToken surface : pair.surfaces) {
                const double ratio = contrast(color(pair.ink), color(surface));
                if (ratio < pair.least)
                    weak << QStringLiteral("%1: %2 on %3 is %4").arg(QLatin1String(pair.name), color(pair.ink).name(), color(surface).name()).arg(ratio);
                QVERIFY(std::abs(ratio - views::contrastRatio(color(pair.ink), color(surface))) < 0.01);
            }
        }
        for (const ColorToken environment : {ColorToken::Development, ColorToken::Test, ColorToken::Production}) {
            const double ratio = contrast(Qt::white, color(environment));
            if (ratio < kText) weak << QStringLiteral("white on %1 is %2").arg(color(environment).name()).arg(ratio);
        }
        QVERIFY2(weak.isEmpty(), qPrintable(weak.join(QLatin1Char('\n'))));
    }

    /// A style sheet's pictures have their colour in the file; it must be one that the theme would choose.
    void theSignsOfTheStyleSheetCanBeSeen_data() { everyPairCanBeTold_data(); }

    void theSignsOfTheStyleSheetCanBeSeen()
    {
        QFETCH(ColorTable, table);
        const auto color = [&table](ColorToken token) { return table[static_cast<std::size_t>(token)]; };
        const QString sheet = views::themeStyleSheet(table, 10, false);
        static const QRegularExpression kPicture(QStringLiteral("url\\(:(/icons/ink/[a-z-]+\\.svg)\\)"));
        static const QRegularExpression kStroke(QStringLiteral("stroke=\"(#[0-9a-f]{6})\""));
        int pictures = 0;
        for (auto it = kPicture.globalMatch(sheet); it.hasNext();) {
            const QString path = it.next().captured(1);
            QFile file(QLatin1Char(':') + path);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
            const QColor ink(kStroke.match(QString::fromLatin1(file.readAll())).captured(1));
            QVERIFY(ink.isValid());
            ++pictures;
            const bool isOnAccent = path.contains(QLatin1String("check")) && contrast(ink, color(ColorToken::Accent)) >= kSign;
            QVERIFY2(isOnAccent || contrast(ink, color(ColorToken::Base)) >= kSign, qPrintable(path));
        }
        QVERIFY(pictures >= 5); // two arrows of a spin box, one of a combo box, a tick, a cross
    }

    void noNameOfATokenIsLeftInTheStyleSheet_data() { everyPairCanBeTold_data(); }

    void noNameOfATokenIsLeftInTheStyleSheet()
    {
        QFETCH(ColorTable, table);
        for (const bool isHighContrast : {false, true}) QVERIFY(!views::themeStyleSheet(table, 10, isHighContrast).contains(QLatin1Char('@')));
    }

    void theThemeSwitchesLive()
    {
        views::Theme& theme = tests::theTheme();
        theme.apply(views::ThemeChoice::Dark);
        QCOMPARE(theme.color(ColorToken::Base), QColor(0x1B, 0x1F, 0x27)); // look.md, table of tokens
        theme.apply(views::ThemeChoice::Light);
        QCOMPARE(theme.color(ColorToken::Base), QColor(0xFF, 0xFF, 0xFF));
        QCOMPARE(theme.color(ColorToken::Accent), QColor(0xB3, 0x3F, 0x08));
    }
};

BLAZEDB_REGISTER_TEST(TestContrast);
#include "tst_contrast.moc"
