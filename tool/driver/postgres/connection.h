// pqxx::connection, declared without its headers: a class in libpqxx 7, an alias in 6.
#pragma once

namespace pqxx {
#if __has_include(<pqxx/basic_connection.hxx>)
template <typename Policy>
class basic_connection_base;
class connect_direct;
using connection = basic_connection_base<connect_direct>;
#else
class connection;
#endif
}  // namespace pqxx
