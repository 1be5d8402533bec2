#include "views/data/saved_filters.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/session/state_store.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kNameCharactersMax = 80;

/// A name may hold an ampersand; a menu would take it for a mnemonic.
QString menuText(QString name)
{
    return name.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

SavedFilters::SavedFilters(StateStore& state, const QString& key, const Theme& theme, QWidget* parent)
    : QToolButton(parent)
    , m_state(state)
    , m_key(key)
{
    nameControl(this, QStringLiteral("data.filters"), tr("Saved filters"));
    setIcon(theme.icon(QStringLiteral("pin")));
    setToolTip(tr("Save this filter, or use a saved one"));
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(InstantPopup);
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("data.filters.menu"));
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this] {
        Q_EMIT aboutToOpen();
        fill();
    });
}

QStringList SavedFilters::names() const
{
    return m_state.value(m_key).toMap().keys();
}

QString SavedFilters::text(const QString& name) const
{
    return m_state.value(m_key).toMap().value(name).toString();
}

void SavedFilters::save(const QString& name, const QString& text)
{
    QVariantMap filters = m_state.value(m_key).toMap();
    filters[name] = text;
    m_state.setValue(m_key, filters);
}

void SavedFilters::remove(const QString& name)
{
    QVariantMap filters = m_state.value(m_key).toMap();
    filters.remove(name);
    m_state.setValue(m_key, filters);
}

void SavedFilters::rename(const QString& from, const QString& to)
{
    if (from == to) return;
    const QString kept = text(from);
    remove(from);
    save(to, kept);
}

void SavedFilters::fill()
{
    QMenu* const filters = menu();
    filters->clear();
    qDeleteAll(filters->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly)); // clear() leaves them
    auto* saving = filters->addAction(tr("Save This Filter…"), this, &SavedFilters::askForName);
    saving->setEnabled(!m_currentText.isEmpty());
    const QStringList known = names();
    if (known.isEmpty()) return;
    filters->addSeparator();
    for (const QString& name : known) {
        auto* action = filters->addAction(menuText(name), this, [this, name] { Q_EMIT chosen(text(name)); });
        action->setToolTip(text(name));
    }
    filters->addSeparator();
    auto* renaming = filters->addMenu(tr("Rename"));
    auto* removing = filters->addMenu(tr("Delete"));
    renaming->setObjectName(QStringLiteral("data.filters.rename"));
    removing->setObjectName(QStringLiteral("data.filters.delete"));
    for (const QString& name : known) {
        renaming->addAction(menuText(name), this, [this, name] {
            openNameDialog(tr("Rename Filter"), name, [this, name](const QString& to) { rename(name, to); });
        });
        removing->addAction(menuText(name), this, [this, name] {
            remove(name);
            Q_EMIT said(tr("Deleted the filter \"%1\".").arg(name));
        });
    }
}

void SavedFilters::askForName()
{
    if (m_currentText.isEmpty()) return Q_EMIT said(tr("There is no filter to save."));
    openNameDialog(tr("Save Filter"), {}, [this, text = m_currentText](const QString& name) {
        save(name, text);
        Q_EMIT said(tr("Saved the filter \"%1\".").arg(name));
    });
}

void SavedFilters::openNameDialog(const QString& title, const QString& name, const std::function<void(const QString&)>& accept)
{
    auto* dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("data.filters.name"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* line = new QLineEdit(name, dialog);
    nameControl(line, QStringLiteral("data.filters.name.line"), tr("Name of the filter"));
    line->setMaxLength(kNameCharactersMax);
    line->selectAll();
    auto* note = makeWrappedLabel({}, TextRole::Muted, dialog);
    note->setObjectName(QStringLiteral("data.filters.name.note"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(makeLabel(tr("Name"), TextRole::Label, dialog));
    column->addWidget(line);
    column->addWidget(note);
    column->addWidget(buttons);
    const auto judge = [this, line, note, name, ok = buttons->button(QDialogButtonBox::Ok)] {
        const QString typed = line->text().trimmed();
        ok->setEnabled(!typed.isEmpty());
        note->setText(typed != name && names().contains(typed) ? tr("It takes the place of the filter of this name.") : QString());
    };
    connect(line, &QLineEdit::textChanged, dialog, judge);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [accept, line] { accept(line->text().trimmed()); });
    judge();
    dialog->open();
}

} // namespace blazedb::views
