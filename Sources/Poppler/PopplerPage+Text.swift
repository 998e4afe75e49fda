import CPoppler
import DocumentModel

extension PopplerPage {
  /// The page's text with its places and fonts; almost free once the page has been rendered.
  ///
  /// Poppler selects from the first block to the last; where a page reads from right to left these lie at the right and
  /// at the left, and a selection made from left to right loses most of them. So it is made the other way too.
  package func textLayer() -> TextLayer {
    let size = size
    let whole = PopplerRectangle(x1: 0, y1: 0, x2: size.width, y2: size.height)
    let layer = textLayer(within: whole)
    guard layer.words.contains(where: { $0.text.unicodeScalars.contains(where: RightToLeftWords.isRightToLeft) })
    else { return layer }
    let mirrored = textLayer(within: PopplerRectangle(x1: size.width, y1: 0, x2: 0, y2: size.height))
    return mirrored.characterCount > layer.characterCount ? mirrored : layer
  }

  private func textLayer(within area: PopplerRectangle) -> TextLayer {
    var area = area
    guard let raw = poppler_page_get_text_for_area(pointer, &area) else { return .none }
    let text = String(cString: raw)
    g_free(raw)
    let rectangles = readRectangles(within: area)
    let (scalars, isConsistent) = Self.aligned(text, with: rectangles.count)
    let (fonts, runs, runOf) = readAttributes(count: rectangles.count, within: area)

    var characters: [TextLayerCharacter] = []
    characters.reserveCapacity(scalars.count)
    for (index, scalar) in scalars.enumerated() {
      let box = rectangles[index]
      // A rectangle that is no number still leaves its letter: it is given the place of the one before.
      let isSound = box.x1.isFinite && box.y1.isFinite && box.x2.isFinite && box.y2.isFinite
      let last = characters.last
      characters.append(
        TextLayerCharacter(
          scalar: scalar, left: isSound ? min(box.x1, box.x2) : last?.right ?? 0,
          top: isSound ? min(box.y1, box.y2) : last?.top ?? 0,
          right: isSound ? max(box.x1, box.x2) : last?.right ?? 0,
          bottom: isSound ? max(box.y1, box.y2) : last?.bottom ?? 0, run: runOf[index] < 0 ? nil : runOf[index]))
    }
    characters = BitmapLetters.decoded(characters, runs: runs, fonts: fonts)
    let told = UnnamedFonts.tellMonospaced(characters, runs: runs, fonts: fonts)
    let sized = BitmapLetters.sized(characters, runs: told.runs, fonts: told.fonts)
    return TextLayer(sized.characters, runs: sized.runs, fonts: told.fonts, isConsistent: isConsistent)
  }

  private func readRectangles(within area: PopplerRectangle) -> [PopplerRectangle] {
    var area = area
    var rectangles: UnsafeMutablePointer<PopplerRectangle>?
    var count: UInt32 = 0
    guard poppler_page_get_text_layout_for_area(pointer, &area, &rectangles, &count) != 0, let rectangles else {
      return []
    }
    defer { g_free(rectangles) }
    return Array(UnsafeBufferPointer(start: rectangles, count: Int(count)))
  }

  /// One scalar for each rectangle, as far as they go.
  ///
  /// Poppler wraps right-to-left words in marks of embedding (U+202A…U+202C) that have no rectangle.
  private static func aligned(_ text: String, with count: Int) -> (scalars: [Unicode.Scalar], isConsistent: Bool) {
    let all = Array(text.unicodeScalars)
    if all.count == count { return (all, true) }
    let plain = all.filter { !("\u{202A}"..."\u{202C}").contains($0) }
    if plain.count == count { return (plain, true) }
    return (Array(plain.prefix(count)), false)
  }

  /// Runs of attributes, and for each rectangle the index of its run or −1.
  private func readAttributes(
    count: Int, within area: PopplerRectangle
  ) -> (fonts: [Font], runs: [TextLayerRun], runOf: [Int]) {
    var area = area
    var runOf = [Int](repeating: -1, count: count)
    var (fonts, indices): ([Font], [String: Int]) = ([], [:])
    var runs: [TextLayerRun] = []
    let list = poppler_page_get_text_attributes_for_area(pointer, &area)
    defer { poppler_page_free_text_attributes(list) }
    var node = list
    while let current = node {
      defer { node = current.pointee.next }
      guard let data = current.pointee.data else { continue }
      let attributes = data.assumingMemoryBound(to: PopplerTextAttributes.self).pointee
      let name = attributes.font_name.map { String(cString: $0) }
      let font = name.map { name in
        if let known = indices[name] { return known }
        indices[name] = fonts.count
        fonts.append(Font(postScriptName: name))
        return fonts.count - 1
      }
      let first = max(Int(attributes.start_index), 0), last = min(Int(attributes.end_index), count - 1)
      guard first <= last else { continue }
      for index in first...last { runOf[index] = runs.count }
      runs.append(
        TextLayerRun(
          font: font, size: Quantity.coordinate(abs(attributes.font_size)), color: Self.hex(attributes.color),
          underlined: attributes.is_underlined != 0))
    }
    return (fonts, runs, runOf)
  }

  /// `rrggbb`, or nil for black.
  private static func hex(_ color: PopplerColor) -> String? {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = [color.red, color.green, color.blue].map { Int($0 >> 8) }
    guard bytes != [0, 0, 0] else { return nil }
    return String(decoding: bytes.flatMap { [digits[$0 >> 4], digits[$0 & 15]] }, as: UTF8.self)
  }
}

extension TextLayer {
  /// A page without text.
  package static let none = TextLayer(words: [], fonts: [], characterCount: 0, unmappedCount: 0, isConsistent: true)
}
