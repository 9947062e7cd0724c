// libpq, loaded when its first function is called. It brings two dozen libraries (TLS, Kerberos,
// LDAP, ...) that take longer to load than a check of a small set takes to run, and most commands
// never speak to PostgreSQL. Only the tool is linked with this. Each function below is the one of
// libpq-fe.h, called in the library; what libpqxx should need beyond them is linked as usual.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#pragma GCC visibility push(hidden)  // libpq must not find these in the place of its own
#include <libpq-fe.h>
#pragma GCC visibility pop

namespace {

constexpr int kUnreachable = 5;  // the exit code of a database that cannot be reached

[[noreturn]] void Stop() {
  std::fprintf(stderr, "strata: %s\nhelp: install PostgreSQL's client library (Debian: libpq5)\n",
               dlerror());
  std::exit(kUnreachable);
}

template <class Function>
Function* Find(const char* name) {
  static void* const library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) Stop();
  void* const found = dlsym(library, name);
  if (found == nullptr) Stop();
  return reinterpret_cast<Function*>(found);
}

}  // namespace

#define FORWARD(result, name, parameters, arguments)           \
  result name parameters {                                     \
    static auto* const function = Find<decltype(name)>(#name); \
    return function arguments;                                 \
  }

extern "C" {
FORWARD(int, PQbackendPID, (const PGconn* conn), (conn))
FORWARD(int, PQcancel, (PGcancel * cancel, char* errbuf, int errbufsize),
        (cancel, errbuf, errbufsize))
FORWARD(void, PQclear, (PGresult * res), (res))
FORWARD(int, PQclientEncoding, (const PGconn* conn), (conn))
FORWARD(char*, PQcmdStatus, (PGresult * res), (res))
FORWARD(char*, PQcmdTuples, (PGresult * res), (res))
FORWARD(PostgresPollingStatusType, PQconnectPoll, (PGconn * conn), (conn))
FORWARD(PGconn*, PQconnectStart, (const char* conninfo), (conninfo))
FORWARD(PGconn*, PQconnectdb, (const char* conninfo), (conninfo))
FORWARD(void, PQconninfoFree, (PQconninfoOption * connOptions), (connOptions))
FORWARD(PQconninfoOption*, PQconninfoParse, (const char* conninfo, char** errmsg),
        (conninfo, errmsg))
FORWARD(int, PQconsumeInput, (PGconn * conn), (conn))
FORWARD(char*, PQdb, (const PGconn* conn), (conn))
FORWARD(char*, PQencryptPassword, (const char* passwd, const char* user), (passwd, user))
FORWARD(int, PQendcopy, (PGconn * conn), (conn))
#ifdef LIBPQ_HAS_PIPELINING
FORWARD(int, PQenterPipelineMode, (PGconn * conn), (conn))
#endif
FORWARD(char*, PQerrorMessage, (const PGconn* conn), (conn))
FORWARD(unsigned char*, PQescapeByteaConn,
        (PGconn * conn, const unsigned char* from, size_t from_length, size_t* to_length),
        (conn, from, from_length, to_length))
FORWARD(char*, PQescapeIdentifier, (PGconn * conn, const char* str, size_t len), (conn, str, len))
FORWARD(size_t, PQescapeStringConn,
        (PGconn * conn, char* to, const char* from, size_t length, int* error),
        (conn, to, from, length, error))
FORWARD(PGresult*, PQexec, (PGconn * conn, const char* query), (conn, query))
FORWARD(PGresult*, PQexecParams,
        (PGconn * conn, const char* command, int nParams, const Oid* paramTypes,
         const char* const* paramValues, const int* paramLengths, const int* paramFormats,
         int resultFormat),
        (conn, command, nParams, paramTypes, paramValues, paramLengths, paramFormats, resultFormat))
FORWARD(PGresult*, PQexecPrepared,
        (PGconn * conn, const char* stmtName, int nParams, const char* const* paramValues,
         const int* paramLengths, const int* paramFormats, int resultFormat),
        (conn, stmtName, nParams, paramValues, paramLengths, paramFormats, resultFormat))
#ifdef LIBPQ_HAS_PIPELINING
FORWARD(int, PQexitPipelineMode, (PGconn * conn), (conn))
#endif
FORWARD(void, PQfinish, (PGconn * conn), (conn))
FORWARD(int, PQflush, (PGconn * conn), (conn))
FORWARD(char*, PQfname, (const PGresult* res, int field_num), (res, field_num))
FORWARD(int, PQfnumber, (const PGresult* res, const char* field_name), (res, field_name))
FORWARD(void, PQfreeCancel, (PGcancel * cancel), (cancel))
FORWARD(void, PQfreemem, (void* ptr), (ptr))
FORWARD(Oid, PQftable, (const PGresult* res, int field_num), (res, field_num))
FORWARD(int, PQftablecol, (const PGresult* res, int field_num), (res, field_num))
FORWARD(Oid, PQftype, (const PGresult* res, int field_num), (res, field_num))
FORWARD(PGcancel*, PQgetCancel, (PGconn * conn), (conn))
FORWARD(int, PQgetCopyData, (PGconn * conn, char** buffer, int async), (conn, buffer, async))
FORWARD(PGresult*, PQgetResult, (PGconn * conn), (conn))
FORWARD(int, PQgetisnull, (const PGresult* res, int tup_num, int field_num),
        (res, tup_num, field_num))
FORWARD(int, PQgetlength, (const PGresult* res, int tup_num, int field_num),
        (res, tup_num, field_num))
FORWARD(char*, PQgetvalue, (const PGresult* res, int tup_num, int field_num),
        (res, tup_num, field_num))
FORWARD(char*, PQhost, (const PGconn* conn), (conn))
FORWARD(int, PQisBusy, (PGconn * conn), (conn))
FORWARD(int, PQisthreadsafe, (), ())
FORWARD(int, PQnfields, (const PGresult* res), (res))
FORWARD(PGnotify*, PQnotifies, (PGconn * conn), (conn))
FORWARD(int, PQntuples, (const PGresult* res), (res))
FORWARD(Oid, PQoidValue, (const PGresult* res), (res))
#ifdef LIBPQ_HAS_PIPELINING
FORWARD(int, PQpipelineSync, (PGconn * conn), (conn))
#endif
FORWARD(char*, PQport, (const PGconn* conn), (conn))
FORWARD(PGresult*, PQprepare,
        (PGconn * conn, const char* stmtName, const char* query, int nParams,
         const Oid* paramTypes),
        (conn, stmtName, query, nParams, paramTypes))
FORWARD(int, PQprotocolVersion, (const PGconn* conn), (conn))
FORWARD(int, PQputCopyData, (PGconn * conn, const char* buffer, int nbytes), (conn, buffer, nbytes))
FORWARD(int, PQputCopyEnd, (PGconn * conn, const char* errormsg), (conn, errormsg))
FORWARD(void, PQreset, (PGconn * conn), (conn))
FORWARD(char*, PQresultErrorField, (const PGresult* res, int fieldcode), (res, fieldcode))
FORWARD(char*, PQresultErrorMessage, (const PGresult* res), (res))
FORWARD(ExecStatusType, PQresultStatus, (const PGresult* res), (res))
#ifdef LIBPQ_HAS_PIPELINING
FORWARD(int, PQsendFlushRequest, (PGconn * conn), (conn))
#endif
FORWARD(int, PQsendQuery, (PGconn * conn, const char* query), (conn, query))
FORWARD(int, PQsendQueryParams,
        (PGconn * conn, const char* command, int nParams, const Oid* paramTypes,
         const char* const* paramValues, const int* paramLengths, const int* paramFormats,
         int resultFormat),
        (conn, command, nParams, paramTypes, paramValues, paramLengths, paramFormats, resultFormat))
FORWARD(int, PQserverVersion, (const PGconn* conn), (conn))
FORWARD(int, PQsetClientEncoding, (PGconn * conn, const char* encoding), (conn, encoding))
FORWARD(PGVerbosity, PQsetErrorVerbosity, (PGconn * conn, PGVerbosity verbosity), (conn, verbosity))
FORWARD(PQnoticeProcessor, PQsetNoticeProcessor, (PGconn * conn, PQnoticeProcessor proc, void* arg),
        (conn, proc, arg))
FORWARD(int, PQsetnonblocking, (PGconn * conn, int arg), (conn, arg))
FORWARD(int, PQsocket, (const PGconn* conn), (conn))
FORWARD(ConnStatusType, PQstatus, (const PGconn* conn), (conn))
FORWARD(void, PQtrace, (PGconn * conn, FILE* debug_port), (conn, debug_port))
FORWARD(PGTransactionStatusType, PQtransactionStatus, (const PGconn* conn), (conn))
FORWARD(unsigned char*, PQunescapeBytea, (const unsigned char* strtext, size_t* retbuflen),
        (strtext, retbuflen))
FORWARD(void, PQuntrace, (PGconn * conn), (conn))
FORWARD(char*, PQuser, (const PGconn* conn), (conn))
FORWARD(const char*, pg_encoding_to_char, (int encoding), (encoding))
}
