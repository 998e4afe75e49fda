/// One place in which two JSON values differ.
package struct JSONDifference: Hashable, Sendable {
  /// In the new value; of what is gone, in the old one.
  package let path: JSONPointer
  /// Nil where nothing stood.
  package let old: JSONValue?
  /// Nil where nothing stands any more.
  package let new: JSONValue?

  package init(path: JSONPointer, old: JSONValue?, new: JSONValue?) {
    self.path = path
    self.old = old
    self.new = new
  }

  /// The smallest things that differ, in the order of the new value, then what is gone.
  package static func between(_ old: JSONValue, _ new: JSONValue) -> [JSONDifference] {
    var found: [JSONDifference] = []
    collect(old, new, JSONPointer(), &found)
    return found
  }

  private static func collect(
    _ old: JSONValue, _ new: JSONValue, _ place: JSONPointer, _ found: inout [JSONDifference]
  ) {
    guard old != new else { return }
    switch (old, new) {
    case (.object(let before), .object(let after)):
      for name in Set(before.keys).union(after.keys).sorted() {
        collect(before[name], after[name], place.appending(name), &found)
      }
    case (.array(let before), .array(let after)):
      guard let other = ElementAlignment(before, after)?.other else { fallthrough }
      var match = [Int?](repeating: nil, count: after.count)
      for (index, new) in other.enumerated() { if let new { match[new] = index } }
      for index in after.indices {
        collect(match[index].map { before[$0] }, after[index], place.appending(index), &found)
      }
      for index in before.indices where other[index] == nil {
        found.append(JSONDifference(path: place.appending(index), old: before[index], new: nil))
      }
    default: found.append(JSONDifference(path: place, old: old, new: new))
    }
  }

  private static func collect(
    _ old: JSONValue?, _ new: JSONValue?, _ place: JSONPointer, _ found: inout [JSONDifference]
  ) {
    if let old, let new {
      collect(old, new, place, &found)
    } else if old != new {
      found.append(JSONDifference(path: place, old: old, new: new))
    }
  }
}
