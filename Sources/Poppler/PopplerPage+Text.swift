import CPoppler
import DocumentModel

extension PopplerPage {
  /// The page's text with its places and fonts; almost free once the page has been rendered.
  package func textLayer() -> TextLayer {
    let whole = selection(to: (Self.beyond, Self.beyond), from: (-Self.beyond, -Self.beyond))
    let text = text(within: whole) ?? ""
    let turned = self.text(within: selection(to: (-Self.beyond, Self.beyond))) ?? ""
    guard text.holdsRightToLeft || turned.holdsRightToLeft, EmbeddedText.isRightToLeft(text + turned) else {
      return textLayer(text, within: whole)
    }
    return rightToLeftLayer()
  }

  /// Points: no text of a page stands as far from its corner.
  private static let beyond = 1e6

  /// The layer of a page that reads from right to left.
  ///
  /// Poppler selects from the block nearest to one point to that nearest to another, in its own order of blocks. On a page
  /// that reads from left to right points far outside are the first and the last block by definition. On one that reads
  /// from right to left the first is, from the upper right; of the last block a point far outside gets all but the last
  /// line. So that is asked for from below, from the left and from within, until more than all but a line has come.
  private func rightToLeftLayer() -> TextLayer {
    var area = selection(to: (Self.beyond, Self.beyond))
    var best = text(within: area) ?? ""
    let least = Self.letters(in: best)
    var most = least
    var budget = Self.mostLetters
    @discardableResult
    func take(_ end: (x: Double, y: Double)) -> Bool {
      let tried = selection(to: end)
      guard budget > 0, let text = text(within: tried) else { return false }
      let count = Self.letters(in: text)
      budget -= count
      guard count > most else { return false }
      (area, best, most) = (tried, text, count)
      return true
    }
    var last: (x: Double, y: Double)?
    for ends in lastPlaces() where most == least { for end in ends where take(end) { last = end } }
    // From within the block's last line only its right part was taken.
    if let last, last.x > -Self.beyond {
      let step = size.width / Double(Self.across * Self.fine)
      for place in 1...Self.fine { take((last.x - step * Double(place), last.y)) }
    }
    return textLayer(best, within: area)
  }

  private static let (across, down) = (8, 16)  // places that are tried, each way
  private static let mostLetters = 2_000_000  // read in all trials of a page: of ordinary ones, all trials
  private static let fine = 32  // places between two of them: narrower than a letter

  /// Points that the last block may be nearest to: below all, left of all, within the page.
  private func lastPlaces() -> [[(x: Double, y: Double)]] {
    let columns = (0...Self.across).map { size.width * Double($0) / Double(Self.across) }
    let rows = (0...Self.down).map { size.height * Double($0) / Double(Self.down) }
    return [
      [(-Self.beyond, Self.beyond)] + columns.map { ($0, Self.beyond) }, rows.map { (-Self.beyond, $0) },
      rows.flatMap { y in columns.map { ($0, y) } },
    ]
  }

  private func selection(
    to end: (x: Double, y: Double), from start: (x: Double, y: Double) = (beyond, -beyond)
  ) -> PopplerRectangle {
    PopplerRectangle(x1: start.x, y1: start.y, x2: end.x, y2: end.y)
  }

  private static func letters(in text: String) -> Int {
    text.unicodeScalars.count { !$0.isSpace && !EmbeddedText.isMark($0) }
  }

  private func text(within area: PopplerRectangle) -> String? {
    var area = area
    guard let raw = poppler_page_get_text_for_area(pointer, &area) else { return nil }
    defer { g_free(raw) }
    return String(cString: raw)
  }

  private func textLayer(_ text: String, within area: PopplerRectangle) -> TextLayer {
    guard !text.isEmpty else { return .none }
    let boxes = readBoxes(within: area)
    let embedded = EmbeddedText(text, boxes: boxes)
    let (fonts, runs, runOf) = readAttributes(count: boxes.count, within: area)

    var characters: [TextLayerCharacter] = []
    characters.reserveCapacity(embedded.letters.count)
    for letter in embedded.letters {
      let last = characters.last
      let box = letter.rectangle.map { boxes[$0] }
      let run = letter.rectangle.map { runOf[$0] } ?? -1
      characters.append(
        TextLayerCharacter(
          scalar: letter.scalar, left: box?.left ?? last?.right ?? 0, top: box?.top ?? last?.top ?? 0,
          right: box?.right ?? last?.right ?? 0, bottom: box?.bottom ?? last?.bottom ?? 0, run: run < 0 ? nil : run))
    }
    characters = RightToLeftWords.withoutTurnedLigatures(characters, runs: runs)
    characters = BitmapLetters.decoded(characters, runs: runs, fonts: fonts)
    characters = SymbolLetters.decoded(characters, runs: runs, fonts: fonts)
    characters = SymbolLetters.withCopyright(characters, runs: runs)
    let told = UnnamedFonts.tellMonospaced(
      characters, runs: runs, fonts: FontPitch.corrected(fonts, characters, runs: runs))
    let sized = BitmapLetters.sized(characters, runs: told.runs, fonts: told.fonts)
    return TextLayer(
      sized.characters, runs: sized.runs, fonts: told.fonts, isRightToLeft: embedded.isRightToLeft,
      isConsistent: embedded.isConsistent)
  }

  private func readBoxes(within area: PopplerRectangle) -> [BoundingBox] {
    var area = area
    var rectangles: UnsafeMutablePointer<PopplerRectangle>?
    var count: UInt32 = 0
    guard poppler_page_get_text_layout_for_area(pointer, &area, &rectangles, &count) != 0, let rectangles else {
      return []
    }
    defer { g_free(rectangles) }
    var boxes: [BoundingBox] = []
    boxes.reserveCapacity(Int(count))
    for box in UnsafeBufferPointer(start: rectangles, count: Int(count)) {
      // A rectangle that is no number still leaves its letter: it is given the place of the one before.
      let isSound = box.x1.isFinite && box.y1.isFinite && box.x2.isFinite && box.y2.isFinite
      let last = boxes.last
      boxes.append(
        isSound
          ? BoundingBox(
            left: min(box.x1, box.x2), top: min(box.y1, box.y2), right: max(box.x1, box.x2), bottom: max(box.y1, box.y2)
          )
          : BoundingBox(left: last?.right ?? 0, top: last?.top ?? 0, right: last?.right ?? 0, bottom: last?.bottom ?? 0)
      )
    }
    return boxes
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
