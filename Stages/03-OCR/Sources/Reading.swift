import DocumentModel
import Leptonica
import Tesseract

/// What one pass of the engine read.
struct Reading {
  let words: [Found]
  let preparation: Preparation

  /// A word and where it stands on the page.
  struct Found {
    let word: RecognizedWord
    let mapping: PixelMapping
    let box: BoundingBox
    /// What the engine took the image's resolution for when it told the size.
    let resolution: Double
  }

  private static let doubtful = 0.4  // confidence below which a letter speaks against a reading
  private static let poorConfidence = 0.72  // clean print has 0.9 and more, a page turned wrongly 0.3 to 0.6

  private static let mixedConfidence = 0.85  // small letters well read have more

  init(_ recognition: Recognition, mapping: PixelMapping, resolution: Int, preparation: Preparation) {
    words = recognition.words.map {
      Found(word: $0, mapping: mapping, box: mapping.box($0.box), resolution: Double(resolution))
    }
    self.preparation = preparation
  }

  init(words: [Found], preparation: Preparation) {
    self.words = words
    self.preparation = preparation
  }

  /// The same places with other words in them.
  ///
  /// - Parameter others: one for each of `words`.
  func replacing(_ others: [RecognizedWord]) -> Reading {
    Reading(
      words: zip(words, others).map { found, word in
        Found(word: word, mapping: found.mapping, box: found.box, resolution: found.resolution)
      }, preparation: preparation)
  }

  private static let leastWitness = 0.8  // confidence of a word that only the other of two passes has

  private static let dashes: Set<String> = ["-", "–", "—"]

  /// The reading with the sure words that another pass has where it has none; single letters are none, but a dash alone is
  /// the value of a cell.
  func completed(by others: [Found], page: PageSize) -> Reading {
    guard !others.isEmpty else { return self }
    let grid = CoverageGrid(page: page, boxes: words.map(\.box))
    let fresh = others.filter { other in
      other.word.confidence.value >= Self.leastWitness
        && (Self.letters(other.word.text) >= 2 || Self.dashes.contains(other.word.text))
        && !grid.coversCentre(of: other.box)
    }
    return Reading(words: Self.joined(words, fresh), preparation: preparation)
  }

  /// Words with others that were found later. The dot of an i that the engine told as a full stop, for want of the rest, goes
  /// with the word that is read in its place.
  static func joined(_ words: [Found], _ fresh: [Found]) -> [Found] {
    let lettered = fresh.filter { letters($0.word.text) > 0 }
    return (words + fresh).filter { word in
      letters(word.word.text) > 0 || !lettered.contains { $0.box.contains(x: word.box.midX, y: word.box.midY) }
    }
  }

  /// How much was read: gains by letters that are sure, loses by doubtful ones.
  var worth: Double {
    words.reduce(0) { sum, found in
      let letters = Double(Self.letters(found.word.text))
      return sum + letters * max(found.word.confidence.value - Self.doubtful, -Self.doubtful / 2)
    }
  }

  /// The mean confidence of a letter; 0 where nothing was read.
  var confidence: Double {
    var (sum, count) = (0.0, 0.0)
    for found in words {
      let letters = Double(Self.letters(found.word.text))
      sum += letters * found.word.confidence.value
      count += letters
    }
    return count == 0 ? 0 : sum / count
  }

  /// Whether doubt outweighs all that is sure: pictures, snow, a script that the engine does not know. Closer looks at
  /// what is none of its letters take long and find nothing.
  var isHopeless: Bool { worth < 0 }

  var isPoor: Bool { confidence < Self.poorConfidence }

  /// Whether letters of a few pixels may be read better otherwise.
  var isMixed: Bool { confidence < Self.mixedConfidence }

  /// Letters and digits; marks alone say nothing.
  static func letters(_ text: String) -> Int {
    text.unicodeScalars.count { $0.isLetter || $0.isNumeral }
  }
}
