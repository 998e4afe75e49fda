import CLedgerFile

/// The write-ahead log as it lies on the disk: which pages it holds, and where it is damaged.
///
/// SQLite takes the first frame without its checksum for the log's end, silently: what was committed in it and after it
/// would be gone. So the log is looked through before SQLite sees it.
/// https://www.sqlite.org/fileformat2.html#the_write_ahead_log
struct LedgerLog {
  /// Where in the log the newest committed version of each page begins.
  private(set) var pages: [Int: Int] = [:]
  /// Pages of the database after the last commit in the log; nil where there is none.
  private(set) var pageCount: Int?
  private(set) var damages: [LedgerDamage] = []

  private static let headerLength = 32
  private static let frameHeaderLength = 24
  private static let frameLength = frameHeaderLength + LedgerProtection.pageSize

  private let isBigEndian: Bool
  private let salts: [UInt8]

  /// - Returns: nil where the log holds nothing.
  init?(_ file: RawFile) throws {
    var header = try file.read(Self.headerLength, at: 0)
    guard header.count == Self.headerLength else { return nil }
    // Room that was made for a log that nothing was written to yet. A header that was lost has frames behind it.
    let start = try file.read(Self.headerLength + Self.frameHeaderLength, at: 0)
    guard start.contains(where: { $0 != 0 }) else { return nil }
    if !Self.isHeader(header) {
      let bits = (0..<header.count * 8).filter { bit in
        var candidate = header
        candidate[bit / 8] ^= 1 << (bit % 8)
        return Self.isHeader(candidate)
      }
      let wrong = bits.count == 1 ? LedgerDamage.WrongBit(offset: bits[0] / 8, bit: bits[0] % 8) : nil
      damages.append(LedgerDamage(place: .logHeader, wrongBit: wrong))
      guard let wrong else {
        isBigEndian = false
        salts = []
        return
      }
      header[wrong.offset] ^= 1 << wrong.bit
    }
    isBigEndian = header[3] & 1 == 1
    salts = Array(header[16..<24])
    try readFrames(file, seed: Self.sum(stored: header, at: 24))
  }

  private mutating func readFrames(_ file: RawFile, seed: [UInt32]) throws {
    var seed = seed
    var uncommitted: [Int: Int] = [:]
    var isReadable = true
    for index in 0..<max(0, (file.length - Self.headerLength) / Self.frameLength) {
      let offset = Self.headerLength + index * Self.frameLength
      var frame = try file.read(Self.frameLength, at: offset)
      guard frame.count == Self.frameLength else { break }
      if !isSound(frame, seed) {
        // Frames of the log's last round, which nobody reads any more, have other salts.
        guard saltDistance(frame) <= 1 else { break }
        let wrong = wrongBit(in: frame, seed, next: try file.read(Self.frameLength, at: offset + Self.frameLength))
        damages.append(
          LedgerDamage(
            place: .logFrame(index + 1),
            wrongBit: wrong.map { LedgerDamage.WrongBit(offset: offset + $0 / 8, bit: $0 % 8) }))
        if let wrong {
          frame[wrong / 8] ^= 1 << (wrong % 8)
        } else {
          isReadable = false
        }
      }
      seed = Self.sum(stored: frame, at: 16)
      guard isReadable else { continue }
      uncommitted[Self.number(frame, at: 0)] = offset + Self.frameHeaderLength
      let count = Self.number(frame, at: 4)
      if count > 0 {
        pages.merge(uncommitted) { $1 }
        uncommitted = [:]
        pageCount = count
      }
    }
  }

  private func isSound(_ frame: [UInt8], _ seed: [UInt32]) -> Bool {
    saltDistance(frame) == 0 && Self.number(frame, at: 0) > 0
      && sum(of: frame, seed) == Self.sum(stored: frame, at: 16)
  }

  /// How many bits of the frame's salts are not the log's.
  private func saltDistance(_ frame: [UInt8]) -> Int {
    zip(frame[8..<16], salts).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }

  /// The only bit of the frame whose flip makes it sound; nil where none does, or several would.
  ///
  /// - Parameter next: the frame behind it, which goes on with this one's sum and so tells whether that is right.
  private func wrongBit(in frame: [UInt8], _ seed: [UInt32], next: [UInt8]) -> Int? {
    let (found, stored) = (sum(of: frame, seed), Self.sum(stored: frame, at: 16))
    if saltDistance(frame) == 1 {
      let salt = (8 * 8..<16 * 8).first { salts[$0 / 8 - 8] ^ frame[$0 / 8] == 1 << ($0 % 8) }
      return found == stored ? salt : nil
    }
    let summed = Array(frame[..<8] + frame[Self.frameHeaderLength...])
    let difference = [stored[0] &- found[0], stored[1] &- found[1]]
    let bit = Int(cledgerfile_wal_wrong_bit(summed, summed.count, isBigEndian ? 1 : 0, difference))
    let inData = bit < 0 ? nil : bit < 64 ? bit : bit + (Self.frameHeaderLength - 8) * 8
    guard (stored[0] ^ found[0]).nonzeroBitCount + (stored[1] ^ found[1]).nonzeroBitCount == 1 else { return inData }
    // It may be the stored sum that is wrong: four bytes each, the highest first.
    let inSum = (0..<64).first { place in
      let word = place / 32
      return (stored[word] ^ found[word]) >> (place % 32) & 1 == 1
    }.map { place in (16 + place / 32 * 4 + 3 - place % 32 / 8) * 8 + place % 8 }
    if bit == -1 { return inSum }
    guard next.count == Self.frameLength else { return nil }
    if isSound(next, found) { return inSum }
    return isSound(next, stored) ? inData : nil
  }

  private func sum(of frame: [UInt8], _ seed: [UInt32]) -> [UInt32] {
    var sum = seed
    frame.withUnsafeBufferPointer { bytes in
      // A frame is never empty.
      guard let base = bytes.baseAddress else { return }
      cledgerfile_wal_checksum(base, 8, isBigEndian ? 1 : 0, &sum)
      cledgerfile_wal_checksum(
        base + Self.frameHeaderLength, LedgerProtection.pageSize, isBigEndian ? 1 : 0, &sum)
    }
    return sum
  }

  /// The format's magic number and version, our page size, and the header's own sum.
  private static func isHeader(_ bytes: [UInt8]) -> Bool {
    guard [0x377F_0682, 0x377F_0683].contains(number(bytes, at: 0)), number(bytes, at: 4) == 3_007_000,
      number(bytes, at: 8) == LedgerProtection.pageSize
    else { return false }
    var sum: [UInt32] = [0, 0]
    cledgerfile_wal_checksum(bytes, 24, Int32(bytes[3] & 1), &sum)
    return sum == Self.sum(stored: bytes, at: 24)
  }

  private static func sum(stored bytes: [UInt8], at offset: Int) -> [UInt32] {
    [UInt32(number(bytes, at: offset)), UInt32(number(bytes, at: offset + 4))]
  }

  /// Four bytes, the highest first.
  static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
