/// Puts two changed versions of a JSON value together where their changes do not touch.
package struct JSONMerge: Sendable {
  /// Where both changed the same thing, by its place in `mine`, and how.
  package private(set) var collisions: [JSONFault] = []
  /// Both versions' changes; nil where they collide.
  package private(set) var merged: JSONValue?

  /// - Parameters:
  ///   - base: what both were made from.
  ///   - mine: its order and indices are those that paths speak of.
  ///   - theirs: its order of elements is that of the result.
  package init(base: JSONValue, mine: JSONValue, theirs: JSONValue) {
    let value = merge(base, mine, theirs, JSONPointer())
    // Written out, for a bare `nil` would be JSON's null.
    merged = collisions.isEmpty ? .some(value) : .none
  }

  private mutating func merge(
    _ base: JSONValue, _ mine: JSONValue, _ theirs: JSONValue, _ place: JSONPointer
  ) -> JSONValue {
    if mine == theirs || theirs == base { return mine }
    if mine == base { return theirs }
    switch (base, mine, theirs) {
    case (.object(let base), .object(let mine), .object(let theirs)):
      return .object(merge(members: base, mine, theirs, place))
    case (.array(let base), .array(let mine), .array(let theirs)):
      if let toMine = ElementAlignment(base, mine)?.other, let toTheirs = ElementAlignment(base, theirs)?.other,
        Self.isAscending(toMine)
      {
        return .array(merge(elements: base, mine, theirs, toMine, toTheirs, place))
      }
    default: break
    }
    collide(place, "is changed in both")
    return mine
  }

  private mutating func collide(_ place: JSONPointer, _ message: String) {
    collisions.append(JSONFault(place, message))
  }

  /// Whether the elements that are still there stand in their old order: a new order is a change of the whole list.
  private static func isAscending(_ places: [Int?]) -> Bool {
    let kept = places.compactMap { $0 }
    return zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 }
  }

  private mutating func merge(
    members base: [String: JSONValue], _ mine: [String: JSONValue], _ theirs: [String: JSONValue], _ place: JSONPointer
  ) -> [String: JSONValue] {
    var result: [String: JSONValue] = [:]
    for name in Set(base.keys).union(mine.keys).union(theirs.keys).sorted() {
      let (old, own, new) = (base[name], mine[name], theirs[name])
      let place = place.appending(name)
      if let old, let own, let new {
        result[name] = merge(old, own, new, place)
      } else if own == new || new == old {
        result[name] = own
      } else if own == old {
        result[name] = new
      } else {
        collide(place, own == nil ? "is removed in one and changed in the other" : "is changed in both")
      }
    }
    return result
  }

  private mutating func merge(
    elements base: [JSONValue], _ mine: [JSONValue], _ theirs: [JSONValue], _ toMine: [Int?], _ toTheirs: [Int?],
    _ place: JSONPointer
  ) -> [JSONValue] {
    var baseOfTheirs = [Int?](repeating: nil, count: theirs.count)
    for (index, match) in toTheirs.enumerated() { if let match { baseOfTheirs[match] = index } }
    // With the place in `mine`, after which what only `mine` has is put.
    var result: [(value: JSONValue, mine: Int?)] = []
    for (index, element) in theirs.enumerated() {
      guard let old = baseOfTheirs[index] else {
        result.append((element, nil))
        continue
      }
      if let own = toMine[old] {
        result.append((merge(base[old], mine[own], element, place.appending(own)), own))
      } else if element != base[old] {
        collide(place.appending(old), "is removed in one and changed in the other")
      }
    }
    for (old, own) in toMine.enumerated() where toTheirs[old] == nil {
      if let own, mine[own] != base[old] {
        collide(place.appending(own), "is changed in one and gone in the other")
      }
    }
    let known = Set(toMine.compactMap { $0 })
    for index in mine.indices where !known.contains(index) {
      let before = result.lastIndex { $0.mine.map { $0 < index } ?? false }
      result.insert((mine[index], index), at: before.map { $0 + 1 } ?? 0)
    }
    return result.map(\.value)
  }
}
