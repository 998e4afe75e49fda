import Checkpoints
import Contracts
import DocumentModel
import Ledger
import StageKit

/// Walks from what came out of a job back to the words it was made of, and from a page's words to what they became.
///
/// Used from one thread.
package final class Tracer {
  private let state: JobSnapshot
  private let document: DocumentTrace
  private var pages: [Int: PageTrace] = [:]
  private var exports: [ExportFormat: [ExportedText]] = [:]

  package init(_ state: JobSnapshot) throws {
    self.state = state
    document = try DocumentTrace(state)
  }

  private static let mostMatches = 20  // places of one text: whoever looks for "the" wants no thousand answers
  private static let mostPlaces = 200  // places of exports for one match

  // MARK: Back

  /// - Parameter format: the export to look in.
  /// - Throws: `StageFailure` with `checkpoint_not_found` where it is nowhere.
  package func text(_ query: String, in format: ExportFormat) throws -> Trace {
    let files = try texts(format)
    var matches: [Trace.Match] = []
    var count = 0
    for file in files {
      for range in file.places(of: query, most: Self.mostMatches + 1) {
        count += 1
        if matches.count < Self.mostMatches { matches.append(try match(file, range)) }
      }
    }
    if matches.isEmpty { matches = try onPages(query) }
    guard !matches.isEmpty else {
      throw StageFailure(
        .checkpointNotFound, "\"\(query)\" stands nowhere in \(format.rawValue), nor on a page.",
        hint: "Look in another export with --format, or give fewer words.")
    }
    return trace("\"\(query)\" in \(format.rawValue)", matches, omitted: max(count - matches.count, 0))
  }

  /// - Parameter offset: in bytes, of the export's main file.
  package func offset(_ offset: Int, in format: ExportFormat) throws -> Trace {
    guard let file = try texts(format).first, file.bytes.indices.contains(offset) else {
      throw StageFailure(
        .invalidRequest, "\(format.rawValue) has no byte \(offset).",
        hint: "It has \(try texts(format).first?.bytes.count ?? 0).")
    }
    let part = file.parts(in: offset..<(offset + 1)).first
    let range = part.map { $0.range.contains(offset) ? $0.range : offset..<(offset + 1) } ?? offset..<(offset + 1)
    return trace("byte \(offset) of \(format.rawValue)", [try match(file, range)])
  }

  /// - Parameter id: a chunk's id, or a beginning of it.
  package func chunk(_ id: String) throws -> Trace {
    let found = document.chunks.filter { $0.id.hasPrefix(id.lowercased()) }
    guard let chunk = found.first, found.count == 1, !id.isEmpty else {
      throw StageFailure(
        .checkpointNotFound, found.isEmpty ? "There is no chunk \(id)." : "Several chunks begin with \(id).",
        hint: "sheaf show JOB chunking lists them.")
    }
    let words = try document.words(of: chunk)
    return trace("chunk \(chunk.id)", [try match("chunk \(chunk.id), \(chunk.tokens) tokens", words, exports: [])])
  }

  /// - Parameter name: a field's name or a pair's label.
  package func field(_ name: String) throws -> Trace {
    let wanted = name.lowercased()
    let found = document.values.filter { ($0.kind == .field || $0.kind == .pair) && $0.name.lowercased() == wanted }
    guard !found.isEmpty else {
      let names = document.values.filter { $0.kind == .field || $0.kind == .pair }.map(\.name)
      throw StageFailure(
        .checkpointNotFound, "There is no field \"\(name)\".",
        hint: names.isEmpty ? "The document has none." : "There are \(names.joined(separator: ", ")).")
    }
    let matches = try found.map { value in
      let words = value.provenance.words.map { (value.provenance.page, $0) }
      return try match("\(value.kind.rawValue) \(value.name): \(value.value)", words, exports: [])
    }
    return trace("field \(name)", matches)
  }

  // MARK: Forward

  /// All that was made of what stands in a box of a page.
  package func box(_ box: BoundingBox, page: Int) throws -> Trace {
    let place = try self.page(page)
    let words = place.words(in: box).map { (page, $0) }
    let name = "page \(page), \(box.left), \(box.top) to \(box.right), \(box.bottom)"
    guard !words.isEmpty else {
      throw StageFailure(
        .checkpointNotFound, "No word stands in that box of page \(page).",
        hint: "Boxes are points from the page's top left: left,top,right,bottom.")
    }
    return trace(name, [try match(nil, words, exports: ExportFormat.allCases)])
  }

  // MARK: Matches

  private func trace(_ query: String, _ matches: [Trace.Match], omitted: Int = 0) -> Trace {
    Trace(
      job: state.record.manifest.id, name: state.record.manifest.name, query: query, matches: matches, omitted: omitted)
  }

  private func match(_ file: ExportedText, _ range: Range<Int>) throws -> Trace.Match {
    var words: [(Int, Int)] = []
    var made: TextOrigin.Making?
    for part in file.parts(in: range) {
      switch part.origin {
      case .words(let indices, let page, let element):
        words += try indices.isEmpty ? elementWords(page, element) : indices.map { (page, $0) }
      case .made(let making, let id):
        made = made ?? making
        // What was made for an element leads to its words, where it has any: lettering inside a picture.
        if let id, making == .figureText { words += try lettering(id, file.text(part.range)) }
      }
    }
    return try match(nil, words, exports: [], place: file.trace(range, made: made))
  }

  private func elementWords(_ page: Int, _ element: Int?) throws -> [(Int, Int)] {
    guard let element else { return [] }
    return try self.page(page).words(ofElement: element).map { (page, $0) }
  }

  /// The words of a picture that a line of its lettering has; all of them where none fits.
  private func lettering(_ id: ElementID, _ text: String) throws -> [(Int, Int)] {
    let page = try self.page(id.page)
    let all = page.words(ofElement: id.index)
    let letters = Set(text.split(whereSeparator: \.isWhitespace).map { ExportedText.letters(String($0)) })
    let fitting = all.filter { letters.contains(ExportedText.letters(page.words[$0].text)) }
    return (fitting.isEmpty ? all : fitting).map { (id.page, $0) }
  }

  /// Where a text stands on the pages themselves: what exports leave out, such as running headers.
  private func onPages(_ query: String) throws -> [Trace.Match] {
    let wanted = query.split(whereSeparator: \.isWhitespace).map { ExportedText.letters(String($0)) }
      .filter { !$0.isEmpty }
    var matches: [Trace.Match] = []
    guard !wanted.isEmpty else { return [] }
    for number in state.pages where state.place(of: UnitID(.ocr, .page(number))) != nil {
      // A page that was given up has no words.
      guard let words = try state.output(OCROutput.self, .page(number))?.words else { continue }
      let texts = words.map { ExportedText.letters($0.text) }
      for first in texts.indices where matches.count < Self.mostMatches {
        guard first + wanted.count <= texts.count,
          texts[first..<(first + wanted.count)].elementsEqual(wanted)
        else { continue }
        matches.append(
          try match("page \(number)", (first..<(first + wanted.count)).map { (number, $0) }, exports: []))
      }
    }
    return matches
  }

  private func match(
    _ subject: String?, _ places: [(Int, Int)], exports formats: [ExportFormat], place: ExportTrace? = nil
  ) throws -> Trace.Match {
    var words: [WordTrace] = []
    var elements: [ElementTrace] = []
    var readings: [Trace.Reading] = []
    var byPage: [Int: Set<Int>] = [:]
    for (number, index) in places where !byPage[number, default: []].contains(index) {
      guard let word = try page(number).word(index) else { continue }
      byPage[number, default: []].insert(index)
      words.append(word)
    }
    for word in words {
      let trace = try page(word.page)
      if !readings.contains(trace.reading) { readings.append(trace.reading) }
      guard let id = word.element, !elements.contains(where: { $0.id == id }) else { continue }
      elements.append(try document.element(id, trace.elements[id.index], words: byPage[id.page] ?? []))
    }
    let values = document.values.filter { value in
      byPage[value.provenance.page].map { !$0.isDisjoint(with: value.provenance.words) } ?? false
    }
    var exports: [ExportTrace] = []
    for format in formats {
      for file in try texts(format, optional: true) { exports += self.places(of: byPage, in: file) }
    }
    return Trace.Match(
      place: place, subject: subject, words: words, elements: elements, values: values,
      exports: Array(exports.prefix(Self.mostPlaces)), readings: readings)
  }

  /// Where words stand in a file, neighbours as one place.
  private func places(of words: [Int: Set<Int>], in file: ExportedText) -> [ExportTrace] {
    var ranges: [Range<Int>] = []
    var isNext = false
    for part in file.parts {
      guard case .words(let indices, let page, _) = part.origin,
        let wanted = words[page], !wanted.isDisjoint(with: indices)
      else {
        isNext = false
        continue
      }
      // Words of one line of text are told together; values of JSON each for themselves.
      if isNext, let last = ranges.last, part.range.lowerBound - last.upperBound <= 8,
        !file.text(last.upperBound..<part.range.lowerBound).contains(where: { "\n\":".contains($0) })
      {
        ranges[ranges.count - 1] = last.lowerBound..<part.range.upperBound
      } else {
        ranges.append(part.range)
      }
      isNext = true
    }
    return ranges.prefix(Self.mostPlaces).map { file.trace($0) }
  }

  private func page(_ number: Int) throws -> PageTrace {
    if let known = pages[number] { return known }
    if pages.count >= 64 { pages.removeAll() }  // pages held at once, so that memory has a bound
    let trace = try PageTrace(state, number)
    pages[number] = trace
    return trace
  }

  private func texts(_ format: ExportFormat, optional: Bool = false) throws -> [ExportedText] {
    if let known = exports[format] { return known }
    let found = try ExportedText.all(format, of: state)
    guard !found.isEmpty || optional else {
      let unit = UnitID(.export, .format(format.rawValue))
      guard state.place(of: unit) == nil || format == .pdf || format == .csv else {
        throw StageFailure(
          .checkpointNotFound, "The \(format.rawValue) of this job was made without a map of its words.",
          hint: "Make it again: sheaf rerun \(state.record.manifest.id) --stage export --force.")
      }
      throw StageFailure(
        .checkpointNotFound,
        format == .pdf
          ? "A PDF's words are those of its pages." : "The job has no words in \(format.rawValue).",
        hint: format == .pdf ? "Trace them with --box." : "sheaf export JOB --format \(format.rawValue) makes it.")
    }
    exports[format] = found
    return found
  }
}
