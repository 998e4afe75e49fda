/// Letters that are read from right to left.
enum RightToLeft {
  static func contains(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar.value) } }

  /// Hebrew, Arabic and their neighbours, with presentation forms; blocks of Unicode 16.
  private static let ranges: [ClosedRange<UInt32>] = [
    0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF,
  ]
}
