import Checkpoints
import Foundation
import Integrity
import TestSupport
import Testing

@Suite("A single flipped bit")
struct BitFlipTests {
  /// Half of the places are anywhere, which is mostly in the ledger; half are in any file, which is mostly in objects.
  private static func place(
    _ bench: FolderBench, inLog: Bool, _ generator: inout SeededGenerator
  ) throws -> (FileSurvey, Int, Int) {
    let files = try bench.files()
    let bit = generator.below(8)
    if inLog, let log = files.first(where: { $0.path.hasSuffix("-wal") }) {
      return (log, generator.below(log.length), bit)
    }
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
    var generator = SeededGenerator(20_260_504)
    var counts: [String: Int] = [:]
    var number = 0
    // Each flip is found and repaired by itself; what has to run again does so once for some of them.
    while number < 100 {
      let bench = try pristine.copy()
      var jobs: Set<JobID> = []
      var isWhole = true
      var places: [String] = []
      while isWhole, places.count < (state == "killed" ? 4 : 10), number < 100 {
        number += 1
        // A repair ends with an empty log, so the log's turn is first.
        let isFirst = state == "killed" && places.isEmpty
        let (file, byte, bit) = try Self.place(bench, inLog: isFirst, &generator)
        let name = String(file.path.dropFirst(bench.folder.path.count + 1))
        places.append("\(state) \(number): bit \(bit) of byte \(byte) of \(name)")
        try bench.flip(file.path, byte: byte, bit: bit)
        let (code, summary) = try Self.findAndRepair(bench, Comment(rawValue: places[places.count - 1]))
        counts[code, default: 0] += 1
        jobs.formUnion(summary.jobsToResume)
        isWhole = summary.lost == 0
      }
      if isWhole { try await Self.expectHealed(bench, jobs, like: pristine, Comment(rawValue: "\(places)")) }
    }
    print(
      "flips (\(state)):", counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }

  private static func findAndRepair(
    _ bench: FolderBench, _ place: Comment
  ) throws -> (code: String, summary: IntegritySummary) {
    let before = try bench.contents()
    let found = try bench.check()
    #expect(found.summary.repairable + found.summary.lost > 0, place)
    #expect(try bench.contents() == before, place)

    let repaired = try bench.check(repairs: true)
    #expect(repaired.summary.repairable == 0, place)
    let lost = repaired.findings.filter { $0.grade == .lost }
    #expect(lost.allSatisfy { !$0.affected.isEmpty && $0.remedy != nil }, place)

    let after = try bench.check()
    #expect(after.summary.repairable == 0, "\(place): \(after.findings.filter { $0.grade != .note })")
    // A source or a pin stays lost; a replaced version is forgotten.
    #expect(after.summary.lost <= lost.count, place)
    let told = lost.first ?? repaired.findings.first { $0.grade == .healed }
    return (told.map { "\($0.code.rawValue) \($0.grade.rawValue)" } ?? "none", repaired.summary)
  }

  private static func expectHealed(
    _ bench: FolderBench, _ jobs: Set<JobID>, like pristine: FolderBench, _ places: Comment
  ) async throws {
    if !jobs.isEmpty { try await bench.resume(jobs) }
    let (now, trees) = (try bench.trees(), try pristine.trees())
    #expect(Set(now.keys).union(trees.keys).filter { now[$0] != trees[$0] }.sorted() == [], places)
    let (story, expected) = (try await bench.story(), try await pristine.copy().story())
    #expect(story.map(\.manifest) == expected.map(\.manifest), places)
    #expect(story.map(\.pages) == expected.map(\.pages), places)
    #expect(story.map(\.units) == expected.map(\.units), places)
    #expect(story.map(\.pins) == expected.map(\.pins), places)
    #expect(story.map(\.history) == expected.map(\.history), places)
    #expect(try bench.check().findings.filter { $0.grade != .note } == [], places)
  }
}
