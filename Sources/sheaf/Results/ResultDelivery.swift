import Checkpoints
import Engine
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Copies a job's exports to where the user wants them.
struct ResultDelivery: Sendable {
  let target: ResultTarget
  let store: ObjectFolder
  /// The documents that this command was given: none of them is ever overwritten.
  let inputs: [FileIdentity]

  /// What was written for a format.
  struct Delivered: Sendable, Hashable {
    let format: String
    /// What to tell people: files beside each other as such, and once the folder of those in one.
    let paths: [String]
  }

  /// - Parameters:
  ///   - input: the path of the job's document, where this command was given it.
  ///   - source: the document's digest and length: a file with its bytes is the document, whatever its name.
  /// - Throws: `StageFailure` with `output_is_input`, `input_output` …; files are there whole or not at all.
  func deliver(
    _ result: ExportedResult, as name: OutputName, input: String?, source: ReceivedDocument
  ) throws -> Delivered {
    guard case .folder = target else {
      try print(result)
      return Delivered(format: result.format, paths: [])
    }
    let delivery = Delivery(input: input)
    var paths: [String] = []
    for file in result.files {
      let path = target.path(of: name, suffix: file.suffix)
      if try !isDelivered(file, at: path, source) {
        try Self.createFolders(above: path)
        try delivery.copy(file.object, from: store, to: path)
      }
      let told = file.suffix.hasPrefix("/") ? target.path(of: name, suffix: "/") : path
      if !paths.contains(told) { paths.append(told) }
    }
    return Delivered(format: result.format, paths: paths)
  }

  /// Writes a result's main file to standard output, verified first; pictures beside it are left out.
  private func print(_ result: ExportedResult) throws {
    let main = result.files.filter { $0.suffix.hasPrefix(".") }
    guard let file = main.first ?? result.files.first, main.count == 1 || result.files.count == 1 else {
      throw StageFailure.usage(
        "\(result.format) is \(Measure.count(result.files.count, "file")), and standard output takes one.",
        hint: "Give a folder with --out.")
    }
    try store.get(file.object).withBytes { bytes in
      guard Digest(of: bytes) == file.object else {
        throw StageFailure(
          .checkpointCorrupt, "The result in the data folder is damaged.", hint: "Resume the job: the unit runs again.")
      }
      StandardStream.output.write(bytes)
    }
  }

  /// Says before any work is done whether a result would take an input's place.
  func refuseInputs(_ formats: [ExportFormat], as name: OutputName) throws(StageFailure) {
    guard case .folder = target else { return }
    for format in formats {
      let path = target.path(of: name, suffix: ".\(format.rawValue)")
      if isInput(path) { throw Self.isInput(path) }
    }
  }

  /// Whether a file that has the document's bytes stands there already, as the searchable PDF of a document that needs
  /// no other does after its first delivery.
  ///
  /// - Throws: `StageFailure` with `output_is_input` where something else would take the document's place.
  private func isDelivered(_ file: ExportedResult.File, at path: String, _ source: ReceivedDocument) throws -> Bool {
    if isInput(path) { throw Self.isInput(path) }
    // Only a file as long as the document can be the document, so hardly any has to be read.
    guard FileIdentity(path)?.length == source.length else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    let digest = try InputFile(descriptor: descriptor).withBytes { Digest(of: $0) }
    guard digest == source.digest else { return false }
    guard file.object == digest else { throw Self.isInput(path) }
    return true
  }

  private func isInput(_ path: String) -> Bool {
    guard let there = FileIdentity(following: path) else { return false }
    return inputs.contains { $0.device == there.device && $0.inode == there.inode }
  }

  private static func isInput(_ path: String) -> StageFailure {
    StageFailure(.outputIsInput, "\(path) is the document itself.", hint: "Give another folder with --out.")
  }

  /// Folders of the user's, as any program would make them.
  static func createFolders(above path: String) throws(StageFailure) {
    guard let end = path.lastIndex(of: "/"), end > path.startIndex else { return }
    let folder = String(path[..<end])
    if mkdir(folder, 0o777) == 0 || errno == EEXIST { return }
    if errno == ENOENT {
      try createFolders(above: folder)
      if mkdir(folder, 0o777) == 0 || errno == EEXIST { return }
    }
    throw StageFailure(
      .inputOutput, "The folder \(folder) could not be made: \(String(cString: strerror(errno))).",
      hint: "Give another with --out.")
  }
}
