// Result<T>: a value or an Error. Its spelling is std::expected's, over tl::expected until the
// compiler has the standard one; what it adds is that an Error converts without a wrapper.
#pragma once

#include <utility>

#include <tl/expected.hpp>

#include "engine/base/error.h"

namespace blazedb {

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
    using Base = tl::expected<T, Error>;

public:
    using Base::Base;
    Result(Error error)
        : Base(tl::unexpected<Error>(std::move(error)))
    {
    }
};

} // namespace blazedb

#define BLAZE_CONCAT_(a, b) a##b
#define BLAZE_CONCAT(a, b) BLAZE_CONCAT_(a, b)
/// Returns the error of `expr` from the enclosing function, if it has one.
#define BLAZE_TRY(expr) \
    do { \
        if (auto blazeResult = (expr); !blazeResult) return std::move(blazeResult).error(); \
    } while (false)
/// Declares `decl` as the value of `expr`, or returns its error from the enclosing function.
#define BLAZE_TRY_VALUE(decl, expr) \
    auto BLAZE_CONCAT(blazeResult, __LINE__) = (expr); \
    if (!BLAZE_CONCAT(blazeResult, __LINE__)) return std::move(BLAZE_CONCAT(blazeResult, __LINE__)).error(); \
    decl = *std::move(BLAZE_CONCAT(blazeResult, __LINE__))
