import ArgumentParser
import CanonicalJSON
import Checkpoints
import Foundation
import Integrity
import StageKit

struct GcCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove from the data folder what no job needs.",
    discussion: """
      Objects and documents that no job, replaced version or pin needs, results of no job, what fsck moved away and \
      what dead processes left. What an earlier option of a job yielded is kept as long as the job: going back to it \
      costs nothing. Needs the data folder for itself; may be interrupted at any time.
      """)

  @Flag(help: "Only say what would go.")
  var dryRun = false

  @Flag(help: "Print JSON lines.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let folder = try data.folder
    guard FileSurvey(folder.path) != nil else {
      StandardStream.error.write("There is no data folder yet.\n")
      return .done
    }
    let owner = DataFolderOwner(id: UUID().uuidString.lowercased(), process: getpid(), program: "sheaf gc")
    let lock = try OwnerLock(folder, owner: owner)
    defer { withExtendedLifetime(lock) {} }
    var counts: [GarbageCollection.Kind: Int] = [:]
    var bytes = 0
    try GarbageCollection(folder, owner: owner.id, isDry: dryRun) { item in
      counts[item.kind, default: 0] += 1
      bytes += item.bytes
      if json {
        StandardStream.output.write(JSONLine.text(Self.json(item)))
      } else if dryRun {
        StandardStream.output.write("\(item.kind.rawValue)  \(TerminalText.plain(item.path))\n")
      }
    }.run()
    StandardStream.output.write(json ? JSONLine.text(end(counts, bytes)) : closing(counts, bytes) + "\n")
    return .done
  }

  private static func json(_ item: GarbageCollection.Item) -> JSONValue {
    [
      "type": "item", "kind": .string(item.kind.rawValue), "path": .string(item.path),
      "bytes": .integer(Int64(item.bytes)),
    ]
  }

  private func end(_ counts: [GarbageCollection.Kind: Int], _ bytes: Int) -> JSONValue {
    let kinds = counts.map { ($0.key.rawValue, JSONValue.integer(Int64($0.value))) }
    return [
      "type": "end", "dry_run": .bool(dryRun), "bytes": .integer(Int64(bytes)),
      "removed": .object(Dictionary(kinds) { first, _ in first }),
    ]
  }

  private func closing(_ counts: [GarbageCollection.Kind: Int], _ bytes: Int) -> String {
    let words = GarbageCollection.Kind.allCases.compactMap { kind in
      counts[kind].map { "\($0) \(Self.noun(kind, $0))" }
    }
    guard !words.isEmpty else { return "Nothing to remove." }
    return "\(dryRun ? "Would remove" : "Removed") \(words.joined(separator: ", ")): \(Measure.bytes(bytes))"
  }

  private static func noun(_ kind: GarbageCollection.Kind, _ count: Int) -> String {
    switch kind {
    case .quarantined: "quarantined"
    default: kind.rawValue + (count == 1 ? "" : "s")
    }
  }
}
