import DocumentModel

/// Reads what FTS5 marks in a text: between the two control characters, which no indexed text has.
enum SearchMarks {
  static let open = "\u{2}"
  static let close = "\u{3}"

  private static let openByte: UInt8 = 2
  private static let closeByte: UInt8 = 3

  /// The stretches of a snippet.
  static func stretches(_ marked: String) -> [SearchHit.Stretch] {
    var stretches: [SearchHit.Stretch] = []
    var text: [UInt8] = []
    func end(isMatch: Bool) {
      guard !text.isEmpty else { return }
      let words = String(decoding: text.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
      stretches.append(SearchHit.Stretch(text: words, isMatch: isMatch))
      text = []
    }
    for byte in marked.utf8 {
      switch byte {
      case openByte: end(isMatch: false)
      case closeByte: end(isMatch: true)
      default: text.append(byte)
      }
    }
    end(isMatch: false)
    return stretches
  }

  /// What was found, in bytes of the text without marks, ascending.
  static func ranges(_ marked: String) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var offset = 0
    var start: Int?
    for byte in marked.utf8 {
      switch byte {
      case openByte: start = offset
      case closeByte:
        if let from = start { ranges.append(from..<offset) }
        start = nil
      default: offset += 1
      }
    }
    return ranges
  }

  /// The boxes of the passages that the ranges touch, in their order; both are ascending.
  static func boxes(_ ranges: [Range<Int>], in passages: [SearchablePage.Passage], most: Int) -> [BoundingBox] {
    var boxes: [BoundingBox] = []
    var index = 0
    for passage in passages where boxes.count < most {
      while index < ranges.count, ranges[index].upperBound <= passage.range.lowerBound { index += 1 }
      if index < ranges.count, ranges[index].lowerBound < passage.range.upperBound { boxes.append(passage.box) }
    }
    return boxes
  }
}
