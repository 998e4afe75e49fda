/// The `Encoder` of one value: writes into the session's writer and puts an object's keys in order when it is finished.
///
/// Containers asked for out of turn (nested containers, superclass encoders) write into a session of their own, and are
/// joined at the end, so that they may be used in any order.
final class ValueEncoding: Encoder {
  enum Shape {
    case unknown
    case single
    case array
    case object
  }

  /// One key and its value, as written: `"key":value,`.
  private struct Entry {
    let range: Range<Int>
    let keyLength: Int
    /// The key, where it was written with escapes.
    let escapedKey: String?
    let deferred: ValueEncoding?
  }

  let session: EncodingSession
  let path: PathNode?
  private(set) var shape = Shape.unknown
  /// Elements of an array so far.
  private(set) var count = 0
  private var start = 0
  private var entries: [Entry] = []
  /// Elements of an array that are written elsewhere, and where they belong.
  private var deferredElements: [(offset: Int, encoding: ValueEncoding)] = []

  init(session: EncodingSession, path: PathNode?) {
    self.session = session
    self.path = path
  }

  var codingPath: [any CodingKey] { path.codingPath }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    open(.object)
    return KeyedEncodingContainer(KeyedEncoding(owner: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    open(.array)
    return UnkeyedEncoding(owner: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleValueEncoding(owner: self) }

  /// Begins the array or object; asking twice for the same is what subclasses do.
  func open(_ wanted: Shape) {
    guard shape == .unknown else {
      precondition(shape == wanted, "\(codingPath.jsonPath) is encoded as both an array and an object")
      return
    }
    shape = wanted
    start = session.writer.count
    session.writer.append(wanted == .object ? .leftBrace : .leftBracket)
    session.writer.enter()
  }

  // MARK: Contents

  func writeSingle<T: Encodable>(_ value: T) throws {
    precondition(shape == .unknown, "\(codingPath.jsonPath) is encoded twice")
    try session.write(value, path: path)
    shape = .single
  }

  func writeNull() {
    shape = .single
    session.writer.append("null")
  }

  /// Writes `"key":value,`.
  func writeEntry(_ key: any CodingKey, _ value: () throws -> Void) throws {
    try writeEntry(key, deferred: nil, value)
  }

  private func writeEntry(_ key: any CodingKey, deferred: ValueEncoding?, _ value: () throws -> Void) throws {
    let name = key.stringValue
    let start = session.writer.count, depth = session.writer.depth
    let escaped = session.writer.appendQuoted(name)
    let keyLength = session.writer.count - start
    session.writer.append(.colon)
    do { try value() } catch {
      session.writer.truncate(to: start, depth: depth)
      throw error
    }
    session.writer.append(.comma)
    let range = start..<session.writer.count
    entries.append(
      Entry(range: range, keyLength: keyLength, escapedKey: escaped ? name : nil, deferred: deferred))
  }

  /// Writes `value,`.
  func writeElement(_ value: () throws -> Void) throws {
    let start = session.writer.count, depth = session.writer.depth
    do { try value() } catch {
      session.writer.truncate(to: start, depth: depth)
      throw error
    }
    session.writer.append(.comma)
    count += 1
  }

  /// An encoder for a member that may be filled at any time before this value is finished.
  func deferEntry(_ key: any CodingKey) -> ValueEncoding {
    let child = child(key)
    // Writing nothing cannot fail, so neither can the entry.
    try? writeEntry(key, deferred: child) {}
    return child
  }

  /// An encoder for the next element, which may be filled at any time before this value is finished.
  func deferElement() -> ValueEncoding {
    let child = child(JSONKey(intValue: count))
    deferredElements.append((session.writer.count, child))
    session.writer.append(.comma)
    count += 1
    return child
  }

  private func child(_ key: any CodingKey) -> ValueEncoding {
    let session = EncodingSession()
    session.writer.depth = self.session.writer.depth
    return ValueEncoding(session: session, path: PathNode(path, key))
  }

  // MARK: End

  /// Completes the value: joins what was deferred, sorts the keys, closes the bracket.
  func finish() {
    switch shape {
    case .single: return
    case .unknown: session.writer.append("{}")
    case .object:
      if entries.isEmpty {
        session.writer.append(.rightBrace)
      } else {
        arrangeEntries()
        session.writer.replaceLast(with: .rightBrace)
      }
      session.writer.depth -= 1
    case .array:
      if count == 0 {
        session.writer.append(.rightBracket)
      } else {
        joinElements()
        session.writer.replaceLast(with: .rightBracket)
      }
      session.writer.depth -= 1
    }
  }

  private func joinElements() {
    guard let first = deferredElements.first?.offset else { return }
    let written = session.writer.copy(from: first)
    session.writer.truncate(to: first, depth: session.writer.depth)
    written.withUnsafeBytes { bytes in
      for (index, element) in deferredElements.enumerated() {
        let next = index + 1 < deferredElements.count ? deferredElements[index + 1].offset : first + bytes.count
        element.encoding.join(into: session)
        session.writer.append(UnsafeRawBufferPointer(rebasing: bytes[element.offset - first..<next - first]))
      }
    }
  }

  private func arrangeEntries() {
    let written = session.writer.copy(from: start + 1)
    written.withUnsafeBytes { bytes in
      let shift = start + 1
      func precedes(_ a: Entry, _ b: Entry) -> Bool {
        if a.escapedKey == nil, b.escapedKey == nil {
          let aStart = a.range.lowerBound - shift + 1, bStart = b.range.lowerBound - shift + 1
          let aKey = bytes[aStart..<aStart + a.keyLength - 2], bKey = bytes[bStart..<bStart + b.keyLength - 2]
          return aKey.lexicographicallyPrecedes(bKey)
        }
        return key(of: a, in: bytes).lexicographicallyPrecedes(key(of: b, in: bytes))
      }
      let isArranged = zip(entries, entries.dropFirst()).allSatisfy(precedes)
      if isArranged, entries.allSatisfy({ $0.deferred == nil }) { return }
      // Swift's sort is stable, so of a key that was encoded twice the last value comes last.
      let sorted = isArranged ? entries : entries.sorted(by: precedes)
      session.writer.truncate(to: start + 1, depth: session.writer.depth)
      for (index, entry) in sorted.enumerated() {
        if index + 1 < sorted.count, !precedes(entry, sorted[index + 1]) { continue }
        let range = entry.range.lowerBound - shift..<entry.range.upperBound - shift - 1
        session.writer.append(UnsafeRawBufferPointer(rebasing: bytes[range]))
        entry.deferred?.join(into: session)
        session.writer.append(.comma)
      }
    }
  }

  private func key(of entry: Entry, in bytes: UnsafeRawBufferPointer) -> [UInt8] {
    if let key = entry.escapedKey { return Array(key.utf8) }
    let first = entry.range.lowerBound - start
    return Array(bytes[first..<first + entry.keyLength - 2])
  }

  /// Finishes a deferred value and copies it to where it belongs.
  private func join(into parent: EncodingSession) {
    finish()
    session.writer.withBytes { parent.writer.append($0) }
    parent.writer.noteDepth(session.writer.deepest)
  }
}
