import CanonicalJSON
import Contracts
import StageKit

/// The map that is written beside an export's file, a stretch a line.
final class OriginMap {
  private let file: OutputFile
  private var buffer: [UInt8] = []
  /// The stretch of running text that may go on.
  private var open: (at: Int, page: Int, element: Int?, words: [Int])?

  init(_ name: String, _ context: any StageContext) throws { file = try context.makeFile(named: name) }

  var name: String { file.name }

  /// - Parameter offset: of the text in its file, in bytes.
  func add(_ marks: [TracedText.Mark], at offset: Int) throws {
    for mark in marks {
      let start = offset + mark.start
      guard case .words(let words, let page, let element) = mark.origin, words.count == 1 else {
        try close()
        try write(OriginStretch(at: start, length: mark.end - mark.start, origin: mark.origin))
        continue
      }
      if let stretch = open,
        stretch.page != page || stretch.element != element || stretch.words.count >= 3 * Self.mostWords
      {
        try close()
      }
      var stretch = open ?? (start, page, element, [])
      open = nil  // so that its words are extended where they are
      stretch.words += [start - stretch.at, mark.end - mark.start, words[0]]
      open = stretch
    }
  }

  func finish() throws {
    try close()
    try file.write(buffer)
    _ = try file.finish()
  }

  private static let mostWords = 256  // a line: short enough to read, long enough that its head weighs nothing
  private static let size = 1 << 16  // bytes: few calls, little memory

  private func close() throws {
    guard let stretch = open else { return }
    open = nil
    try write(OriginStretch(at: stretch.at, page: stretch.page, element: stretch.element, words: stretch.words))
  }

  private func write(_ stretch: OriginStretch) throws {
    buffer += try CanonicalEncoder().encode(stretch)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.size {
      try file.write(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
  }
}
