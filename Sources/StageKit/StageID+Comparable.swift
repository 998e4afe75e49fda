extension StageID: Comparable {
  package static func < (a: StageID, b: StageID) -> Bool { a.number < b.number }
}
