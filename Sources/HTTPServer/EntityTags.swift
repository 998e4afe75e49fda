/// Comparisons of entity tags (RFC 9110, 8.8.3).
package enum EntityTags {
  /// Whether one of a list is the tag, or the list is `*`; weak tags count (`If-None-Match`).
  package static func matchWeakly(_ list: [String], _ tag: String) -> Bool {
    list.contains { $0 == "*" || opaque($0) == opaque(tag) }
  }

  /// Whether one of a list is the tag, both strong, or the list is `*` (`If-Match`).
  package static func matchStrongly(_ list: [String], _ tag: String) -> Bool {
    list.contains { $0 == "*" || ($0 == tag && !tag.hasPrefix("W/")) }
  }

  /// Whether a range may be served: `If-Range` is absent or has exactly this tag. A date there is never taken as a
  /// match: the whole file is always right.
  static func allowRange(_ ifRange: String?, _ tag: String) -> Bool {
    ifRange.map { matchStrongly([$0], tag) } ?? true
  }

  private static func opaque(_ tag: String) -> Substring {
    tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
  }
}
