import Contracts
import StageKit

/// A text file of the checkpoint, written through a buffer, with the map of where its words came from beside it.
final class TextFile {
  private let file: OutputFile
  private let map: OriginMap
  private var buffer: [UInt8] = []
  /// Bytes so far.
  private var length = 0
  private static let size = 1 << 16  // bytes: few calls, little memory

  init(_ name: String, _ context: any StageContext) throws {
    file = try context.makeFile(named: name)
    map = try OriginMap(name + ".origins", context)
  }

  var name: String { file.name }

  /// Writes what came from nowhere: markup.
  func write(_ text: String) throws { try append(text.utf8) }

  func put(_ text: TracedText) throws {
    try map.add(text.marks, at: length)
    try append(text.string.utf8)
  }

  /// Writes encoded text with its origins as tags in it.
  func put(tagged bytes: [UInt8]) throws {
    let (clean, marks) = OriginTags.parted(bytes)
    try map.add(marks, at: length)
    try append(clean)
  }

  func finish() throws {
    try flush()
    _ = try file.finish()
    try map.finish()
  }

  /// How the finished file is told of.
  func exported(_ suffix: String, _ mediaType: String) -> ExportedFile {
    ExportedFile(file: name, suffix: suffix, mediaType: mediaType, origins: map.name)
  }

  private func append(_ bytes: some Sequence<UInt8>) throws {
    let before = buffer.count
    buffer.append(contentsOf: bytes)
    length += buffer.count - before
    if buffer.count >= Self.size { try flush() }
  }

  private func flush() throws {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
