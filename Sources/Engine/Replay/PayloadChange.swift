import CanonicalJSON

/// How often one kind of place differs between two payloads: `tables[].cells[].text`, 3 changed.
package struct PayloadChange: Codable, Sendable, Hashable {
  /// Members by name, elements without their index; empty for the whole payload.
  package let path: String
  package var changed = 0
  package var added = 0
  package var removed = 0

  init(path: String) { self.path = path }

  package var count: Int { changed + added + removed }

  /// Lays two payloads side by side.
  ///
  /// Lists are matched from both ends; what is left in the middle is compared place by place, so that one element
  /// more or less does not make all that follow differ.
  /// - Returns: the most frequent first, then by path.
  static func between(_ old: JSONValue, _ new: JSONValue) -> [PayloadChange] {
    var found: [String: PayloadChange] = [:]
    compare(old, new, at: "", &found)
    return found.values.sorted { ($1.count, $0.path) < ($0.count, $1.path) }
  }

  private static func compare(
    _ old: JSONValue, _ new: JSONValue, at path: String, _ found: inout [String: PayloadChange]
  ) {
    switch (old, new) {
    case _ where old == new: return
    case (.object(let before), .object(let after)):
      for name in Set(before.keys).union(after.keys) {
        let place = path.isEmpty ? name : "\(path).\(name)"
        switch (before[name], after[name]) {
        case (let a?, let b?): compare(a, b, at: place, &found)
        case (nil, _?): found[place, default: PayloadChange(path: place)].added += 1
        case (_?, nil): found[place, default: PayloadChange(path: place)].removed += 1
        case (nil, nil): break
        }
      }
    case (.array(let before), .array(let after)): compare(before, after, at: path + "[]", &found)
    default: found[path, default: PayloadChange(path: path)].changed += 1
    }
  }

  private static func compare(
    _ old: [JSONValue], _ new: [JSONValue], at path: String, _ found: inout [String: PayloadChange]
  ) {
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    let (before, after) = (old[head..<(old.count - tail)], new[head..<(new.count - tail)])
    for (a, b) in zip(before, after) { compare(a, b, at: path, &found) }
    let surplus = after.count - before.count
    if surplus > 0 { found[path, default: PayloadChange(path: path)].added += surplus }
    if surplus < 0 { found[path, default: PayloadChange(path: path)].removed -= surplus }
  }
}
