/// A strict pull reader of JSON, canonical or written by hand.
///
/// Ask for what should come; a thrown error names the byte. An object is `beginObject()`, then `nextKey()` until it
/// gives nil, a value being read or skipped after each; an array is `beginArray()`, then `nextElement()` until false.
/// It is a value: a copy remembers a place. The bytes must outlive it.
package struct CanonicalReader {
  let bytes: UnsafeRawBufferPointer
  /// Where it stands.
  package internal(set) var offset: Int
  /// How many arrays and objects are open.
  package private(set) var depth = 0
  let depthLimit: Int
  var isFirst = true

  /// - Parameter bytes: must stay valid and unchanged for as long as the reader and its keys are used.
  /// - Throws: `CanonicalJSONError` where the bytes are not UTF-8.
  package init(
    _ bytes: UnsafeRawBufferPointer, depthLimit: Int = NestingLimit.standard
  ) throws(CanonicalJSONError) {
    if let offset = bytes.firstInvalidUTF8 { throw CanonicalJSONError(.invalidUTF8, at: offset) }
    self.init(trusted: bytes, offset: 0, depthLimit: depthLimit)
  }

  /// A reader of canonical JSON that somebody vouches for, by its digest for one: nothing is checked twice.
  ///
  /// What is not what was vouched for is read as something else, or as an error, but never from beyond the bytes.
  package init(vouchedFor bytes: UnsafeRawBufferPointer) { self.init(trusted: bytes, offset: 0) }

  /// A reader of bytes that are known to be UTF-8.
  init(trusted bytes: UnsafeRawBufferPointer, offset: Int, depthLimit: Int = NestingLimit.standard) {
    self.bytes = bytes
    self.offset = offset
    self.depthLimit = depthLimit
  }

  /// Reads one whole JSON text: nothing but blanks may follow what `body` reads.
  package static func read<R>(
    _ bytes: some Collection<UInt8>, _ body: (inout CanonicalReader) throws -> R
  ) throws -> R {
    func read(_ buffer: UnsafeBufferPointer<UInt8>) throws -> R {
      var reader = try CanonicalReader(UnsafeRawBufferPointer(buffer))
      let result = try body(&reader)
      try reader.finish()
      return result
    }
    if let result = try bytes.withContiguousStorageIfAvailable(read) { return result }
    return try Array(bytes).withUnsafeBufferPointer(read)
  }

  /// Makes sure that nothing but blanks is left.
  package mutating func finish() throws(CanonicalJSONError) {
    skipBlanks()
    if offset < bytes.count { throw failure(.trailingBytes) }
  }

  // MARK: Structure

  package mutating func beginObject() throws(CanonicalJSONError) { try open(.leftBrace, "an object") }

  package mutating func beginArray() throws(CanonicalJSONError) { try open(.leftBracket, "an array") }

  /// The next key of the innermost object, or nil after closing it.
  package mutating func nextKey() throws(CanonicalJSONError) -> Key? {
    guard try advance(to: .rightBrace, "',' or '}'") else { return nil }
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == .quote else { throw failure(expecting: "a key in quotes") }
    let (range, hasEscapes) = try scanString()
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == .colon else { throw failure(expecting: "':'") }
    offset += 1
    return Key(bytes: UnsafeRawBufferPointer(rebasing: bytes[range]), hasEscapes: hasEscapes, offset: range.lowerBound)
  }

  /// Whether the innermost array has one more element; closes it if not.
  package mutating func nextElement() throws(CanonicalJSONError) -> Bool {
    try advance(to: .rightBracket, "',' or ']'")
  }

  private mutating func open(_ bracket: UInt8, _ name: String) throws(CanonicalJSONError) {
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == bracket else { throw failure(expecting: name) }
    guard depth < depthLimit else { throw failure(.nestedTooDeep(limit: depthLimit)) }
    offset += 1
    depth += 1
    isFirst = true
  }

  /// Passes the comma before the next member, or the bracket after the last.
  private mutating func advance(to end: UInt8, _ wanted: String) throws(CanonicalJSONError) -> Bool {
    skipBlanks()
    guard offset < bytes.count else { throw failure(.unexpectedEnd) }
    if bytes[offset] == end {
      // Without an open bracket this is a caller's mistake, answered like any other unexpected byte.
      guard depth > 0 else { throw failure(.expected("a value")) }
      offset += 1
      depth -= 1
      isFirst = false
      return false
    }
    if isFirst {
      isFirst = false
    } else {
      guard bytes[offset] == .comma else { throw failure(.expected(wanted)) }
      offset += 1
    }
    return true
  }

  // MARK: Bytes

  @inline(__always)
  mutating func skipBlanks() {
    while offset < bytes.count, bytes[offset].isBlank { offset += 1 }
  }

  /// Passes a literal such as `true`, if it stands here.
  mutating func pass(_ literal: StaticString) -> Bool {
    let wanted = literal.bytes
    guard bytes.count - offset >= wanted.count,
      UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + wanted.count]).equals(wanted)
    else { return false }
    offset += wanted.count
    return true
  }

  // MARK: Errors

  /// An error at the place where the reader stands.
  package func failure(_ reason: CanonicalJSONError.Reason) -> CanonicalJSONError {
    CanonicalJSONError(reason, at: offset)
  }

  /// "Expected …", or "ends too early" where nothing is left.
  func failure(expecting wanted: String) -> CanonicalJSONError {
    failure(offset < bytes.count ? .expected(wanted) : .unexpectedEnd)
  }
}

extension StaticString {
  /// Its UTF-8, which lives as long as the program. Literals of one scalar have storage too, being written in quotes.
  var bytes: UnsafeRawBufferPointer {
    guard hasPointerRepresentation else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}
