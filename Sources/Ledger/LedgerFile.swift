import CLedgerFile

/// The ledger's files past SQLite: verifies every page and every frame of the log, and sets single wrong bits right.
///
/// Only for the holder of the owner's lock: a living owner writes pages meanwhile. And only while this process has no
/// connection to the ledger: POSIX takes all of a process's locks on a file away when it closes any descriptor of that,
/// and SQLite, which does not notice, would let others checkpoint and remove the log under it.
/// https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
package struct LedgerFile: Sendable {
  package enum Protection: Sendable, Hashable {
    /// Every page has a checksum.
    case protected
    /// Written before there were checksums.
    case unprotected
    /// There is no file, or nothing is in it.
    case absent
    /// The first page, which says so, is itself damaged.
    case damaged
  }

  package let path: String

  package init(path: String) { self.path = path }

  private var logPath: String { path + "-wal" }

  /// Whether the pages have checksums.
  package func protection() throws -> Protection {
    guard let file = try RawFile(path, writable: false) else { return .absent }
    let page = try file.read(LedgerProtection.pageSize, at: 0)
    guard page.count == LedgerProtection.pageSize else { return page.isEmpty ? .absent : .damaged }
    if Self.isSound(page, 1) { return page[20] == UInt8(LedgerProtection.reserved) ? .protected : .unprotected }
    // A loss of power while pages are copied back tears a page that the log still has.
    if let log = try RawFile(logPath, writable: false), let offset = try LedgerLog(log)?.pages[1] {
      return try log.read(21, at: offset).last == UInt8(LedgerProtection.reserved) ? .protected : .unprotected
    }
    // SQLite's own header says how many bytes are reserved: eight where there are checksums.
    if page[20] == 0, Self.wrongBit(page, 1) == nil, page.starts(with: "SQLite format 3\0".utf8) { return .unprotected }
    return .damaged
  }

  /// All damage there is; free pages, which nobody reads, are exempt.
  ///
  /// - Throws: `LedgerFailure.storage` where the files cannot be read.
  package func damages() throws -> [LedgerDamage] {
    let log = try RawFile(logPath, writable: false).flatMap { try LedgerLog($0) }
    guard let file = try RawFile(path, writable: false), try [.protected, .damaged].contains(protection()) else {
      return log?.damages ?? []
    }
    return try damagedPages(file, log) + (log?.damages ?? [])
  }

  /// Sets the wrong bits right.
  package func correct(_ damages: [LedgerDamage]) throws {
    for isInLog in [false, true] {
      let bits = damages.filter { $0.isInLog == isInLog }.compactMap(\.wrongBit)
      guard !bits.isEmpty, let file = try RawFile(isInLog ? logPath : path, writable: true) else { continue }
      for wrong in bits {
        let byte = try file.read(1, at: wrong.offset)
        try file.write(byte.map { $0 ^ (1 << wrong.bit) }, at: wrong.offset)
      }
    }
  }

  private func damagedPages(_ file: RawFile, _ log: LedgerLog?) throws -> [LedgerDamage] {
    let size = LedgerProtection.pageSize
    var damages: [LedgerDamage] = []
    var first = try file.read(size, at: 0)
    if let damage = Self.damage(of: first, 1), Self.counts(damage, log) {
      damages.append(damage)
      if let wrong = damage.wrongBit { first[wrong.offset] ^= 1 << wrong.bit }
    }
    // In the header; where the log holds a later one, its last commit says it.
    let inHeader = first.count == size ? LedgerLog.number(first, at: 28) : 0
    let present = file.length / size
    // A header that is past reading must not make us look for pages that never were.
    let isReadable = damages.allSatisfy { $0.wrongBit != nil }
    let count = log?.pageCount ?? (isReadable ? inHeader : present)
    var number = 2
    while number <= min(count, present) {
      let bytes = try file.read(size * min(Self.step, present - number + 1), at: (number - 1) * size)
      for start in stride(from: 0, to: bytes.count - size + 1, by: size) where number <= count {
        if let damage = Self.damage(of: Array(bytes[start..<start + size]), number), Self.counts(damage, log) {
          damages.append(damage)
        }
        number += 1
      }
      if bytes.count < size { break }
    }
    if let missing = (present + 1..<max(present + 1, count + 1)).first(where: { log?.pages[$0] == nil }) {
      damages.append(LedgerDamage(place: .missingPages(from: missing), wrongBit: nil))
    }
    guard damages.contains(where: { $0.place != .page(1) }) else { return damages }
    let free = try freePages(file, log, first)
    return damages.filter { damage in
      if case .page(let number) = damage.place { !free.contains(number) } else { true }
    }
  }

  /// Pages read at once: a mebibyte.
  private static let step = 256

  /// Leaves of the list of free pages, whose bytes mean nothing. Pages on the way to them are no leaves.
  /// https://www.sqlite.org/fileformat2.html#the_freelist
  private func freePages(_ file: RawFile, _ log: LedgerLog?, _ first: [UInt8]) throws -> Set<Int> {
    let size = LedgerProtection.pageSize
    func page(_ number: Int) throws -> [UInt8] {
      if let offset = log?.pages[number], let log = try RawFile(logPath, writable: false) {
        return try log.read(size, at: offset)
      }
      return try file.read(size, at: (number - 1) * size)
    }
    let header = log?.pages[1] == nil ? first : try page(1)
    guard header.count == size else { return [] }
    var free: Set<Int> = []
    var trunks: Set<Int> = []
    var next = LedgerLog.number(header, at: 32)
    while next > 0, trunks.insert(next).inserted {
      let trunk = try page(next)
      // A damaged way to the free pages is told as damage; what hangs on it counts as in use.
      guard trunk.count == size, log?.pages[next] != nil || Self.isSound(trunk, next) else { break }
      let count = min(LedgerLog.number(trunk, at: 4), size / 4 - 2)
      for leaf in 0..<count { free.insert(LedgerLog.number(trunk, at: 8 + leaf * 4)) }
      next = LedgerLog.number(trunk, at: 0)
    }
    return free
  }

  /// A page that stands in the log, too, is read from there; a loss of power while it is copied back may tear it. A single
  /// wrong bit is damage all the same.
  private static func counts(_ damage: LedgerDamage, _ log: LedgerLog?) -> Bool {
    guard case .page(let number) = damage.place, log?.pages[number] != nil else { return true }
    return damage.wrongBit != nil
  }

  private static func damage(of page: [UInt8], _ number: Int) -> LedgerDamage? {
    guard !isSound(page, number) else { return nil }
    let wrong = wrongBit(page, number).map { bit in
      LedgerDamage.WrongBit(offset: (number - 1) * LedgerProtection.pageSize + bit / 8, bit: bit % 8)
    }
    return LedgerDamage(place: .page(number), wrongBit: wrong)
  }

  private static func isSound(_ page: [UInt8], _ number: Int) -> Bool {
    page.count == LedgerProtection.pageSize && checksum(page, number) == stored(page)
  }

  /// The bit of the page that is wrong, in its data or in its checksum.
  private static func wrongBit(_ page: [UInt8], _ number: Int) -> Int? {
    guard page.count == LedgerProtection.pageSize else { return nil }
    let length = page.count - LedgerProtection.reserved
    let difference = checksum(page, number) ^ stored(page)
    if difference.nonzeroBitCount == 1 { return length * 8 + difference.trailingZeroBitCount }
    let bit = cledgerfile_wrong_bit(page, length, UInt32(truncatingIfNeeded: number), stored(page))
    return bit < 0 ? nil : Int(bit)
  }

  private static func checksum(_ page: [UInt8], _ number: Int) -> UInt64 {
    cledgerfile_page_checksum(page, page.count - LedgerProtection.reserved, UInt32(truncatingIfNeeded: number))
  }

  private static func stored(_ page: [UInt8]) -> UInt64 {
    page.suffix(LedgerProtection.reserved).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
