// A TCP proxy before a PostgreSQL server that counts round trips, can cut the connection at a
// chosen message boundary, and can hold back the server's answers. One connection after the other
// or several at once.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace strata::testing {

class Proxy {
 public:
  // `socket_path`: the server's unix socket.
  explicit Proxy(std::string socket_path) : path_(std::move(socket_path)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address));
    listen(listener_, 16);
    socklen_t size = sizeof(address);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { Accept(); });
  }
  ~Proxy() {
    stop_ = true;
    accepting_.join();
    for (std::thread& thread : pumps_) thread.join();
    close(listener_);
  }
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  int port() const { return port_; }
  // Cuts the next connection behind its `messages`-th message, both directions counted. 0: never.
  void CutAfter(int messages) {
    cut_after_ = messages;
    was_cut_ = false;
  }
  bool was_cut() const { return was_cut_; }
  // Once the client has sent `from` bytes, the server's answers are kept back until it has sent
  // `to`, or for two seconds.
  void HoldAnswers(std::size_t from, std::size_t to) {
    hold_from_ = from;
    hold_to_ = to;
  }
  bool lost_patience() const { return lost_patience_; }
  // The server gets `to`, of the same length, where the client sends `from` in one piece.
  void Replace(std::string from, std::string to) {
    from_ = std::move(from);
    to_ = std::move(to);
  }
  // Client flights: how often the client spoke after the server had.
  int flights() const { return flights_; }
  int connections() const { return connections_; }
  void ResetFlights() { flights_ = 0; }
  // Waits until the connections that were made are closed on both sides.
  void Settle() const {
    while (open_ > 0) std::this_thread::yield();
  }

 private:
  // Counts whole messages in one direction. The client's first ones have no type byte.
  class Counter {
   public:
    explicit Counter(bool client) : client_(client) {}
    // Returns how many bytes of `data` come before the end of the message that uses up `budget`;
    // npos where the budget lasts.
    std::size_t Feed(const char* data, std::size_t size, int& budget) {
      std::size_t at = 0;
      while (at < size) {
        if (left_ == 0 && !Header(data, size, at)) return std::string::npos;
        const std::size_t take = std::min(left_, size - at);
        at += take;
        left_ -= take;
        if (left_ == 0 && --budget == 0) return at;
      }
      return std::string::npos;
    }

   private:
    // Moves past the header; false: it is not whole yet.
    bool Header(const char* data, std::size_t size, std::size_t& at) {
      if (!client_ && single_) {  // the answer to SSLRequest is one byte
        single_ = false;
        left_ = 1;
        return true;
      }
      const std::size_t length = client_ && untyped_ > 0 ? 4 : 5;
      while (header_.size() < length && at < size) header_ += data[at++];
      if (header_.size() < length) return false;
      std::uint32_t word = 0;
      std::memcpy(&word, header_.data() + length - 4, 4);
      left_ = ntohl(word) - 4;
      if (client_ && untyped_ > 0) --untyped_;
      header_.clear();
      return true;
    }

    const bool client_;
    bool single_ = true;
    int untyped_ = 2;  // SSLRequest, startup
    std::string header_;
    std::size_t left_ = 0;
  };

  void Accept() {
    while (!stop_) {
      pollfd entry{listener_, POLLIN, 0};
      if (poll(&entry, 1, 20) <= 0) continue;
      const int client = accept(listener_, nullptr, nullptr);
      const int server = socket(AF_UNIX, SOCK_STREAM, 0);
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      std::strncpy(address.sun_path, path_.c_str(), sizeof(address.sun_path) - 1);
      connect(server, reinterpret_cast<sockaddr*>(&address), sizeof(address));
      const int budget = cut_after_.exchange(0);
      ++open_;
      ++connections_;
      pumps_.emplace_back([this, client, server, budget] { Pump(client, server, budget); });
    }
  }

  void Rewrite(char* begin, char* end) const {
    if (from_.empty()) return;
    while ((begin = std::search(begin, end, from_.begin(), from_.end())) != end) {
      begin = std::copy(to_.begin(), to_.end(), begin);
    }
  }

  void Pump(int client, int server, int budget) {
    Counter from_client(true);
    Counter from_server(false);
    bool server_spoke = true;
    std::size_t sent = 0;  // by the client
    int held = 0;          // milliseconds of silence
    char buffer[65536];
    while (!stop_) {
      const bool hold = sent >= hold_from_ && sent < hold_to_ && !lost_patience_;
      pollfd entries[2] = {{client, POLLIN, 0}, {hold ? -1 : server, POLLIN, 0}};
      if (poll(entries, 2, 20) <= 0) {
        if (hold && (held += 20) >= 2000) lost_patience_ = true;
        continue;
      }
      bool over = false;
      for (int side = 0; side < 2 && !over; ++side) {
        if (entries[side].revents == 0) continue;
        const ssize_t size = read(entries[side].fd, buffer, sizeof(buffer));
        if (size <= 0) {
          over = true;
          break;
        }
        if (side == 0 && server_spoke) ++flights_;
        if (side == 0) {
          sent += static_cast<std::size_t>(size);
          Rewrite(buffer, buffer + size);
        }
        server_spoke = side == 1;
        std::size_t send = static_cast<std::size_t>(size);
        if (budget > 0) {
          Counter& counter = side == 0 ? from_client : from_server;
          const std::size_t cut = counter.Feed(buffer, send, budget);
          if (cut != std::string::npos) {
            send = cut;
            over = true;
            was_cut_ = true;
          }
        }
        const int to = side == 0 ? server : client;
        for (std::size_t at = 0; at < send;) {
          const ssize_t wrote = ::send(to, buffer + at, send - at, MSG_NOSIGNAL);
          if (wrote <= 0) break;
          at += static_cast<std::size_t>(wrote);
        }
      }
      if (over) break;
    }
    close(client);
    close(server);
    --open_;
  }

  const std::string path_;
  std::string from_, to_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stop_{false};
  std::atomic<int> cut_after_{0};
  std::atomic<bool> was_cut_{false};
  std::atomic<std::size_t> hold_from_{0};
  std::atomic<std::size_t> hold_to_{0};
  std::atomic<bool> lost_patience_{false};
  std::atomic<int> connections_{0};
  std::atomic<int> flights_{0};
  std::atomic<int> open_{0};
  std::thread accepting_;
  std::vector<std::thread> pumps_;
};

}  // namespace strata::testing
