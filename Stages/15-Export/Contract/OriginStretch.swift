import CanonicalJSON
import DocumentModel

/// One line of an export's map: where a stretch of its bytes came from.
///
/// An export's file `md/document.md` has `md/document.md.origins` beside it: a JSON object a line, in the order of the
/// bytes, apart from each other. What no stretch covers is markup or white space.
package struct OriginStretch: Codable, Sendable, Hashable {
  /// The offset in bytes where it begins.
  package let at: Int
  /// The page its words stand on, from 1; nil for what was made.
  package let page: Int?
  /// The index of its element on that page, where there is one.
  package let element: Int?
  /// Word by word: bytes after `at`, length in bytes, index into the page's words.
  package let words: [Int]?
  /// Instead: how long it is, for a value of many words and for what was made.
  package let length: Int?
  /// All the words that a value was made of.
  package let of: [Int]?
  package let made: TextOrigin.Making?

  /// A stretch of running text.
  package init(at: Int, page: Int, element: Int?, words: [Int]) {
    (self.at, self.page, self.element, self.words) = (at, page, element, words)
    (length, of, made) = (nil, nil, nil)
  }

  /// A value, or what was made.
  package init(at: Int, length: Int, origin: TextOrigin) {
    (self.at, self.length, words) = (at, length, nil)
    switch origin {
    case .words(let words, let page, let element): (self.page, self.element, of, made) = (page, element, words, nil)
    case .made(let making, let element):
      (page, self.element, of, made) = (element?.page, element?.index, nil, making)
    }
  }

  /// A part of it with one origin.
  package struct Part: Sendable, Hashable {
    /// In bytes of the file.
    package let range: Range<Int>
    package let origin: TextOrigin
  }

  /// Its parts in order; what cannot be (an offset beyond all files) is left out.
  package var parts: [Part] {
    func part(_ start: Int, _ length: Int, _ origin: TextOrigin) -> Part? {
      let (from, far) = at.addingReportingOverflow(start)
      let (to, farther) = from.addingReportingOverflow(length)
      guard !far, !farther, at >= 0, start >= 0, length >= 0 else { return nil }
      return Part(range: from..<to, origin: origin)
    }
    if let made {
      let id = page.flatMap { page in element.map { ElementID(page: page, index: $0) } }
      return [part(0, length ?? 0, .made(made, element: id))].compactMap { $0 }
    }
    guard let page else { return [] }
    if let of { return [part(0, length ?? 0, .words(of, page: page, element: element))].compactMap { $0 } }
    let words = words ?? []
    return stride(from: 0, to: words.count - words.count % 3, by: 3).compactMap {
      part(words[$0], words[$0 + 1], .words([words[$0 + 2]], page: page, element: element))
    }
  }
}
