extension CanonicalReader {
  /// Appends to `path` the steps from the next value down to the one that byte `target` belongs to.
  ///
  /// The text may be broken at `target`. This costs one more pass, and only when there is an error to tell.
  mutating func locate(_ target: Int, into path: inout [any CodingKey]) {
    // A failure here is the very one that is being located: the path so far is the answer.
    try? follow(target, into: &path)
  }

  private mutating func follow(_ target: Int, into path: inout [any CodingKey]) throws(CanonicalJSONError) {
    switch nextKind() {
    case .object:
      try beginObject()
      while let key = try nextKey() {
        if try enter(JSONKey(stringValue: key.string), target, into: &path) { return }
      }
    case .array:
      try beginArray()
      var index = 0
      while try nextElement() {
        if try enter(JSONKey(intValue: index), target, into: &path) { return }
        index += 1
      }
    default: return
    }
  }

  /// Whether the target lies in the next member, or before it; passes the member if not.
  private mutating func enter(
    _ key: JSONKey, _ target: Int, into path: inout [any CodingKey]
  ) throws(CanonicalJSONError) -> Bool {
    skipBlanks()
    if target < offset { return true }
    var member = self
    do { try skipValue() } catch {
      path.append(key)
      try member.follow(target, into: &path)
      return true
    }
    guard target < offset else { return false }
    path.append(key)
    try member.follow(target, into: &path)
    return true
  }
}
