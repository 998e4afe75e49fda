import Checkpoints
import StageKit

/// A replaced checkpoint's place: `history/03-ocr/0007.3.json`.
struct KeptFile: Hashable {
  let unit: UnitID
  let number: Int

  init(unit: UnitID, number: Int) {
    self.unit = unit
    self.number = number
  }

  init?(_ file: TreeListing.File) {
    let parts = file.path.split(separator: "/")
    guard parts.count == 3, parts[0] == "history", file.survey.isRegular,
      let stage = StageID.allCases.first(where: { $0.folder == parts[1] })
    else { return nil }
    let name = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard name.count == 3, name[2] == "json", let number = Int(name[1]) else { return nil }
    if name[0] == "document" {
      unit = UnitID(stage)
    } else if let page = Int(name[0]), page > 0 {
      unit = UnitID(stage, .page(page))
    } else {
      unit = UnitID(stage, .format(String(name[0])))
    }
    self.number = number
  }
}
