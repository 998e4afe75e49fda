import Contracts
import DocumentModel

/// Takes the origins out of encoded text again.
enum OriginTags {
  static let scalars: ClosedRange<Unicode.Scalar> = "\u{F5D0}"..."\u{F5D2}"

  /// Parts bytes with tags in them into the bytes and their marks; what is no tag stays.
  static func parted(_ bytes: [UInt8]) -> (bytes: [UInt8], marks: [TracedText.Mark]) {
    var clean: [UInt8] = []
    clean.reserveCapacity(bytes.count)
    var marks: [TracedText.Mark] = []
    var open: (start: Int, origin: TextOrigin)?
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0x97,
        (0x90...0x92).contains(bytes[index + 2])
      else {
        clean.append(bytes[index])
        index += 1
        continue
      }
      if bytes[index + 2] == 0x90, let (origin, end) = origin(bytes, index + 3) {
        open = (clean.count, origin)
        index = end
      } else if bytes[index + 2] == 0x92, let mark = open {
        if clean.count > mark.start {
          marks.append(TracedText.Mark(start: mark.start, end: clean.count, origin: mark.origin))
        }
        open = nil
        index += 3
      } else {
        clean += bytes[index..<(index + 3)]
        index += 3
      }
    }
    return (clean, marks)
  }

  /// The origin that a tag names, and where the text behind it begins.
  private static func origin(_ bytes: [UInt8], _ start: Int) -> (TextOrigin, Int)? {
    var end = start
    while end < bytes.count, bytes[end] < 0x80 { end += 1 }
    guard end + 2 < bytes.count, bytes[end] == 0xEF, bytes[end + 1] == 0x97, bytes[end + 2] == 0x91 else { return nil }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    if let colon = name.firstIndex(of: ":"), let dot = name.firstIndex(of: "."), dot < colon,
      let page = Int(name[..<dot])
    {
      let words = name[name.index(after: colon)...].split(separator: ",").compactMap { Int($0) }
      return (.words(words, page: page, element: Int(name[name.index(after: dot)..<colon])), end + 3)
    }
    let parts = name.split(separator: "@", maxSplits: 1)
    guard let making = parts.first.flatMap({ TextOrigin.Making(rawValue: String($0)) }) else { return nil }
    return (.made(making, element: parts.count > 1 ? ElementID(String(parts[1])) : nil), end + 3)
  }
}
