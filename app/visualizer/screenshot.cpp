#include "app/visualizer/screenshot.h"

#include <utility>

#include <QElapsedTimer>
#include <QTimer>

#include "views/shell/main_window.h"

namespace blazedb::app {
namespace {

constexpr int kLookMs = 50;
constexpr int kCalmLooks = 14;
constexpr qint64 kWaitMsMax = 30'000;

} // namespace

void saveWhenCalm(views::MainWindow& window, const QString& path, std::function<void(bool)> done)
{
    auto* const timer = new QTimer(&window);
    auto calm = std::make_shared<int>(0);
    auto waited = std::make_shared<QElapsedTimer>();
    waited->start();
    QObject::connect(timer, &QTimer::timeout, &window, [&window, timer, path, calm, waited, done = std::move(done)] {
        *calm = window.isBusy() ? 0 : *calm + 1;
        if (*calm < kCalmLooks && waited->elapsed() < kWaitMsMax) return;
        timer->stop();
        timer->deleteLater();
        done(window.grab().save(path));
    });
    timer->start(kLookMs);
}

} // namespace blazedb::app
