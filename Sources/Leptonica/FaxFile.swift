/// A fax of group 4 as a TIFF file of one strip.
///
/// - Source: TIFF 6.0, section 11.
struct FaxFile {
  let width: Int
  let height: Int
  let inkIsBlack: Bool
  let stripLength: Int

  /// What stands before the strip.
  var head: [UInt8] {
    var bytes = Array("II".utf8)
    func number(_ value: Int, _ count: Int) {
      for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }
    // Each a long of one value.
    let entries = [
      (256, width), (257, height), (258, 1), (259, 4), (262, inkIsBlack ? 0 : 1), (273, 0), (277, 1), (278, height),
      (279, stripLength),
    ]
    let length = 8 + 2 + 12 * entries.count + 4
    number(42, 2)
    number(8, 4)
    number(entries.count, 2)
    for (tag, value) in entries {
      number(tag, 2)
      number(4, 2)
      number(1, 4)
      number(tag == 273 ? length : value, 4)
    }
    number(0, 4)
    return bytes
  }
}
