// Small parts every page is made of, so that pages look alike. How they look is said in the theme's style sheet.
#pragma once

#include <QString>

class QAbstractButton;
class QFrame;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;
class QWidget;

namespace blazedb::views {

enum class TextRole { Body, Title, Section, Figure, Label, Muted, Problem, Warn, Ok, Info, Code };
enum class ButtonRole { Ordinary, Primary, Danger, Link };
enum class Surface { Window, Base, Sunken, Card, Popup, BannerInfo, BannerWarn, BannerDanger, Line };

/// GUI thread only, all of them. Changing a role later repaints the widget.
void setTextRole(QLabel* label, TextRole role);
void setButtonRole(QPushButton* button, ButtonRole role);
void setSurface(QFrame* frame, Surface surface);

/// A plain-text label; texts of databases never become markup.
QLabel* makeLabel(const QString& text, TextRole role, QWidget* parent);
/// The same, broken into lines where it has to.
QLabel* makeWrappedLabel(const QString& text, TextRole role, QWidget* parent);
QFrame* makeFrame(Surface surface, QWidget* parent);
QFrame* makeHairline(QWidget* parent); ///< One pixel, across its layout.

/// Names a control for tests (`area.thing`) and for a screen reader.
void nameControl(QWidget* control, const QString& objectName, const QString& accessibleName);

/// Who gets the focus when `container` is given it. Not a focus proxy: with one, Tab would jump over what stands before the
/// target. The newest call counts; null ends it.
void setFocusTarget(QWidget* container, QWidget* target);
[[nodiscard]] QWidget* focusTarget(const QWidget* container); ///< Null when there is none.

/// A layout without margins, with the usual gap between its parts.
QHBoxLayout* makeRow(QWidget* parent = nullptr);
QVBoxLayout* makeColumn(QWidget* parent = nullptr);

/// Sets a property a style sheet chooses by, and applies it.
void setStyleProperty(QWidget* widget, const char* name, const QString& value);

} // namespace blazedb::views
