// An ordered map as a value: copying is one pointer, changing one key copies a path of O(log n)
// nodes, and two maps that came from each other are compared in time proportional to what differs.
//
// A treap whose priorities are the keys' hashes, so that equal contents have equal shape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace strata::catalog {

// Maps that share parts belong to one thread: the parts are counted without locks.
template <typename K, typename V, typename Hash = std::hash<K>>
class PersistentMap {
  struct Node;

  // A counted pointer to a node. Nodes that only one link holds are changed in place.
  class Link {
   public:
    Link() = default;
    explicit Link(Node* node) : node_(node) {}
    Link(const Link& other) : node_(other.node_) {
      if (node_ != nullptr) ++node_->links;
    }
    Link(Link&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Link& operator=(Link other) noexcept {
      std::swap(node_, other.node_);
      return *this;
    }
    ~Link() {
      if (node_ != nullptr && --node_->links == 0) delete node_;
    }
    const Node* get() const { return node_; }
    const Node* operator->() const { return node_; }
    const Node& operator*() const { return *node_; }
    bool operator==(const Link& other) const { return node_ == other.node_; }
    bool operator==(std::nullptr_t) const { return node_ == nullptr; }

    // The node to change: a copy where others see it too. REQUIRES: there is a node.
    Node& Own() {
      if (node_->links > 1) *this = Link(new Node(*node_));
      return *node_;
    }

   private:
    Node* node_ = nullptr;
  };

  struct Node {
    Node(const K& k, V v, std::uint64_t p, Link l, Link r)
        : key(k), value(std::move(v)), priority(p), left(std::move(l)), right(std::move(r)) {
      Resize();
    }
    Node(const Node& other)
        : key(other.key),
          value(other.value),
          priority(other.priority),
          size(other.size),
          left(other.left),
          right(other.right) {}
    Node& operator=(const Node&) = delete;
    void Resize() { size = 1 + SizeOf(left) + SizeOf(right); }

    K key;
    V value;
    std::uint64_t priority;
    std::size_t size = 1;
    Link left, right;
    std::size_t links = 1;
  };

 public:
  std::size_t size() const { return SizeOf(root_); }
  bool empty() const { return root_ == nullptr; }

  // Returns the value, or null.
  const V* Find(const K& key) const { return FindBy(key); }
  // By anything that K::Compare takes.
  template <typename Key>
  const V* FindBy(const Key& key) const {
    const Node* node = root_.get();
    while (node != nullptr) {
      const int order = Order(node->key, key);
      if (order == 0) return &node->value;
      node = order > 0 ? node->left.get() : node->right.get();
    }
    return nullptr;
  }

  void Set(const K& key, V value) { Insert(root_, key, std::move(value), Priority(key)); }
  void Erase(const K& key) {
    if (Find(key) != nullptr) Remove(root_, key);
  }

  // Calls f(key, value) in key order; from `first` on, while f returns true, in the second form.
  template <typename F>
  void ForEach(F&& f) const {
    Walk(root_.get(), f);
  }
  template <typename F>
  void ForEachFrom(const K& first, F&& f) const {
    WalkFrom(root_.get(), first, f);
  }

  // Calls f(key, in_a, in_b) for each key whose value differs (by ==) or that one side lacks
  // (null), in key order. Shared parts are skipped without a look.
  template <typename F>
  static void Differences(const PersistentMap& a, const PersistentMap& b, F&& f) {
    Differ(a.root_, b.root_, f);
  }

  // Whether one came from the other without a write between: never true by chance, cheap.
  bool SameAs(const PersistentMap& other) const { return root_ == other.root_; }
  static bool SameContents(const PersistentMap& a, const PersistentMap& b) {
    bool same = true;
    Differences(a, b, [&same](const K&, const V*, const V*) { same = false; });
    return same;
  }

 private:
  // Below 0: a comes before b; 0: they are the same.
  template <typename Key>
  static int Order(const K& a, const Key& b) {
    if constexpr (requires { a.Compare(b); }) {
      return a.Compare(b);
    } else {
      return a < b ? -1 : b < a ? 1 : 0;
    }
  }
  static std::uint64_t Priority(const K& key) {
    std::uint64_t x =
        Hash()(key) + 0x9e3779b97f4a7c15u;  // splitmix64: std::hash may be the identity
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }
  static std::size_t SizeOf(const Link& node) { return node == nullptr ? 0 : node->size; }
  static bool Above(std::uint64_t p, const K& k, const Node& node) {
    return p != node.priority ? p > node.priority : Order(node.key, k) > 0;
  }

  // Splits into keys below and above `key`, which is not in the tree.
  static std::pair<Link, Link> Split(Link node, const K& key) {
    if (node == nullptr) return {};
    Node& top = node.Own();
    if (Order(top.key, key) < 0) {
      auto [low, high] = Split(std::move(top.right), key);
      top.right = std::move(low);
      top.Resize();
      return {std::move(node), std::move(high)};
    }
    auto [low, high] = Split(std::move(top.left), key);
    top.left = std::move(high);
    top.Resize();
    return {std::move(low), std::move(node)};
  }
  // REQUIRES: each key of `low` is below each of `high`.
  static Link Merge(Link low, Link high) {
    if (low == nullptr) return high;
    if (high == nullptr) return low;
    if (Above(low->priority, low->key, *high)) {
      Node& top = low.Own();
      top.right = Merge(std::move(top.right), std::move(high));
      top.Resize();
      return low;
    }
    Node& top = high.Own();
    top.left = Merge(std::move(low), std::move(top.left));
    top.Resize();
    return high;
  }
  static void Insert(Link& node, const K& key, V value, std::uint64_t priority) {
    if (node == nullptr || Above(priority, key, *node)) {
      auto [low, high] = Split(std::move(node), key);
      node = Link(new Node(key, std::move(value), priority, std::move(low), std::move(high)));
      return;
    }
    Node& top = node.Own();
    const int order = Order(top.key, key);
    if (order > 0) {
      Insert(top.left, key, std::move(value), priority);
    } else if (order < 0) {
      Insert(top.right, key, std::move(value), priority);
    } else {
      top.value = std::move(value);
    }
    top.Resize();
  }
  // REQUIRES: the key is there.
  static void Remove(Link& node, const K& key) {
    const int order = Order(node->key, key);
    if (order > 0) {
      Node& top = node.Own();
      Remove(top.left, key);
      top.Resize();
    } else if (order < 0) {
      Node& top = node.Own();
      Remove(top.right, key);
      top.Resize();
    } else {
      Link left = node->left, right = node->right;
      node = Link();
      node = Merge(std::move(left), std::move(right));
    }
  }

  template <typename F>
  static void Walk(const Node* node, F& f) {
    if (node == nullptr) return;
    Walk(node->left.get(), f);
    f(node->key, node->value);
    Walk(node->right.get(), f);
  }
  template <typename F>
  static bool WalkFrom(const Node* node, const K& first, F& f) {
    if (node == nullptr) return true;
    if (Order(node->key, first) >= 0) {
      if (!WalkFrom(node->left.get(), first, f) || !f(node->key, node->value)) return false;
    }
    return WalkFrom(node->right.get(), first, f);
  }
  template <typename F>
  static void Differ(const Link& a, const Link& b, F& f) {
    if (a == b) return;
    if (a == nullptr) return Walk1(b.get(), [&](const K& k, const V& v) { f(k, nullptr, &v); });
    if (b == nullptr) return Walk1(a.get(), [&](const K& k, const V& v) { f(k, &v, nullptr); });
    if (Order(a->key, b->key) == 0) {
      Differ(a->left, b->left, f);
      if (!(a->value == b->value)) f(a->key, &a->value, &b->value);
      return Differ(a->right, b->right, f);
    }
    if (Above(a->priority, a->key, *b)) {  // a's root is in a alone
      auto [low, high] = Split(b, a->key);
      Differ(a->left, low, f);
      f(a->key, &a->value, nullptr);
      return Differ(a->right, high, f);
    }
    auto [low, high] = Split(a, b->key);
    Differ(low, b->left, f);
    f(b->key, nullptr, &b->value);
    Differ(high, b->right, f);
  }
  template <typename F>
  static void Walk1(const Node* node, F&& f) {
    Walk(node, f);
  }

  Link root_;
};

}  // namespace strata::catalog
