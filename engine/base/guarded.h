// Guarded<T>: a value that can only be touched while its mutex is held.
#pragma once

#include <mutex>
#include <utility>

namespace blazedb {

/// Any thread. Hold the Access as short as a copy takes; no callback, I/O or foreign call meanwhile.
template <typename T>
class Guarded {
public:
    class Access {
    public:
        T* operator->() const { return m_value; }
        T& operator*() const { return *m_value; }
        /// The lock itself, for std::condition_variable::wait.
        std::unique_lock<std::mutex>& lock() { return m_lock; }

    private:
        friend Guarded;
        Access(T& value, std::mutex& mutex)
            : m_lock(mutex)
            , m_value(&value)
        {
        }
        std::unique_lock<std::mutex> m_lock;
        T* m_value;
    };

    template <typename... Args>
    explicit Guarded(Args&&... args)
        : m_value{std::forward<Args>(args)...}
    {
    }

    [[nodiscard]] Access lock() { return Access(m_value, m_mutex); }

private:
    std::mutex m_mutex;
    T m_value;
};

} // namespace blazedb
