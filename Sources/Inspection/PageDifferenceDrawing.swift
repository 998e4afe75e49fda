import Checkpoints
import Contracts
import DocumentModel
import Ledger
import StageKit

/// A unit's difference as boxes over its page.
package struct PageDifferenceDrawing {
  package let drawing: PageDrawing
  /// The changes with their numbers in the drawing, from 1.
  package let numbers: [Change: Int]

  /// - Returns: nil where no change of the unit has a place on a page.
  package init?(
    _ difference: UnitDifference, page: Int, of stage: StageID, between old: JobSnapshot, and new: JobSnapshot
  )
    throws
  {
    var boxes: [PageDrawing.Box] = []
    var numbers: [Change: Int] = [:]
    for (index, change) in difference.changes.enumerated() where change.kind != .rescored {
      let number = index + 1
      let (before, after) = (change.old?.box, change.new?.box)
      guard before != nil || after != nil else { continue }
      numbers[change] = number
      if let before { boxes.append(PageDrawing.Box(before, .old, number: number, alone: after == nil)) }
      if let after { boxes.append(PageDrawing.Box(after, .new, number: number, alone: before == nil)) }
    }
    guard !boxes.isEmpty else { return nil }
    guard let render = try new.output(RenderOutput.self, .page(page)) ?? old.output(RenderOutput.self, .page(page))
    else { return nil }
    func count(_ side: PageDrawing.Side) -> Int { boxes.count { $0.side == side } }
    drawing = PageDrawing(
      title: "\(new.record.manifest.name)   page \(page)   \(stage.rawValue)",
      legend: ["\(old.label): \(count(.old)) boxes", "\(new.label): \(count(.new)) boxes"], page: render.size,
      boxes: boxes)
    self.numbers = numbers
  }

  /// The page's raster, as the newer of two states has it.
  package static func raster(page: Int, between old: JobSnapshot, and new: JobSnapshot) throws -> InputFile {
    let unit = UnitID(.render, .page(page))
    let state = try new.output(RenderOutput.self, .page(page)) == nil ? old : new
    let render = try state.payload(of: unit, as: RenderOutput.self)
    return try state.file(render.raster.file, of: unit)
  }
}
