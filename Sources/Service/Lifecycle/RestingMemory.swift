#if canImport(Glibc)
  import Glibc
#endif

/// Lets go of what of the program's own files lies in memory and was needed to start or for work that is done.
///
/// What is needed again is mapped again from the kernel's cache, a matter of microseconds.
enum RestingMemory {
  /// - Returns: bytes that were resident in what was let go of.
  @discardableResult
  static func release() -> Int {
    var released = 0
    var area: Area?
    for line in areas().split(separator: "\n") {
      if let next = Area(line) {
        released += area?.release() ?? 0
        area = next
      } else {
        area?.note(line)
      }
    }
    return released + (area?.release() ?? 0)
  }

  /// Every stretch of this process's memory, as the kernel tells it; empty where it tells nothing.
  private static func areas() -> String {
    let file = open("/proc/self/smaps", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var text: [UInt8] = []
    while text.count < most {
      // The kernel gives some of it at a time, whatever is asked for.
      let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { bytes, count in
        count = max(read(file, bytes.baseAddress, bytes.count), 0)
      }
      guard !piece.isEmpty else { break }
      text += piece
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let most = 16 << 20  // bytes: some ten thousand stretches

  /// A stretch of memory: proc(5), smaps.
  private struct Area {
    let start: UInt
    let end: UInt
    let isOfFile: Bool
    let isWritable: Bool
    var resident = 0
    var changed = 0

    /// From the line that begins its entry; nil for any other.
    init?(_ line: Substring) {
      let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      guard fields.count >= 5, let dash = fields[0].firstIndex(of: "-"), fields[1].utf8.count == 4,
        let start = UInt(fields[0][..<dash], radix: 16),
        let end = UInt(fields[0][fields[0].index(after: dash)...], radix: 16), start < end
      else { return nil }
      self.start = start
      self.end = end
      isWritable = fields[1].utf8.dropFirst().first == UInt8(ascii: "w")
      isOfFile = fields[4] != "0"
    }

    mutating func note(_ line: Substring) {
      func kilobytes(_ name: String) -> Int? {
        guard line.hasPrefix(name) else { return nil }
        return line.dropFirst(name.count).split(separator: " ").first.flatMap { Int($0) }
      }
      if let value = kilobytes("Rss:") { resident = value << 10 }
      if let value = kilobytes("Anonymous:") { changed += value }
      if let value = kilobytes("Swap:") { changed += value }
    }

    /// Only what the file has just so: pages that the loader has written into would be lost.
    func release() -> Int {
      guard isOfFile, !isWritable, changed == 0, resident > 0,
        madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED) == 0
      else { return 0 }
      return resident
    }
  }
}
