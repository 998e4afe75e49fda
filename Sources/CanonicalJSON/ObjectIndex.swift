/// Where the values of one object stand, by key.
final class ObjectIndex {
  private(set) var entries: [(key: CanonicalReader.Key, value: Int)] = []
  /// Where the last key was found: most types ask for their keys in a steady order.
  private var cursor = 0

  /// - Throws: `DecodingError` if the value is no object, or if a key stands twice.
  init(_ decoder: ValueDecoding) throws {
    entries = try decoder.session.reading(
      at: decoder.offset, path: decoder.path, expecting: [String: Any].self
    ) { reader in
      var entries: [(key: CanonicalReader.Key, value: Int)] = []
      try reader.beginObject()
      while let key = try reader.nextKey() {
        entries.append((key, reader.offset))
        reader.passCheckedValue()
      }
      if let key = Self.firstDuplicate(entries.map(\.key)) {
        throw CanonicalJSONError(.duplicateKey(key.string), at: key.offset)
      }
      return entries
    }
  }

  /// Where the value of the key begins.
  func offset(of key: any CodingKey) -> Int? {
    let name = key.stringValue
    for step in entries.indices {
      let index = (cursor + step) % entries.count
      if entries[index].key == name {
        cursor = index
        return entries[index].value
      }
    }
    return nil
  }

  /// A key that stands twice; sorted keys, which are the rule, are told apart by their neighbours alone.
  private static func firstDuplicate(_ keys: [CanonicalReader.Key]) -> CanonicalReader.Key? {
    func precedes(_ a: CanonicalReader.Key, _ b: CanonicalReader.Key) -> Bool {
      if a.hasEscapes || b.hasEscapes { return a.utf8.lexicographicallyPrecedes(b.utf8) }
      return a.bytes.lexicographicallyPrecedes(b.bytes)
    }
    if zip(keys, keys.dropFirst()).allSatisfy(precedes) { return nil }
    let sorted = keys.sorted(by: precedes)
    return zip(sorted, sorted.dropFirst()).first { !precedes($0, $1) }?.1
  }
}
