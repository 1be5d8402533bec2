#include "engine/base/secure_bytes.h"

#include <cstring>

namespace blazedb {

SecureBytes& SecureBytes::operator=(SecureBytes&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
}

SecureBytes::~SecureBytes()
{
    wipe();
}

void SecureBytes::wipe()
{
    if (!m_bytes.empty()) explicit_bzero(m_bytes.data(), m_bytes.size());
}

} // namespace blazedb
