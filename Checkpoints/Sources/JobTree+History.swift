import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension JobTree {
  /// Puts links to a unit's replaced checkpoints where people find them, and takes away those no longer kept.
  ///
  /// - Parameters:
  ///   - kept: the numbers that are kept, with their objects.
  ///   - newest: the number of the newest entry that there ever was.
  package func linkHistory(of unit: UnitID, kept: [Int: ObjectReference], newest: Int) throws {
    try link(unit, kept)
    // The numbers just below: with each new entry at most a few older ones go.
    let first = kept.keys.min() ?? newest + 1
    for number in max(1, first - Self.mostGone)..<max(1, first) {
      if let name = TreeFile(checkpointOf: unit).historyPath(number) { try withdraw(standing(name)) }
    }
  }

  /// Brings the links of all units up to date.
  ///
  /// - Parameter kept: the numbers that are kept of each unit, with their objects.
  package func linkHistory(_ kept: [UnitID: [Int: ObjectReference]]) throws {
    for (unit, numbers) in kept.sorted(by: { $0.key < $1.key }) { try link(unit, numbers) }
    let places = Set(
      kept.flatMap { unit, numbers in numbers.keys.compactMap { TreeFile(checkpointOf: unit).historyPath($0) } })
    for stage in StageID.allCases {
      for name in try Folder.names(in: "\(path)/history/\(stage.folder)") {
        // `0007.3.json`, or `0007.3.json.zst`: what looks otherwise is not ours.
        let plain =
          name.hasSuffix(CompressedHeader.suffix) ? String(name.dropLast(CompressedHeader.suffix.count)) : name
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard !places.contains("history/\(stage.folder)/\(plain)"), parts.count == 3, parts[2] == "json",
          Int(parts[1]) != nil
        else { continue }
        try withdraw("\(path)/history/\(stage.folder)/\(name)")
      }
    }
  }

  /// Numbers below the oldest that is kept: a part's may have gaps, since they are counted for all parts together.
  private static let mostGone = 64

  private func link(_ unit: UnitID, _ kept: [Int: ObjectReference]) throws {
    guard !kept.isEmpty else { return }
    try create()
    try Folder.create(path + "/history")
    try Folder.create("\(path)/history/\(unit.stage.folder)")
    for (number, object) in kept.sorted(by: { $0.key < $1.key }) {
      let file = TreeFile(checkpointOf: unit)
      guard let place = file.historyPath(number) else { continue }
      // A file that stands there already is ours, or a person's and is left alone; an object that was found corrupt is
      // missing, and with it all that could be shown.
      guard FileIdentity(standing(place)) == nil, try objects.head(object.digest) != nil else { continue }
      let target = try path + "/" + place + suffix(of: object, at: file)
      _ = try ImmutableFile.place(objects.path(of: object.digest), at: target)
    }
  }

  /// Removes a link of ours: nobody may write to those, and what a person made can be written to.
  private func withdraw(_ file: String) throws {
    guard let identity = FileIdentity(file), identity.isRegular, identity.mode & 0o222 == 0 else { return }
    guard unlink(file) == 0 || errno == ENOENT else {
      throw StageFailure.system(errno, "\(file) could not be removed")
    }
  }
}
