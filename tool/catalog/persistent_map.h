// An ordered map as a value: copying is one pointer, changing one key copies a path of O(log n)
// nodes, and two maps that came from each other are compared in time proportional to what differs.
//
// A treap whose priorities are the keys' hashes, so that equal contents have equal shape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace strata::catalog {

template <typename K, typename V, typename Hash = std::hash<K>>
class PersistentMap {
  struct Node;
  using Link = std::shared_ptr<const Node>;
  struct Node {
    K key;
    V value;
    std::uint64_t priority;
    std::size_t size;
    Link left, right;
  };

 public:
  std::size_t size() const { return SizeOf(root_); }
  bool empty() const { return root_ == nullptr; }

  // Returns the value, or null.
  const V* Find(const K& key) const {
    const Node* node = root_.get();
    while (node != nullptr) {
      if (key < node->key) {
        node = node->left.get();
      } else if (node->key < key) {
        node = node->right.get();
      } else {
        return &node->value;
      }
    }
    return nullptr;
  }

  void Set(const K& key, V value) { root_ = Insert(root_, key, std::move(value), Priority(key)); }
  void Erase(const K& key) { root_ = Remove(root_, key); }

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

  bool SameAs(const PersistentMap& other) const { return root_ == other.root_; }

 private:
  static std::uint64_t Priority(const K& key) {
    std::uint64_t x =
        Hash()(key) + 0x9e3779b97f4a7c15u;  // splitmix64: std::hash may be the identity
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }
  static std::size_t SizeOf(const Link& node) { return node == nullptr ? 0 : node->size; }
  static bool Above(std::uint64_t p, const K& k, const Node& node) {
    return p != node.priority ? p > node.priority : k < node.key;
  }
  static Link Make(const K& key, V value, std::uint64_t priority, Link left, Link right) {
    const std::size_t size = 1 + SizeOf(left) + SizeOf(right);
    return std::make_shared<const Node>(
        Node{key, std::move(value), priority, size, std::move(left), std::move(right)});
  }
  static Link With(const Node& node, Link left, Link right) {
    return Make(node.key, node.value, node.priority, std::move(left), std::move(right));
  }

  // Splits into keys below and above `key`, which is not in the tree.
  static std::pair<Link, Link> Split(const Link& node, const K& key) {
    if (node == nullptr) return {};
    if (node->key < key) {
      auto [low, high] = Split(node->right, key);
      return {With(*node, node->left, low), high};
    }
    auto [low, high] = Split(node->left, key);
    return {low, With(*node, high, node->right)};
  }
  static Link Merge(const Link& low, const Link& high) {
    if (low == nullptr) return high;
    if (high == nullptr) return low;
    if (Above(low->priority, low->key, *high))
      return With(*low, low->left, Merge(low->right, high));
    return With(*high, Merge(low, high->left), high->right);
  }
  static Link Insert(const Link& node, const K& key, V value, std::uint64_t priority) {
    if (node == nullptr) return Make(key, std::move(value), priority, nullptr, nullptr);
    if (!(key < node->key) && !(node->key < key)) {
      return Make(key, std::move(value), priority, node->left, node->right);
    }
    if (Above(priority, key, *node)) {
      auto [low, high] = Split(node, key);
      return Make(key, std::move(value), priority, low, high);
    }
    if (key < node->key)
      return With(*node, Insert(node->left, key, std::move(value), priority), node->right);
    return With(*node, node->left, Insert(node->right, key, std::move(value), priority));
  }
  static Link Remove(const Link& node, const K& key) {
    if (node == nullptr) return nullptr;
    if (key < node->key) {
      Link left = Remove(node->left, key);
      return left == node->left ? node : With(*node, left, node->right);
    }
    if (node->key < key) {
      Link right = Remove(node->right, key);
      return right == node->right ? node : With(*node, node->left, right);
    }
    return Merge(node->left, node->right);
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
    if (!(node->key < first)) {
      if (!WalkFrom(node->left.get(), first, f) || !f(node->key, node->value)) return false;
    }
    return WalkFrom(node->right.get(), first, f);
  }
  template <typename F>
  static void Differ(const Link& a, const Link& b, F& f) {
    if (a == b) return;
    if (a == nullptr) return Walk1(b.get(), [&](const K& k, const V& v) { f(k, nullptr, &v); });
    if (b == nullptr) return Walk1(a.get(), [&](const K& k, const V& v) { f(k, &v, nullptr); });
    const bool same_key = !(a->key < b->key) && !(b->key < a->key);
    if (same_key) {
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
