/// An append-only writer of canonical JSON.
///
/// It puts the commas; keys must come in the order of their UTF-8 bytes, each once (debug builds insist).
/// It owns its buffer and cannot be copied: pass it `inout`, then take `bytes`.
package struct CanonicalWriter: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes have been written.
  package private(set) var count = 0
  /// How many arrays and objects are open.
  package internal(set) var depth = 0
  /// The greatest `depth` so far; `CanonicalEncoder` refuses what passes `NestingLimit.standard`.
  package private(set) var deepest = 0
  private var needsComma = false
  #if DEBUG
    private var lastKeys: [[UInt8]?] = []
  #endif

  /// - Parameter capacity: bytes to reserve at the start.
  package init(capacity: Int = 512) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// A copy of what has been written.
  package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Lends what has been written, without a copy.
  package borrowing func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  // MARK: Structure

  package mutating func beginObject() {
    open(.leftBrace)
    #if DEBUG
      lastKeys.append(nil)
    #endif
  }

  package mutating func endObject() {
    close(.rightBrace)
    #if DEBUG
      lastKeys.removeLast()
    #endif
  }

  package mutating func beginArray() { open(.leftBracket) }

  package mutating func endArray() { close(.rightBracket) }

  /// Writes a key that is printable ASCII without `"` and `\`, as coding keys are.
  package mutating func key(_ name: StaticString) {
    guard name.hasPointerRepresentation else { return key(dynamic: name.description) }
    let length = name.utf8CodeUnitCount
    let start = startKey(length)
    (base + start).update(from: name.utf8Start, count: length)
    finishKey(start, length)
  }

  /// Writes any key, escaped as need be.
  package mutating func key(dynamic name: String) {
    comma()
    #if DEBUG
      checkOrder(Array(name.utf8))
    #endif
    appendQuoted(name)
    append(.colon)
    needsComma = false
  }

  private mutating func startKey(_ length: Int) -> Int {
    reserve(length + 4)
    return count + (needsComma ? 2 : 1)
  }

  private mutating func finishKey(_ start: Int, _ length: Int) {
    if needsComma { base[count] = .comma }
    base[start - 1] = .quote
    base[start + length] = .quote
    base[start + length + 1] = .colon
    count = start + length + 2
    needsComma = false
    #if DEBUG
      checkOrder(Array(UnsafeBufferPointer(start: base + start, count: length)))
    #endif
  }

  #if DEBUG
    private mutating func checkOrder(_ key: [UInt8]) {
      guard let last = lastKeys.last else { return assertionFailure("a key outside an object") }
      assert(
        last.map { $0.lexicographicallyPrecedes(key) } ?? true,
        "key \(String(decoding: key, as: UTF8.self)) after \(String(decoding: last ?? [], as: UTF8.self))")
      lastKeys[lastKeys.count - 1] = key
    }
  #endif

  // MARK: Values

  package mutating func bool(_ value: Bool) {
    comma()
    append(value ? "true" : "false")
    needsComma = true
  }

  package mutating func null() {
    comma()
    append("null")
    needsComma = true
  }

  /// Writes a value that is canonical JSON already.
  package mutating func raw(_ bytes: UnsafeRawBufferPointer) {
    comma()
    append(bytes)
    needsComma = true
  }

  /// Writes a value that is canonical JSON already.
  package mutating func raw(_ bytes: [UInt8]) { bytes.withUnsafeBytes { raw($0) } }

  package mutating func string(_ value: String) {
    comma()
    appendQuoted(value)
    needsComma = true
  }

  /// Writes text that needs no escapes, such as a raw value known at compile time.
  package mutating func string(plain value: StaticString) {
    comma()
    append(.quote)
    append(value)
    append(.quote)
    needsComma = true
  }

  /// Writes a whole number; of types wider than 64 bits the caller sees to it that `Int64` or `UInt64` holds it.
  package mutating func integer(_ value: some FixedWidthInteger) {
    comma()
    if value < 0 { append(.minus) }
    appendDigits(UInt64(truncatingIfNeeded: value.magnitude))
    needsComma = true
  }

  /// Writes a number without exponent, −0 or needless zeros.
  ///
  /// - Parameter decimals: how many decimals to keep at most, 0…9; rounded half away from zero.
  /// - Throws: `CanonicalJSONError` for NaN and infinities.
  package mutating func number(_ value: Double, decimals: Int = 4) throws(CanonicalJSONError) {
    guard value.isFinite else { throw CanonicalJSONError(.notFinite, at: count) }
    comma()
    appendNumber(value, decimals: min(max(decimals, 0), 9))
    needsComma = true
  }

  // MARK: Buffer

  private mutating func open(_ bracket: UInt8) {
    comma()
    append(bracket)
    needsComma = false
    enter()
  }

  private mutating func close(_ bracket: UInt8) {
    append(bracket)
    needsComma = true
    depth -= 1
  }

  /// Counts one more open array or object.
  mutating func enter() {
    depth += 1
    if depth > deepest { deepest = depth }
  }

  private mutating func comma() { if needsComma { append(.comma) } }

  /// Puts the comma that separates the next value, for a caller that then writes it by other means.
  mutating func separate() { comma() }

  /// Forgets the last value, for a caller that puts its own commas.
  mutating func suppressComma() { needsComma = false }

  /// Says that a value has just been written by other means.
  mutating func noteValue() { needsComma = true }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  mutating func append(_ text: StaticString) { text.withUTF8Buffer { append(UnsafeRawBufferPointer($0)) } }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    UnsafeMutableRawPointer(base + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Gives room for `room` bytes at the end to `fill`, which returns how many it wrote.
  mutating func append(room: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(room)
    count += fill(base + count)
  }

  /// Puts another byte in place of the last one, of which there must be one.
  mutating func replaceLast(with byte: UInt8) {
    count -= 1
    append(byte)
  }

  /// Takes over the depth that another writer reached.
  mutating func noteDepth(_ other: Int) { deepest = max(deepest, other) }

  /// Drops everything after the first `length` bytes, in which `depth` arrays and objects are open.
  mutating func truncate(to length: Int, depth: Int) {
    count = min(length, count)
    self.depth = depth
  }

  /// The bytes from `start` on, copied.
  borrowing func copy(from start: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: base + start, count: count - start))
  }

  private mutating func reserve(_ more: Int) {
    if more > capacity - count { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    let wanted = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = wanted
  }
}
