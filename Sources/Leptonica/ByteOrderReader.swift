/// Reads numbers from bytes whose order is told by a TIFF header; nil beyond the end.
struct ByteOrderReader {
  let bytes: UnsafeRawBufferPointer
  let isLittleEndian: Bool

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 8, bytes[0] == bytes[1], bytes[0] == 0x49 || bytes[0] == 0x4D else { return nil }
    self.bytes = bytes
    isLittleEndian = bytes[0] == 0x49
  }

  func word16(at offset: Int) -> Int? { number(at: offset, as: UInt16.self).map(Int.init) }
  func word32(at offset: Int) -> Int? { number(at: offset, as: UInt32.self).map(Int.init) }
  func word64(at offset: Int) -> Int? { number(at: offset, as: UInt64.self).flatMap(Int.init(exactly:)) }

  private func number<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type) -> Number? {
    let size = Number.bitWidth / 8
    guard offset >= 0, offset <= bytes.count - size else { return nil }
    let raw = bytes.loadUnaligned(fromByteOffset: offset, as: type)
    return isLittleEndian ? Number(littleEndian: raw) : Number(bigEndian: raw)
  }
}
