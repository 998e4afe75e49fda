import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import HTTPServer
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Fetches a job's results from a server to where the user wants them.
struct RemoteDelivery: Sendable {
  let target: ResultTarget
  /// The documents that this command was given: none of them is ever overwritten.
  let inputs: [FileIdentity]

  private struct File {
    let suffix: String
    let link: String
  }

  /// - Throws: `StageFailure` with `output_is_input`, `input_output`, or what the server says; files are there whole or
  ///   not at all.
  func fetch(_ item: RemoteSession.Item, from link: ServerLink) async throws -> [ResultDelivery.Delivered] {
    var formats = item.formats?.map(\.rawValue) ?? []
    if item.formats == nil {
      let job = try await link.ask(.get, "/api/v1/jobs/\(item.job)")
      formats = (job["formats"]?.array ?? []).compactMap(\.string)
    }
    var delivered: [ResultDelivery.Delivered] = []
    for format in formats { delivered.append(try await fetch(format, of: item, from: link)) }
    return delivered
  }

  private func fetch(
    _ format: String, of item: RemoteSession.Item, from link: ServerLink
  ) async throws -> ResultDelivery.Delivered {
    let files = try await list(format, of: item.job, link)
    guard case .folder = target else {
      let main = files.filter { $0.suffix.hasPrefix(".") }
      guard let file = main.first, main.count == 1 else {
        throw StageFailure.usage(
          "\(format) is \(Measure.count(files.count, "file")), and standard output takes one.",
          hint: "Give a folder with --out.")
      }
      for try await piece in try await link.send(ClientRequest(.get, file.link)).body {
        _ = piece.withUnsafeBytes { StandardStream.output.write($0) }
      }
      return ResultDelivery.Delivered(format: format, paths: [])
    }
    var paths: [String] = []
    for file in files {
      let path = target.path(of: item.name, suffix: file.suffix)
      try refuseInput(path)
      try ResultDelivery.createFolders(above: path)
      try await download(file.link, to: path, from: link)
      let told = file.suffix.hasPrefix("/") ? target.path(of: item.name, suffix: "/") : path
      if !paths.contains(told) { paths.append(told) }
    }
    return ResultDelivery.Delivered(format: format, paths: paths)
  }

  /// The files of a result. One that is being made is waited for.
  private func list(_ format: String, of job: JobID, _ link: ServerLink) async throws -> [File] {
    while true {
      let answer = try await link.ask(.get, "/api/v1/jobs/\(job)/result?format=\(format)&list=1")
      if let files = answer["files"]?.array {
        return try files.map { file in
          // A server is not trusted with where files go.
          guard let suffix = file["suffix"]?.string, ExportedResult.isSafe(suffix), let link = file["link"]?.string,
            link.hasPrefix("/api/")
          else { throw StageFailure(.inputOutput, "The server's list of results makes no sense.") }
          return File(suffix: suffix, link: link)
        }
      }
      try await Task.sleep(for: .seconds(1))
    }
  }

  private func download(_ target: String, to path: String, from link: ServerLink) async throws {
    let temporary = "\(path).\(getpid()).part"
    do {
      guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
        throw StageFailure(.inputOutput, "\(path) could not be written.", hint: "Give another folder with --out.")
      }
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
      for try await piece in try await link.send(ClientRequest(.get, target)).body { try file.write(contentsOf: piece) }
      try file.synchronize()
      try file.close()
      guard rename(temporary, path) == 0 else {
        throw StageFailure(.inputOutput, "\(path) could not be written: \(String(cString: strerror(errno))).")
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private func refuseInput(_ path: String) throws(StageFailure) {
    guard let there = FileIdentity(following: path) else { return }
    if inputs.contains(where: { $0.device == there.device && $0.inode == there.inode }) {
      throw StageFailure(.outputIsInput, "\(path) is the document itself.", hint: "Give another folder with --out.")
    }
  }
}
