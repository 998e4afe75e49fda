import DocumentModel
import Leptonica
import Tesseract

/// Reads the letters that stand apart and that the engine passed over: pages' numbers in contents, numbers of items, cells
/// of one figure.
///
/// The engine seeks rows of letters; a figure alone in its column is none, and a column of them is taken for a line that
/// stands sideways. By itself, as a line with white around it, each is read as well as any.
struct LoneLetters {
  private let image: RasterImage
  private let preparation: Preparation
  private let level: Int
  private let page: PageSize
  private let engine: TesseractEngine

  private static let mostParts = 600  // outside all words: more are a picture
  private static let mostGroups = 150  // that are read: bounds the time, at four milliseconds each
  private static let margin = 0.6  // of the letters' height: the white around
  private static let deadline = 20_000  // milliseconds
  private static let inverting = "tessedit_do_invert"

  /// - Parameters:
  ///   - image: the page straightened as `preparation` says.
  ///   - level: the grey that parts ink from paper in it.
  init(_ image: RasterImage, preparation: Preparation, level: Int, page: PageSize, engine: TesseractEngine) {
    self.image = image
    self.preparation = preparation
    self.level = level
    self.page = page
    self.engine = engine
  }

  /// What a group was read as.
  private struct Read {
    let rect: PixelRect
    let isFrame: Bool
    var words: [Reading.Found]
    /// Words that only others of their column make believable.
    var doubtful: [Reading.Found] = []
  }

  /// The words with those that lone letters make behind them.
  ///
  /// - Parameters:
  ///   - letters: boxes on the page of what could be letters.
  ///   - raster: the page's own, before it was straightened.
  func added(to words: [Reading.Found], letters: [BoundingBox], raster: PixelRect) throws -> [Reading.Found] {
    let mapping = PixelMapping(
      page: page, raster: raster, turn: preparation.turn, correction: preparation.correction, scale: 1)
    let sideways = SidewaysText.doubtfulLines(of: words)
    let doubtful = Set(sideways.joined())
    let kept = words.indices.filter { !doubtful.contains($0) }.map { words[$0] }
    let grid = CoverageGrid(page: page, boxes: kept.map(\.box))
    let missed = letters.filter { !grid.coversCentre(of: $0) }.map(mapping.rect)
    guard !missed.isEmpty, missed.count <= Self.mostParts else { return words }
    let groups = LoneGroups(words: kept, mapping: mapping, letterHeight: preparation.letterHeight).groups(of: missed)
    guard groups.count <= Self.mostGroups else { return words }
    var line = words.reduce(0) { max($0, $1.word.line) }
    try engine.setVariable(Self.inverting, to: "0")
    let read = Result {
      try groups.map { group in
        line += 1
        return try self.read(group, line: line, raster)
      }
    }
    try engine.setVariable(Self.inverting, to: "1")
    return settled(
      words, sideways, withColumns(try read.get(), beside: kept.map { ($0.word, mapping.rect($0.box)) }), mapping)
  }

  // MARK: Columns of numbers

  private static let leastCompany = 2  // numbers of a column that make another believable
  private static let aligned = 0.4  // of the letters' height, between middles or right edges in one column

  /// The readings with the numbers that stand in columns of surer ones.
  private func withColumns(_ read: [Read], beside words: [(word: RecognizedWord, rect: PixelRect)]) -> [Read] {
    let sure =
      words.filter { $0.word.confidence.value >= Self.sure && Self.isNumber($0.word) }.map(\.rect)
      + read.filter { !$0.words.isEmpty && $0.words.allSatisfy { Self.isNumber($0.word) } }.map(\.rect)
    let reach = Self.aligned * preparation.letterHeight
    return read.map { one in
      guard one.words.isEmpty, !one.doubtful.isEmpty else { return one }
      let company = sure.count { other in
        Double(abs(other.left + other.right - one.rect.left - one.rect.right)) <= 2 * reach
          || Double(abs(other.right - one.rect.right)) <= reach
      }
      var one = one
      if company >= Self.leastCompany { one.words = one.doubtful }
      return one
    }
  }

  private static func isNumber(_ word: RecognizedWord) -> Bool {
    word.text.unicodeScalars.allSatisfy { $0.isNumeral || $0 == "." || $0 == "," }
      && word.text.unicodeScalars.contains(where: \.isNumeral)
  }

  // MARK: Columns taken for lines that stand sideways

  private static let mostOfLine = 0.6  // of a line's groups that must be text by themselves
  private static let frames = 0.5  // of a line's groups: what is read from squares to tick is no line

  /// The words without the sideways lines that are rows of their own, and with what was read.
  private func settled(
    _ words: [Reading.Found], _ sideways: [Range<Int>], _ read: [Read], _ mapping: PixelMapping
  ) -> [Reading.Found] {
    var gone: Set<Int> = []
    var refused: Set<Int> = []
    for line in sideways {
      guard let box = words[line].map({ mapping.rect($0.box) }).reduce(nil, { $0?.union($1) ?? $1 }) else { continue }
      let members = read.indices.filter { box.holdsCentre(of: read[$0].rect) }
      let found = members.flatMap { read[$0].words }
      let isFrames = Double(members.count { read[$0].isFrame }) > Self.frames * Double(members.count)
      let isRows =
        Double(members.count { !read[$0].words.isEmpty }) >= Self.mostOfLine * Double(members.count)
        && Self.confidence(found) > Self.confidence(words[line])
      if !members.isEmpty, isFrames || isRows { gone.formUnion(line) } else { refused.formUnion(members) }
    }
    return Reading.joined(
      words.indices.filter { !gone.contains($0) }.map { words[$0] },
      read.indices.filter { !refused.contains($0) }.flatMap { read[$0].words })
  }

  private static func confidence(_ words: some Collection<Reading.Found>) -> Double {
    words.isEmpty ? 0 : words.reduce(0) { $0 + $1.word.confidence.value } / Double(words.count)
  }

  // MARK: Reading

  private func read(_ group: LoneGroups.Group, line: Int, _ raster: PixelRect) throws -> Read {
    guard let clip = group.rect.clipped(width: image.width, height: image.height) else {
      return Read(rect: group.rect, isFrame: false, words: [])
    }
    let (height, factor) = (preparation.letterHeight, preparation.scale)
    let margin = max(Int(Self.margin * height), 1)
    var stretch = try image.cropped(to: clip)
    guard try !isFrame(stretch) else { return Read(rect: clip, isFrame: true, words: []) }
    stretch = try stretch.bordered(by: margin)
    if preparation.isSmoothed { stretch = try stretch.smoothed() }
    if factor != 1 { stretch = try preparation.enlarged(stretch, by: factor) }
    stretch.setResolution(preparation.resolution(ofLetters: height * factor))
    let recognition = try engine.recognize(stretch, pageSegmentation: .singleLine, deadline: Self.deadline)
    let mapping = PixelMapping(
      page: page, raster: raster, turn: preparation.turn, correction: preparation.correction, scale: factor)
    let found = recognition.words.map { word in
      // Within the image of the page that the engine was given, as all words are told.
      let box = PixelRect(
        left: Int(Double(clip.left - margin) * factor) + word.box.left,
        top: Int(Double(clip.top - margin) * factor) + word.box.top, width: word.box.width, height: word.box.height)
      return Reading.Found(
        word: word.standing(at: box, line: line, beside: group.beside?.word), mapping: mapping, box: mapping.box(box),
        resolution: group.beside?.resolution ?? Double(stretch.resolution))
    }
    let isDoubtful = found.allSatisfy { Self.isNumber($0.word) && $0.word.confidence.value >= Self.likely }
    return Read(
      rect: clip, isFrame: false, words: found.filter { isWord($0.word, in: group) }, doubtful: isDoubtful ? found : [])
  }

  private static let sure = 0.8  // confidence, of each word
  private static let likely = 0.6  // the same of a number in a column of sure ones
  private static let sureLetter = 0.9  // the same of a letter alone: specks yield letters too
  private static let stroke = 0.25  // of its height

  /// Whether what was read is to be believed.
  private func isWord(_ word: RecognizedWord, in group: LoneGroups.Group) -> Bool {
    let scalars = word.text.unicodeScalars
    guard scalars.contains(where: { $0.isLetter || $0.isNumeral }) else { return false }
    let isNumber = scalars.contains(where: \.isNumeral)
    // A stroke without a foot is a one, a letter or a piece of a frame: its shape does not tell.
    if scalars.count == 1, Double(group.rect.width) < Self.stroke * Double(group.rect.height) { return false }
    guard scalars.count == 1, !isNumber else {
      return (isNumber || group.beside != nil) && word.confidence.value >= Self.sure
    }
    // A letter far from words is a speck.
    return group.isClose && word.confidence.value >= Self.sureLetter
  }

  private static let sides = 6  // of a square's width: the thickness that is looked at
  private static let drawn = 0.45  // of a side's pixels: letters leave a side free
  private static let square = 0.85  // width to height: a 0 is narrower, a circle to tick is not

  /// Whether the ink is a square or circle to tick: at all its sides, whatever is within. A figure of a few pixels has ink
  /// there too, but none in its corners.
  private func isFrame(_ group: RasterImage) throws -> Bool {
    let ink = try group.thresholded(at: level)
    let (width, height) = (ink.width, ink.height)
    let side = max(min(width, height) / Self.sides, 1)
    guard width > 3 * side, height > 3 * side else { return false }
    let edges = [
      PixelRect(left: 0, top: 0, width: width, height: side),
      PixelRect(left: 0, top: height - side, width: width, height: side),
      PixelRect(left: 0, top: 0, width: side, height: height),
      PixelRect(left: width - side, top: 0, width: side, height: height),
    ]
    for edge in edges where try ink.inkShare(in: edge) < Self.drawn { return false }
    let corners = [0, width - side].flatMap { x in
      [0, height - side].map { y in PixelRect(left: x, top: y, width: side, height: side) }
    }
    return try Double(width) >= Self.square * Double(height)
      || corners.allSatisfy { try ink.inkShare(in: $0) >= Self.drawn }
  }
}

extension PixelRect {
  fileprivate func holdsCentre(of other: PixelRect) -> Bool {
    let (x, y) = (other.left + other.width / 2, other.top + other.height / 2)
    return x >= left && x < right && y >= top && y < bottom
  }
}

extension RecognizedWord {
  /// The word at its place on the page, as large as the words of its row.
  fileprivate func standing(at box: PixelRect, line: Int, beside: RecognizedWord?) -> RecognizedWord {
    RecognizedWord(
      text: text, box: box, confidence: confidence, block: beside?.block ?? block,
      paragraph: beside?.paragraph ?? paragraph, line: line, baseline: beside?.baseline,
      pointSize: beside?.pointSize ?? 0, isNumeric: isNumeric, isInDictionary: isInDictionary, direction: direction,
      turn: turn, joinsNext: joinsNext, language: language)
  }
}
