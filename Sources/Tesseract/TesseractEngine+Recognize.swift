import CTesseract
import DocumentModel
import Leptonica

extension TesseractEngine {
  /// Recognises the words of an image or of a part of it.
  ///
  /// - Parameter image: upright; its resolution should be set, 300 is assumed otherwise.
  /// - Parameter region: clipped to the image; nil is the whole.
  /// - Parameter deadline: milliseconds, after which the words found so far are returned.
  /// - Parameter shouldCancel: asked after each word; true ends it likewise.
  /// - Parameter progress: told after each word how far the engine has come, 0…1; it never reaches 1.
  /// - Throws: `TesseractFailure.recognitionFailed`, `RasterFailure`.
  package func recognize(
    _ image: RasterImage, pageSegmentation: PageSegmentation = .auto, region: PixelRect? = nil,
    deadline: Int? = nil, shouldCancel: (() -> Bool)? = nil, progress: ((Double) -> Void)? = nil
  ) throws -> Recognition {
    let source = [1, 8, 32].contains(image.depth) && !image.hasColormap && !image.hasAlpha ? image : try image.grey()
    guard let clip = (region ?? source.bounds).clipped(width: source.width, height: source.height) else {
      return Recognition(words: [], isComplete: true)
    }
    TessBaseAPIClearAdaptiveClassifier(handle)
    defer { TessBaseAPIClear(handle) }
    TessBaseAPISetPageSegMode(handle, TessPageSegMode(UInt32(pageSegmentation.rawValue)))
    return try source.withPix { pix in
      TessBaseAPISetImage2(handle, .init(pix))
      let resolution = source.resolution > 0 ? source.resolution : Self.assumedResolution
      TessBaseAPISetSourceResolution(handle, Int32(clamping: min(max(resolution, 70), 2_400)))
      TessBaseAPISetRectangle(handle, Int32(clip.left), Int32(clip.top), Int32(clip.width), Int32(clip.height))
      let monitor = RecognitionMonitor(deadline: deadline, shouldCancel: shouldCancel, progress: progress)
      guard monitor.run(handle) == 0 || monitor.wasStopped else {
        throw TesseractFailure.recognitionFailed(detail: "the engine gave up on \(clip.width) × \(clip.height) pixels")
      }
      return Recognition(words: words(), isComplete: !monitor.wasStopped)
    }
  }

  private static let assumedResolution = 300  // dots per inch, the usual of a scan

  private func words() -> [RecognizedWord] {
    guard let results = TessBaseAPIGetIterator(handle) else { return [] }
    defer { TessResultIteratorDelete(results) }
    var reader = WordReader(results: results)
    var words: [RecognizedWord] = []
    repeat {
      if let word = reader.next() { words.append(word) }
    } while TessResultIteratorNext(results, RIL_WORD) != 0
    return Self.joined(words)
  }

  /// Says of each word whether the next one follows without a space.
  private static func joined(_ words: [RecognizedWord]) -> [RecognizedWord] {
    words.indices.map { index in
      guard index + 1 < words.count, words[index].line == words[index + 1].line,
        let last = words[index].text.unicodeScalars.last, let first = words[index + 1].text.unicodeScalars.first,
        last.isWrittenWithoutSpaces, first.isWrittenWithoutSpaces
      else { return words[index] }
      return words[index].joiningNext()
    }
  }
}

extension Unicode.Scalar {
  /// Of a script that sets no space between words: Thai, Lao, Khmer, Myanmar, Han, kana and their punctuation.
  fileprivate var isWrittenWithoutSpaces: Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3000...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xF900...0xFAFF, 0xFF00...0xFF9F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}

extension RecognizedWord {
  fileprivate func joiningNext() -> RecognizedWord {
    RecognizedWord(
      text: text, box: box, confidence: confidence, block: block, paragraph: paragraph, line: line, baseline: baseline,
      pointSize: pointSize, isNumeric: isNumeric, isInDictionary: isInDictionary, direction: direction, turn: turn,
      joinsNext: true, language: language)
  }
}
