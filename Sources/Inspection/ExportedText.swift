import CanonicalJSON
import Contracts
import DocumentModel
import StageKit

/// An exported file with the map of where its words came from.
struct ExportedText {
  let format: ExportFormat
  let suffix: String
  let bytes: [UInt8]
  let parts: [OriginStretch.Part]

  /// The text files of one export; none where the export was not made.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` for a map that cannot be.
  static func all(_ format: ExportFormat, of state: JobSnapshot) throws -> [ExportedText] {
    let unit = UnitID(.export, .format(format.rawValue))
    guard let output = try state.output(ExportOutput.self, unit.subject) else { return [] }
    return try output.files.compactMap { file in
      guard let origins = file.origins else { return nil }
      let bytes = try state.file(file.file, of: unit).bytes()
      let parts = try state.file(origins, of: unit).withBytes { map in
        try map.split(separator: UInt8(ascii: "\n")).flatMap { line in
          do {
            return try CanonicalDecoder().decode(OriginStretch.self, from: Array(line)).parts
          } catch {
            throw StageFailure(.checkpointCorrupt, "The map of \(unit) cannot be read: \(error)")
          }
        }
      }
      return ExportedText(
        format: format, suffix: file.suffix, bytes: bytes, parts: parts.filter { $0.range.upperBound <= bytes.count })
    }
  }

  /// The parts that a stretch of bytes touches.
  func parts(in range: Range<Int>) -> ArraySlice<OriginStretch.Part> {
    let from = firstPart(endingAfter: range.lowerBound)
    var to = from
    while to < parts.count, parts[to].range.lowerBound < max(range.upperBound, range.lowerBound + 1) { to += 1 }
    return parts[from..<to]
  }

  private func firstPart(endingAfter offset: Int) -> Int {
    var (low, high) = (0, parts.count)
    while low < high {
      let half = (low + high) / 2
      if parts[half].range.upperBound <= offset { low = half + 1 } else { high = half }
    }
    return low
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  func trace(_ range: Range<Int>, made: TextOrigin.Making? = nil) -> ExportTrace {
    var (line, start) = (1, 0)
    for index in 0..<min(range.lowerBound, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
      (line, start) = (line + 1, index + 1)
    }
    return ExportTrace(
      format: format.rawValue, suffix: suffix, start: range.lowerBound, end: range.upperBound, line: line,
      column: text(start..<max(range.lowerBound, start)).count + 1, text: text(range), made: made)
  }

  /// Where a text stands, at most so many times: as it is written, else word by word without markup, whatever the case.
  func places(of query: String, most: Int) -> [Range<Int>] {
    let wanted = Array(query.utf8)
    var found: [Range<Int>] = []
    var index = 0
    while !wanted.isEmpty, index + wanted.count <= bytes.count, found.count < most {
      if bytes[index] == wanted[0], bytes[index..<(index + wanted.count)].elementsEqual(wanted) {
        found.append(index..<(index + wanted.count))
        index += wanted.count
      } else {
        index += 1
      }
    }
    return found.isEmpty ? wordPlaces(of: query, most: most) : found
  }

  private func wordPlaces(of query: String, most: Int) -> [Range<Int>] {
    let wanted = query.split(whereSeparator: \.isWhitespace).map { Self.letters(String($0)) }.filter { !$0.isEmpty }
    guard !wanted.isEmpty else { return [] }
    let texts = parts.map { Self.letters(text($0.range)) }
    var found: [Range<Int>] = []
    for first in texts.indices where found.count < most {
      var (place, next) = (first, 0)
      while place < texts.count, next < wanted.count {
        if texts[place] == wanted[next] {
          next += 1
        } else if next == 0 || !texts[place].isEmpty {
          break
        }
        place += 1
      }
      if next == wanted.count { found.append(parts[first].range.lowerBound..<parts[place - 1].range.upperBound) }
    }
    return found
  }

  /// What two ways of writing a word have in common.
  static func letters(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
  }
}
