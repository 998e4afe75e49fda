import Contracts
import DocumentModel
import StageKit

/// One walk through the document: headings, lines of printed contents, and the size of running text.
struct Survey {
  /// An entry that may be a line of a printed table of contents.
  struct ContentsLine {
    let entry: Int
    let page: Int
    let title: PlainTitle
    let left: Double
  }

  private(set) var headings: [HeadingCandidate] = []
  /// For each entry what it says of printed contents; only entries that say something are there.
  private(set) var contentsLines: [Int: [ContentsLine]] = [:]
  /// Entries that end in a number, as lines of contents without leaders do, with their pages.
  private(set) var numberedLines: [Int: Int] = [:]
  /// Headings that announce contents.
  private(set) var announced: Set<Int> = []
  /// The size of most of the running text, in points.
  private(set) var bodySize = 0.0
  private(set) var firstPage = 1

  init(_ entries: [ReadingEntry], reader: ElementReader, outline: Outline, progress: (Double) -> Void) throws {
    firstPage = entries.first?.elements.first?.page ?? 1
    var sizes: [Double: Int] = [:]
    var leading: Set<Int> = []
    for (index, entry) in entries.enumerated() {
      guard let id = entry.elements.first else { continue }
      let element = try reader.element(id)
      let lines = ContentsReading.lines(element, entry: index, page: id.page)
      if !lines.isEmpty { contentsLines[index] = lines }
      if lines.isEmpty, ContentsReading.endsInNumber(element) { numberedLines[index] = id.page }
      if element.kind == .paragraph || element.kind == .listItem {
        sizes[element.typography.size, default: 0] += element.runs.reduce(0) { $0 + $1.text.utf8.count }
      }
      if Self.leadsAway(element, page: id.page, outline: outline) { leading.insert(index) }
      if let candidate = Self.candidate(element, id: id, entry: index, outline: outline) {
        headings.append(candidate)
        if PrintedContents.announces(candidate.plain) { announced.insert(index) }
      }
      if index % Self.step == 0 { progress(Double(index) / Double(entries.count)) }
    }
    // Slides that say where the talk stands list what bookmarks name, and the one that leads there is an item like the others.
    headings.removeAll { candidate in
      candidate.kind == .listItem && !leading.isDisjoint(with: [candidate.entry - 1, candidate.entry + 1])
    }
    // A bookmark names one place: where a heading bears its words, a text that says the same is none.
    let named = Set(headings.filter { Self.isNamed($0.kind) }.compactMap(\.bookmark))
    headings.removeAll { candidate in
      !Self.isNamed(candidate.kind) && candidate.bookmark.map(named.contains) ?? false
    }
    bodySize = sizes.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  /// Whether a list item names what begins on another page.
  private static func leadsAway(_ element: Element, page: Int, outline: Outline) -> Bool {
    guard !outline.isEmpty, element.kind == .listItem, element.typography.lines <= 3 else { return false }
    return outline.leadsAway(PlainTitle(String(element.text.prefix(longest))), page: page)
  }

  private static func isNamed(_ kind: RegionKind) -> Bool { kind == .title || kind == .heading }

  /// Titles and headings of stage 5, and short texts that a bookmark names word for word.
  private static func candidate(_ element: Element, id: ElementID, entry: Int, outline: Outline) -> HeadingCandidate? {
    let named = isNamed(element.kind)
    let short = element.typography.lines <= 3 && (element.kind == .paragraph || element.kind == .listItem)
    guard named || (short && !outline.isEmpty) else { return nil }
    var text = element.text
    if let marker = element.list?.marker, !marker.isEmpty { text = marker + " " + text }
    guard text.utf8.count <= longest || named else { return nil }
    text = String(text.prefix(longest))
    let plain = PlainTitle(text)
    guard !plain.isEmpty else { return nil }
    let bookmark = outline.bookmark(plain, page: id.page, exactly: !named)
    guard named || bookmark != nil else { return nil }
    return HeadingCandidate(
      entry: entry, element: id, text: text, plain: plain, number: HeadingNumber(text), kind: element.kind,
      typography: element.typography, box: element.box, bookmark: bookmark,
      isRecognized: element.confidence.value < Score.certain.value)
  }

  private static let longest = 300  // bytes: longer is a paragraph
  private static let step = 64  // entries between two ticks
}
