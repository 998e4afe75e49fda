import CanonicalJSON
import Checkpoints
import Foundation
import StageKit
import WorkerChannel

/// What a stage sees of the world while it runs a unit.
final class UnitContext: StageContext {
  let unit: UnitID
  let source: Digest
  let password: String?
  var scratch: String {
    usesScratch = true
    return order.scratch
  }
  let unreadablePages: Set<Int>
  let models: ConsultedModels
  /// Parts written so far, by page.
  private var partRecords: [Int: CheckpointRecord] = [:]
  private(set) var gaps: [Int: GapCode] = [:]
  private let order: UnitOrder
  private let link: EngineLink
  private let warmth: Warmth
  private let held: HeldCheckpoints
  private var files: [OutputFile] = []
  private var told = 0.0
  private var usesScratch = false
  private let checkpoint: OwnedDescriptor?

  init(_ received: ReceivedOrder, link: EngineLink, warmth: Warmth, held: HeldCheckpoints) {
    let order = received.order
    checkpoint = received.checkpoint
    unit = order.unit
    source = order.source
    password = order.password
    unreadablePages = Set(order.unreadablePages)
    models = ConsultedModels(order.models, link: link)
    self.order = order
    self.link = link
    self.warmth = warmth
    self.held = held
  }

  var languageModel: (any LanguageModel)? { models.text }
  var embeddingModel: (any EmbeddingModel)? { models.embedding }

  func progress(_ fraction: Double) {
    // The engine shows five a second; a hundredth is finer than anyone sees, and bounds the frames of a unit.
    guard fraction.isFinite, fraction - told >= 0.01 else { return }
    told = min(fraction, 1)
    // A tick that cannot be sent means that the engine is gone, which the next request finds out.
    try? link.say(.progress(fraction: told))
  }

  func entering(page: Int) throws { try link.say(.entering(page: page)) }

  func makeFile(named name: String) throws -> OutputFile {
    let file = try open(named: name)
    files.append(file)
    return file
  }

  func emit(part: some StageOutput, page: Int) throws {
    let envelope = CheckpointEnvelope(order: order, part: page)
    let target = try open(named: envelope.fileName)
    let payload = try CanonicalEncoder().encode(part)
    let record = try envelope.write(payload: payload, files: [], to: target)
    held.hold(written: payload, as: record)
    partRecords[page] = record
  }

  func emit(gap: GapCode, page: Int) throws { gaps[page] = gap }

  func log(_ level: LogLevel, _ message: String) { WorkerLog.write(level, message, unit: unit, trace: order.trace) }

  func warm<Value: AnyObject>(_ key: String, make: () throws -> Value) throws -> Value {
    try warmth.value(key, make: make)
  }

  /// Opens an output of the attempt without counting it among the checkpoint's files.
  func open(named name: String) throws -> OutputFile {
    if name == unit.basename + ".json", let number = checkpoint?.take() {
      return OutputFile(name: name, descriptor: number)
    }
    let (descriptor, _) = try link.ask(.output(name: name))
    guard let number = descriptor.take() else { throw EngineLink.UnexpectedAnswer(to: .output(name: name)) }
    return OutputFile(name: name, descriptor: number)
  }

  /// Ends every file; sorted by name.
  func finishFiles() throws -> [FileRecord] { try files.map { try $0.finish() }.sorted { $0.name < $1.name } }

  /// Keeps the unit's finished files open for those that read them next, unless there are many.
  func holdFiles(of record: CheckpointRecord) throws {
    guard files.count <= Self.heldFiles else { return }
    for file in files {
      held.hold(try file.reopened(), named: file.name, of: record.unit, record.content)
    }
  }

  /// A page's raster and preview. Of dozens of figures none is read soon.
  private static let heldFiles = 2

  /// By page ascending.
  var parts: [CheckpointRecord] { partRecords.sorted { $0.key < $1.key }.map(\.value) }

  /// The parts as they stand in the document's envelope; nil where the stage left none.
  var partReferences: [Int: String]? {
    guard !partRecords.isEmpty || !gaps.isEmpty else { return nil }
    var references = partRecords.mapValues { UnitKey.reference(to: $0.content) }
    for (page, code) in gaps { references[page] = UnitKey.reference(to: code) }
    return references
  }

  /// Empties the scratch folder, where the unit knows of it.
  func sweep() {
    guard usesScratch else { return }
    let manager = FileManager.default
    // A folder that cannot be listed was never made: nothing to empty.
    guard let names = try? manager.contentsOfDirectory(atPath: order.scratch) else { return }
    for name in names {
      do { try manager.removeItem(atPath: order.scratch + "/" + name) } catch {
        log(.warning, "a file in the scratch folder could not be removed")
      }
    }
  }
}
