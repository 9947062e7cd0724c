// The one file that calls libpq where libpqxx has no API: sending one message of many statements,
// or many statements without waiting, reading each result as it arrives, COPY data inside such a
// message, error fields and positions, cancelling. A Wire is a view of a connection that libpqxx
// opened and owns.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace pqxx {
class connection_base;
}

namespace strata::postgres {

// One result. Values are valid as long as it lives.
class Reply {
 public:
  enum class Kind {
    kDone,     // a statement ended, with or without rows
    kError,    // a statement failed; the rest of the message was skipped
    kCopyIn,   // the server waits for COPY data
    kSkipped,  // streaming: not run, since a statement before it failed
    kEnd,      // the message or the stream is answered
    kLost,     // the connection is gone
  };

  Reply(Kind kind, pg_result* result);
  explicit Reply(std::string lost);

  Kind kind() const { return kind_; }
  int rows() const;
  int columns() const;
  const char* value(int row, int column) const;  // null: NULL
  std::string name(int column) const;
  bool is_boolean(int column) const;

  // kError, kLost.
  std::string sqlstate() const;
  std::string message() const;
  std::string detail() const;
  std::string hint() const;
  std::size_t position() const;  // in characters of the message, from 1; 0: none

 private:
  std::string Field(int code) const;

  struct Clear {
    void operator()(pg_result* result) const;
  };
  Kind kind_;
  std::unique_ptr<pg_result, Clear> result_;
  std::string lost_;
};

class Wire {
 public:
  explicit Wire(pqxx::connection_base& connection);

  // Sends one Query message. False: the connection is gone (LastError says why).
  bool Send(const std::string& message);
  // The next result. While there is none, calls `tick` (may be empty) about ten times a second with
  // the time waited; once it returns false, the server is asked to cancel.
  Reply Next(const std::function<bool(std::chrono::milliseconds)>& tick);
  bool SendCopyData(std::string_view data);

  // A stream: statements go out one by one and do not wait for each other's results (libpq's
  // pipeline mode). Each is answered by Next, in order, by one reply. The first that fails makes
  // the server skip all the others. No COPY to or from this side.
  static bool CanStream();  // since libpq 14
  bool StartStream();
  // False: the connection is gone.
  bool Queue(const std::string& statement);
  bool QueueFlush();  // the server is not to keep back what it has answered up to here
  // Nothing more is queued; the last reply of Next will be kEnd.
  bool QueueEnd();
  // After kEnd: back to messages.
  void StopStream();

  bool InTransaction() const;  // a transaction is open, failed or not
  bool Alive() const;
  int ServerVersion() const;  // 150018
  int BackendPid() const;     // as the server said at connecting; behind a pooler not a real one
  std::string LastError() const;

 private:
  bool WaitReadable(const std::function<bool(std::chrono::milliseconds)>& tick);

  pg_conn* connection_;
  bool streaming_ = false;
};

// A connection that is being made without waiting for it.
enum class Connecting { kUnderWay, kDone, kFailed };
// Goes on with it for at most `wait`; what it says after kFailed is in `error`.
Connecting GoOnConnecting(pqxx::connection_base& connection, std::chrono::milliseconds wait,
                          std::string& error);

// A connection string as libpq reads it, with what Strata adds where it is not given: UTF-8, a name
// for pg_stat_activity, a time limit for connecting. False: `error` says why.
bool CompleteConnectionString(const std::string& url, std::string& complete, std::string& error);

}  // namespace strata::postgres
