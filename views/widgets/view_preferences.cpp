#include "views/widgets/view_preferences.h"

namespace blazedb::views {

void ViewPreferences::setForms(const ValueForms& forms)
{
    if (forms == valueForms()) return;
    setValueForms(forms);
    Q_EMIT changed();
}

void ViewPreferences::setZone(ZoneChoice zone)
{
    ValueForms forms = valueForms();
    forms.zone = zone;
    setForms(forms);
}

void ViewPreferences::setMeasureIntervalMs(int milliseconds)
{
    if (milliseconds == m_measureIntervalMs) return;
    m_measureIntervalMs = milliseconds;
    Q_EMIT changed();
}

} // namespace blazedb::views
