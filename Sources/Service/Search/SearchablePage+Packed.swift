import DocumentModel

extension [SearchablePage.Passage] {
  /// Six numbers of 32 bits each: start, length, and the box in hundredths of a point.
  private static let numbers = 6
  private static let perPoint = 100.0

  /// As the index keeps them.
  var packed: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * Self.numbers * 4)
    for passage in self {
      let box = [passage.box.left, passage.box.top, passage.box.right, passage.box.bottom]
      let numbers =
        [Int32(clamping: passage.range.lowerBound), Int32(clamping: passage.range.count)]
        + box.map { Int32(clamping: Int(Swift.max(-2e7, Swift.min(2e7, $0)) * Self.perPoint)) }
      for number in numbers { Swift.withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    }
    return bytes
  }

  init(packed bytes: [UInt8]) {
    self = []
    let size = Self.numbers * 4
    for start in stride(from: 0, to: bytes.count - size + 1, by: size) {
      let numbers = (0..<Self.numbers).map { index -> Int32 in
        let at = start + index * 4
        return Int32(
          truncatingIfNeeded: UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
            | UInt32(bytes[at + 3]) << 24)
      }
      let from = Int(Swift.max(0, numbers[0]))
      append(
        SearchablePage.Passage(
          range: from..<(from + Int(Swift.max(0, numbers[1]))),
          box: BoundingBox(
            left: Double(numbers[2]) / Self.perPoint, top: Double(numbers[3]) / Self.perPoint,
            right: Double(numbers[4]) / Self.perPoint, bottom: Double(numbers[5]) / Self.perPoint)))
    }
  }
}
