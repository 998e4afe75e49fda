import Checkpoints
import Foundation
import Integrity
import TestSupport
import Testing

@Suite("A single flipped bit", .serialized)
struct BitFlipTests {
  /// Half of the places are anywhere, which is mostly in the ledger; half are in any file, which is mostly in objects.
  private static func place(_ bench: FolderBench, _ generator: inout SeededGenerator) throws -> (FileSurvey, Int, Int) {
    let files = try bench.files()
    let bit = generator.below(8)
    guard generator.below(2) == 0 else {
      let file = files[generator.below(files.count)]
      return (file, generator.below(file.length), bit)
    }
    var offset = generator.below(files.reduce(0) { $0 + $1.length })
    for file in files {
      if offset < file.length { return (file, offset, bit) }
      offset -= file.length
    }
    throw CancellationError()
  }

  @Test(
    "in any of 200 places is found, without anything being written; it is healed, or named as lost with whom it affects",
    arguments: ["settled", "killed"])
  func flips(state: String) async throws {
    let pristine = try await (state == "settled" ? FolderBench.settled : FolderBench.killed).value
    let trees = try pristine.trees()
    let story = try await pristine.copy().story()
    var generator = SeededGenerator(20_260_504)
    var counts: [String: Int] = [:]
    for number in 0..<100 {
      let bench = try pristine.copy()
      let (file, byte, bit) = try Self.place(bench, &generator)
      let name = String(file.path.dropFirst(bench.folder.path.count + 1))
      let place = Comment(rawValue: "\(state) \(number): bit \(bit) of byte \(byte) of \(name)")
      try bench.flip(file.path, byte: byte, bit: bit)

      let before = try bench.contents()
      let found = try bench.check()
      #expect(found.summary.repairable + found.summary.lost > 0, place)
      #expect(try bench.contents() == before, place)

      let repaired = try bench.check(repairs: true)
      #expect(repaired.summary.repairable == 0, place)
      let lost = repaired.findings.filter { $0.grade == .lost }
      #expect(lost.allSatisfy { !$0.affected.isEmpty && $0.remedy != nil }, place)
      counts[(lost.first ?? repaired.findings.first { $0.grade == .healed })?.code.rawValue ?? "none", default: 0] += 1
      if lost.isEmpty {
        if !repaired.summary.jobsToResume.isEmpty { try await bench.resume(repaired.summary.jobsToResume) }
        let now = try bench.trees()
        let differing = Set(now.keys).union(trees.keys).filter { now[$0] != trees[$0] }.sorted()
        #expect(differing == [], place)
        #expect(try await bench.story() == story, place)
      }
      let after = try bench.check()
      #expect(after.summary.repairable == 0, "\(place): \(after.findings.filter { $0.grade != .note })")
      // A source or a pin stays lost; a replaced version is forgotten.
      #expect(after.summary.lost <= lost.count, place)
    }
    print("flips (\(state)):", counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }
}
