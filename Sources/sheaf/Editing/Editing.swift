import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit

/// Takes a person's version of a unit's payload, in one of four ways, and checks it.
struct Editing {
  /// What a person made of a payload.
  struct Edit {
    let payload: CheckpointPayload
    /// What is changed, for people.
    let changes: [String]
    /// The file in the job's folder that it was taken from.
    var adopted: Digest?
    /// Holds the edited text until it is stored.
    var editor: TextEditor?
  }

  private let unit: FoundUnit
  private let schema: JSONSchema
  private let folder: DataFolder

  init(_ unit: FoundUnit, schema: JSONSchema, in folder: DataFolder) {
    self.unit = unit
    self.schema = schema
    self.folder = folder
  }

  // Each returns nil where nothing is changed, and throws `PayloadFaults` where the result is no checkpoint.

  func take(text: [UInt8]) throws -> Edit? {
    try edit(CheckpointPayload(text: text, of: unit.unit, schema), try current())
  }

  func apply(patch text: [UInt8]) throws -> Edit? {
    guard let current = try current() else {
      throw StageFailure.usage("\(unit.unit) has no checkpoint to patch.", hint: "Give a whole one with --file.")
    }
    let patch: JSONPatch
    do {
      patch = try JSONPatch(try CanonicalDecoder().decode(JSONValue.self, from: text))
    } catch let fault as JSONFault {
      throw PayloadFaults(unit.unit, ["patch \(fault)"])
    } catch {
      throw PayloadFaults(unit.unit, ["the patch is no JSON: \(error)"])
    }
    let changed: JSONValue
    do { changed = try patch.applied(to: current.value) } catch {
      throw PayloadFaults(unit.unit, [error.description])
    }
    return try edit(CheckpointPayload(checked: changed, of: unit.unit, schema), current)
  }

  private static let largest = 256 << 20  // bytes of a checkpoint that is taken in

  /// Takes the file that stands where the checkpoint should.
  func adopt() async throws -> Edit? {
    let tree = JobTree(unit.job, in: folder)
    let place = TreeFile(checkpointOf: unit.unit)
    let path = tree.path(of: place)
    guard let file = try tree.open(place.path, limit: Self.largest) else {
      throw StageFailure(.inputNotFound, "\(path) is not there.", hint: "Put the edited checkpoint there.")
    }
    let bytes = try file.bytes()
    let digest = Digest(of: bytes)
    guard try await !unit.ledger.knowsObject(digest) else {
      // Sheaf's own, perhaps an old one: nobody put it there.
      return nil
    }
    // What the stage made may have come back by hand: then it is pinned, or unpinned, all the same.
    let payload = try CheckpointPayload(text: bytes, of: unit.unit, schema)
    let changes = try current().map { ChangeListing.lines($0.value, payload.value) } ?? []
    return Edit(payload: payload, changes: changes, adopted: digest)
  }

  /// Opens the user's editor, again and again while there are faults and the user wants to go on.
  func interactively() throws -> Edit? {
    let current = try current()
    let text = try current?.pretty ?? Array("{}\n".utf8)
    let name = "\(unit.unit.stage.rawValue)-\(unit.unit.basename).json"
    let editor = try TextEditor(text, named: name, environment: ProcessInfo.processInfo.environment)
    while true {
      let edited = try editor.edit()
      guard edited != text else { return nil }
      do {
        var edit = try edit(CheckpointPayload(text: edited, of: unit.unit, schema), current)
        edit?.editor = editor
        return edit
      } catch let faults as PayloadFaults {
        guard wantsToGoOn(faults) else {
          editor.keep()
          StandardStream.error.write("The edit is kept at \(editor.path)\n")
          throw faults
        }
      }
    }
  }

  /// Only somebody who can see the faults and answer is asked.
  private func wantsToGoOn(_ faults: PayloadFaults) -> Bool {
    guard StandardStream.error.isTerminal, StandardStream.inputIsTerminal else { return false }
    faults.tell()
    StandardStream.error.write("Edit again? [Y/n] ")
    guard let answer = readLine() else { return false }
    return !["n", "no"].contains(answer.lowercased())
  }

  /// What stands there now; nil where nothing does.
  private func current() throws -> CheckpointPayload? {
    try unit.standing.record.map { try CheckpointPayload(of: $0, in: ObjectFolder(folder)) }
  }

  private func edit(_ payload: CheckpointPayload, _ current: CheckpointPayload?) throws -> Edit? {
    guard payload.bytes != current?.bytes else { return nil }
    return Edit(payload: payload, changes: current.map { ChangeListing.lines($0.value, payload.value) } ?? [])
  }
}
