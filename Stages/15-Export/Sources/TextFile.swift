import StageKit

/// A text file of the checkpoint, written through a buffer.
final class TextFile {
  private let file: OutputFile
  private var buffer: [UInt8] = []
  private static let size = 1 << 16  // bytes: few calls, little memory

  init(_ name: String, _ context: any StageContext) throws { file = try context.makeFile(named: name) }

  var name: String { file.name }

  func write(_ text: some StringProtocol) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.size { try flush() }
  }

  func write(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.size { try flush() }
  }

  func finish() throws {
    try flush()
    _ = try file.finish()
  }

  private func flush() throws {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
