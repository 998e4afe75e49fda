import DocumentModel

/// The parts that a long text may be cut into.
enum TextParts {
  /// A part, and its tokens with the white space behind it.
  struct Part: Equatable {
    let range: Range<Int>
    let tokens: Int
  }

  /// Sentences; words of a sentence longer than the limit; stretches of a word longer than the limit.
  static func parts(of text: [Unicode.Scalar], limit: Int, counter: any TokenCounter) -> [Part] {
    var parts: [Part] = []
    let sentences = SentenceSplitter.sentences(of: text)
    for (index, sentence) in sentences.enumerated() {
      let next = index + 1 < sentences.count ? sentences[index + 1].lowerBound : sentence.upperBound
      let tokens = counter.count(text[sentence.lowerBound..<next])
      if tokens <= limit {
        parts.append(Part(range: sentence, tokens: tokens))
      } else {
        appendWords(of: sentence, upTo: next, in: text, limit: limit, counter: counter, to: &parts)
      }
    }
    return parts
  }

  private static func appendWords(
    of sentence: Range<Int>, upTo limitPlace: Int, in text: [Unicode.Scalar], limit: Int, counter: any TokenCounter,
    to parts: inout [Part]
  ) {
    var place = sentence.lowerBound
    while place < sentence.upperBound {
      var end = place
      while end < sentence.upperBound, !text[end].isSpace { end += 1 }
      var next = end
      while next < limitPlace, text[next].isSpace { next += 1 }
      if counter.count(text[place..<end]) <= limit {
        parts.append(Part(range: place..<end, tokens: counter.count(text[place..<next])))
      } else {
        appendStretches(of: place..<end, in: text, limit: limit, counter: counter, to: &parts)
      }
      place = next
    }
  }

  /// No counter counts more tokens than scalars, so as many scalars as tokens always fit.
  private static func appendStretches(
    of word: Range<Int>, in text: [Unicode.Scalar], limit: Int, counter: any TokenCounter, to parts: inout [Part]
  ) {
    var start = word.lowerBound
    while start < word.upperBound {
      var end = min(start + limit, word.upperBound)
      // An accent stays with its letter, unless there are absurdly many.
      let least = max(start + 1, end - mostMarks)
      while end > least, end < word.upperBound, text[end].properties.isGraphemeExtend { end -= 1 }
      parts.append(Part(range: start..<end, tokens: counter.count(text[start..<end])))
      start = end
    }
  }

  private static let mostMarks = 8  // scalars: more marks on one letter are a prank
}
