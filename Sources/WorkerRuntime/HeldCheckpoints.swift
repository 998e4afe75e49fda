import CanonicalJSON
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// What this worker has lately written or read of checkpoints, so that a page's next stage takes it from memory.
///
/// All is found by content digest, which says everything that a reader may see of a checkpoint, so nothing here can be
/// out of date. What has not been used for longest goes first.
final class HeldCheckpoints {
  private struct Name: Hashable {
    let unit: UnitID
    let content: Digest
  }

  private enum Form {
    /// Canonical JSON that this worker has written. Never the value it was made of: that has more decimals.
    case written([UInt8])
    case read(any StageOutput)
  }

  private struct Payload {
    var form: Form
    /// Bytes as JSON.
    let length: Int
    var used: Int
  }

  private struct File {
    let name: Name
    let file: String
    let input: InputFile
  }

  /// Bytes of JSON. A decoded page of words takes about as much memory as its JSON, a decoded table twice as much.
  static let payloadBudget = 16 << 20
  /// Payloads at most: of the small ones many thousand would go into the budget.
  static let payloadLimit = 2_048
  /// Files stay open, not in memory: the rasters and previews of some thirty pages, and only while there is work.
  static let fileLimit = 64

  private struct Use {
    let name: Name
    let clock: Int
  }

  private var payloads: [Name: Payload] = [:]
  /// In the order of time. Only a payload's last use counts; older ones are passed over, and thrown away before they are
  /// twice as many as the payloads.
  private var uses: [Use] = []
  /// How many of the uses are passed.
  private var passed = 0
  /// In the order of their use, the newest last.
  private var files: [File] = []
  private var length = 0
  private var clock = 0

  /// A checkpoint's payload, where it is here.
  func payload<Output: StageOutput>(of unit: UnitID, _ content: Digest, as type: Output.Type) throws -> Output? {
    let name = Name(unit: unit, content: content)
    guard let found = payloads[name] else { return nil }
    let now = use(name)
    payloads[name]?.used = now
    switch found.form {
    case .read(let value): return value as? Output
    case .written(let bytes):
      // What this process has written needs no check of its grammar.
      let value = try bytes.withUnsafeBytes { try CanonicalDecoder().decode(type, fromChecked: $0) }
      payloads[name]?.form = .read(value)
      return value
    }
  }

  func hold(_ value: any StageOutput, of unit: UnitID, _ content: Digest, length: Int) {
    hold(.read(value), Name(unit: unit, content: content), length)
  }

  /// Holds what this worker has just written.
  ///
  /// - Parameter payload: canonical JSON.
  func hold(written payload: [UInt8], as record: CheckpointRecord) {
    hold(.written(payload), Name(unit: record.unit, content: record.content), payload.count)
  }

  /// A file of a checkpoint that has been verified, or that this worker has written; to be read from its start.
  func file(_ file: String, of unit: UnitID, _ content: Digest) -> InputFile? {
    let name = Name(unit: unit, content: content)
    guard let index = files.firstIndex(where: { $0.name == name && $0.file == file }) else { return nil }
    let found = files.remove(at: index)
    guard lseek(found.input.descriptor, 0, SEEK_SET) == 0 else { return nil }
    files.append(found)
    return found.input
  }

  func hold(_ input: InputFile, named file: String, of unit: UnitID, _ content: Digest) {
    if files.count == Self.fileLimit { files.removeFirst() }
    files.append(File(name: Name(unit: unit, content: content), file: file, input: input))
  }

  /// Lets go of all files: one that was deleted meanwhile takes room on the disk for as long as it is open.
  func releaseFiles() { files.removeAll() }

  private func hold(_ form: Form, _ name: Name, _ length: Int) {
    guard length <= Self.payloadBudget / 4 else { return }
    if let former = payloads.removeValue(forKey: name) { self.length -= former.length }
    payloads[name] = Payload(form: form, length: length, used: use(name))
    self.length += length
    while self.length > Self.payloadBudget || payloads.count > Self.payloadLimit, passed < uses.count {
      let oldest = uses[passed]
      passed += 1
      guard let payload = payloads[oldest.name], payload.used == oldest.clock else { continue }
      self.length -= payload.length
      payloads[oldest.name] = nil
    }
  }

  /// Notes that a payload is used now.
  private func use(_ name: Name) -> Int {
    if uses.count >= 2 * payloads.count + Self.leastUses {
      uses.removeFirst(passed)
      passed = 0
      uses.removeAll { payloads[$0.name]?.used != $0.clock }
    }
    clock += 1
    uses.append(Use(name: name, clock: clock))
    return clock
  }

  /// So that few payloads are not gone through again and again.
  private static let leastUses = 256
}
