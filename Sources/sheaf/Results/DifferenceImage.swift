import Engine
import FoundationEssentials
import Inspection
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Two states of a page as a picture: a worker opens the raster and draws.
struct DifferenceImage {
  let difference: JobDifference
  let old: JobSnapshot
  let new: JobSnapshot

  init(_ difference: JobDifference, _ old: JobSnapshot, _ new: JobSnapshot) {
    self.difference = difference
    self.old = old
    self.new = new
  }

  /// Draws the first page that has something to draw.
  func write(to path: String) async throws {
    for unit in difference.stages.flatMap(\.units) {
      guard let page = unit.unit.page,
        let found = try PageDifferenceDrawing(unit, page: page, of: unit.unit.stage, between: old, and: new)
      else { continue }
      try await draw(found.drawing, over: PageDifferenceDrawing.raster(page: page, between: old, and: new), to: path)
      StandardStream.error.write("\(path): \(unit.unit.stage.rawValue), page \(page)\n")
      return
    }
    throw StageFailure.usage(
      "Nothing that differs has a place on a page, so there is nothing to draw.",
      hint: "Pick a stage from ocr to assembly.")
  }

  /// Under another name first: what is there stays until the picture is whole.
  private func draw(_ drawing: PageDrawing, over raster: InputFile, to path: String) async throws {
    let part = path + ".part"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StageFailure(
        .inputOutput, "\(part) could not be written: \(String(cString: strerror(errno))).", hint: "Give another file.")
    }
    defer { close(descriptor) }
    do {
      try await WorkerProgram().draw(drawing, over: raster, into: descriptor)
      guard rename(part, path) == 0 else {
        throw StageFailure(.inputOutput, "\(path) could not be written: \(String(cString: strerror(errno))).")
      }
    } catch {
      unlink(part)
      throw error
    }
  }
}
