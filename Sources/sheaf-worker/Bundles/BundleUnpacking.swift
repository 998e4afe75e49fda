import Archive
import Checkpoints
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// Opens a stranger's bundle. Only what its manifest names comes out, in that order, with that length and digest; all
/// else ends the work at once: links, devices, other names, names twice, more bytes than were declared, a file missing
/// at the end or one too many.
enum BundleUnpacking {
  static func run(_ channel: FrameChannel) throws {
    try BundleLink.serve(channel) { link, task in
      guard case .unpack(let limits) = task else { throw StageFailure(.internalError, "The task is not to unpack.") }
      return try unpack(link, limits)
    }
  }

  private static func unpack(_ link: BundleLink, _ limits: BundleLimits) throws -> (files: Int, bytes: Int) {
    let bundle = try link.ask(.bundle)
    defer { close(bundle) }
    let reader = try ArchiveReader(descriptor: bundle)
    let manifest = try readManifest(reader, link, limits)
    for file in manifest.files {
      guard let entry = try reader.next() else { throw StageFailure.bundle("\(file.path) is missing.") }
      try expect(entry, file)
      try copy(file, from: reader, to: OutputFile(name: file.path.text, descriptor: link.ask(.output(path: file.path))))
    }
    if let entry = try reader.next() {
      throw StageFailure.bundle("It holds \(told(entry)), which its manifest does not name.")
    }
    return (manifest.files.count + 1, manifest.length)
  }

  private static func readManifest(
    _ reader: ArchiveReader, _ link: BundleLink, _ limits: BundleLimits
  ) throws -> BundleManifest {
    guard let entry = try reader.next(), entry.kind == .file, entry.path == BundlePath.manifest.text else {
      throw StageFailure.bundle("It does not begin with a manifest.", hint: "Bundles come from sheaf export --bundle.")
    }
    guard let length = entry.length, (0...limits.manifestBytes).contains(length) else {
      throw StageFailure.bundle("Its manifest is too long.")
    }
    var bytes: [UInt8] = []
    try reader.read { piece in
      guard piece.count <= length - bytes.count else { throw StageFailure.bundle("Its manifest is too long.") }
      bytes.append(contentsOf: piece)
    }
    let manifest = try BundleManifest(bytes, limits: limits)
    let output = OutputFile(
      name: BundlePath.manifest.text, descriptor: try link.ask(.output(path: .manifest)))
    try output.write(bytes)
    _ = try output.finish()
    return manifest
  }

  private static func expect(_ entry: ArchiveEntry, _ file: BundleEntry) throws(StageFailure) {
    guard entry.path == file.path.text else {
      throw .bundle("It holds \(told(entry)) where its manifest has \(file.path).")
    }
    guard entry.kind == .file else { throw .bundle("\(file.path) is no plain file.") }
    guard entry.length == file.length else { throw .bundle("\(file.path) has another length than its manifest says.") }
  }

  private static func copy(_ file: BundleEntry, from reader: ArchiveReader, to output: OutputFile) throws {
    var rest = file.length
    try reader.read { piece in
      guard piece.count <= rest else { throw StageFailure.bundle("\(file.path) is longer than declared.") }
      rest -= piece.count
      try output.write(piece)
    }
    let record = try output.finish()
    guard rest == 0, record.digest == file.digest else {
      throw StageFailure.bundle("\(file.path) does not hold what its manifest says.")
    }
  }

  /// A name as it may be told: short, and without what a terminal would obey.
  private static func told(_ entry: ArchiveEntry) -> String {
    guard let path = entry.path else { return "a file without a readable name" }
    let plain = path.unicodeScalars.prefix(80).map { $0.properties.generalCategory == .control ? "?" : Character($0) }
    return "\"\(String(plain))\""
  }
}
