#include "views/shell/help_pages.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QPlainTextEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/commands/command_registry.h"
#include "views/shell/main_commands.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

struct HelpText {
    Q_DECLARE_TR_FUNCTIONS(blazedb::views::HelpText)
};

constexpr const char* kLicences =
    "BlazeDB Visualizer\n"
    "    The window (views, app/visualizer): GNU General Public License, version 3 or later.\n"
    "    The engine and the command line: Apache License, version 2.0.\n\n"
    "Built with\n"
    "    Qt 6: GNU General Public License, version 3\n"
    "    OpenSSL 3: Apache License, version 2.0\n"
    "    simdjson: Apache License, version 2.0\n"
    "    fmt: MIT License\n"
    "    JSON for Modern C++: MIT License\n"
    "    ICU: Unicode License\n"
    "    RE2: BSD 3-Clause License\n"
    "    tl::expected: CC0 1.0\n"
    "    CLI11: BSD 3-Clause License\n\n"
    "Fonts, when installed\n"
    "    Inter and JetBrains Mono: SIL Open Font License, version 1.1\n";

QStandardItemModel* makeKeysModel(const CommandRegistry& commands, QObject* parent)
{
    auto* model = new QStandardItemModel(0, 3, parent);
    model->setHorizontalHeaderLabels({HelpText::tr("Command"), HelpText::tr("Keys"), HelpText::tr("Name in settings")});
    const auto keysText = [&commands](const QString& id) { return QKeySequence::listToString(commands.keys(id), QKeySequence::NativeText); };
    for (const Command& command : commands.commands()) {
        QList<QStandardItem*> row{new QStandardItem(plainText(command.text)),
                                  new QStandardItem(keysText(command.id)),
                                  new QStandardItem(command.id)};
        for (QStandardItem* item : row) item->setEditable(false);
        model->appendRow(row);
    }
    QObject::connect(&commands, &CommandRegistry::keysChanged, model, [model, keysText] {
        for (int row = 0; row < model->rowCount(); ++row) model->item(row, 1)->setText(keysText(model->item(row, 2)->text()));
    });
    return model;
}

} // namespace

QWidget* makeKeysPage(const CommandRegistry& commands, QWidget* parent)
{
    auto* page = new QWidget(parent);
    page->setObjectName(QStringLiteral("help.keys"));
    auto* search = new QLineEdit(page);
    nameControl(search, QStringLiteral("help.keys.search"), HelpText::tr("Search the commands"));
    search->setPlaceholderText(HelpText::tr("Search by command or key"));
    search->setClearButtonEnabled(true);
    auto* filtered = new QSortFilterProxyModel(page);
    filtered->setSourceModel(makeKeysModel(commands, page));
    filtered->setFilterKeyColumn(-1);
    filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    QObject::connect(search, &QLineEdit::textChanged, filtered, &QSortFilterProxyModel::setFilterFixedString);
    auto* list = new QTreeView(page);
    nameControl(list, QStringLiteral("help.keys.list"), HelpText::tr("Commands and their keys"));
    list->setModel(filtered);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setSortingEnabled(true);
    list->sortByColumn(0, Qt::AscendingOrder);
    setStyleProperty(list, "listRole", QStringLiteral("plain"));
    list->header()->setStretchLastSection(false);
    list->header()->setSectionResizeMode(QHeaderView::Stretch);

    auto* column = makeColumn(page);
    column->setContentsMargins(Theme::unit(4), Theme::unit(4), Theme::unit(4), Theme::unit(4));
    column->addWidget(makeLabel(HelpText::tr("Keys"), TextRole::Title, page));
    column->addWidget(makeWrappedLabel(HelpText::tr("They are changed in the settings, on the page Keys."), TextRole::Muted, page));
    column->addWidget(search);
    column->addWidget(list, 1);
    setFocusTarget(page, search);
    return page;
}

QWidget* makeLicencesPage(QWidget* parent)
{
    auto* page = new QPlainTextEdit(QString::fromLatin1(kLicences), parent);
    nameControl(page, QStringLiteral("help.licences"), HelpText::tr("Licences"));
    page->setReadOnly(true);
    page->setFrameShape(QFrame::NoFrame);
    return page;
}

void showAbout(const Theme& theme, const QString& version, QWidget* parent)
{
    auto* box = new QMessageBox(parent);
    box->setObjectName(QStringLiteral("help.about"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(HelpText::tr("About BlazeDB Visualizer"));
    box->setIconPixmap(theme.icon(QStringLiteral("database"), ColorToken::Accent)
                           .pixmap(QSize(Theme::kPageIcon, Theme::kPageIcon), box->devicePixelRatioF()));
    box->setText(HelpText::tr("BlazeDB Visualizer %1").arg(version));
    box->setInformativeText(HelpText::tr("A window onto BlazeDB databases. Looking never changes a file.\nBuilt with Qt %1.")
                                .arg(QString::fromLatin1(qVersion())));
    box->setStandardButtons(QMessageBox::Close);
    box->button(QMessageBox::Close)->setObjectName(QStringLiteral("help.about.close"));
    box->open();
}

} // namespace blazedb::views
