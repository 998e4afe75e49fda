import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import Service
import StageKit

struct ExportCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Deliver a job's results, in formats that it has or can make.",
    discussion: """
      What is there is copied at once, whoever works with the data folder. A format that the job does not have yet is \
      made.

        sheaf export last --format html,csv --out results

      With --bundle, the whole job is written as one archive (tar within zstd) that sheaf import takes in on another \
      machine; --out then names the file.

        sheaf export last --bundle --out report.sheaf.tar.zst
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("\(FormatHelp.list). Default: all that the job has.", valueName: "formats"),
    completion: FormatHelp.completion)
  var formats: [String] = []

  @Flag(help: "Write the job with its document, checkpoints and pins as one archive.")
  var bundle = false

  @Flag(help: "With --bundle, also what reruns and edits replaced.")
  var history = false

  @Option(
    help: ArgumentHelp("A file whose first line is the document's password.", valueName: "file"), completion: .file())
  var passwordFile: String?

  @OptionGroup var data: DataOption
  @OptionGroup var target: TargetOption
  @OptionGroup var work: WorkOptions

  func perform() async throws -> CommandOutcome {
    if bundle { return try await writeBundle() }
    if history { throw StageFailure.usage("--history goes with --bundle.") }
    let formats = try ClosedName.formats(self.formats)
    try target.check(json: work.json, documents: 1, formats: formats)
    let password = try passwordFile.map(PasswordFile.read)
    let (record, ledger) = try await data.job(job)
    let store = ObjectFolder(try data.folder)
    let results = try await ExportedResult.all(
      of: record.manifest.id, formats: formats.isEmpty ? nil : formats, in: ledger, store)
    if formats.isEmpty, results.isEmpty {
      throw StageFailure(
        .jobUnfinished, "The job has no results yet.", hint: "Go on with sheaf resume \(record.manifest.id).")
    }
    try deliver(results, of: record, from: store)
    let missing = formats.filter { format in !results.contains { $0.format == format.rawValue } }
    return missing.isEmpty ? .done : try await make(missing, of: record, password)
  }

  private func writeBundle() async throws -> CommandOutcome {
    guard formats.isEmpty else { throw StageFailure.usage("A bundle has every format that the job has.") }
    let (record, ledger) = try await data.job(job)
    let path = try BundleTarget.path(target.path, name: WorkItem(record).name)
    let scratch = try ScratchFolder("bundle")
    let exporter = BundleExporter(try WorkerProgram(), try data.folder, ledger, logger: EngineLog.logger())
    let (files, bytes) = try await exporter.export(record, history: history, scratch: scratch.path, to: path)
    withExtendedLifetime(scratch) {}
    if work.json {
      StandardStream.output.write(
        JSONLine.text([
          "type": "bundle", "job": .string(record.manifest.id.text), "path": .string(path),
          "files": .integer(Int64(files)), "bytes": .integer(Int64(bytes)),
        ]))
    } else {
      StandardStream.output.write(path + "\n")
      let size = Measure.bytes(FileIdentity(following: path)?.length ?? 0)
      StandardStream.error.write("\(Measure.count(files, "file")), \(Measure.bytes(bytes)) in \(size)\n")
    }
    return .done
  }

  private func deliver(_ results: [ExportedResult], of record: JobRecord, from store: ObjectFolder) throws {
    let item = WorkItem(record)
    let delivery = ResultDelivery(target: target.target, store: store, inputs: [])
    for result in results {
      let delivered = try delivery.deliver(result, as: item.name, input: nil, source: item.source)
      for path in delivered.paths {
        let line = work.json ? JSONLine.text(JSONLine.result(item.job, delivered.format, path: path)) : path + "\n"
        StandardStream.output.write(line)
      }
    }
  }

  private func make(_ formats: [ExportFormat], of record: JobRecord, _ password: String?) async throws -> CommandOutcome
  {
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      return try await make(formats, of: record, password, over: link)
    }
    return try await WorkSession.run(
      "sheaf export", data: data, work: work, target: target.target,
      prepare: { _ in [(record: record, item: WorkItem(record, formats: formats))] },
      subject: { $0.item.name.text }
    ) { session, element in
      let record = try await session.engine.export(element.item.job, formats: formats, password: password)
      try await session.watch(record, element.item, since: element.record.seq)
    }
  }
  /// Asking for a result that is not there yet makes it.
  private func make(
    _ formats: [ExportFormat], of record: JobRecord, _ password: String?, over link: ServerLink
  ) async throws -> CommandOutcome {
    try await RemoteSession.ask(link, work, target, [record], formats: formats) { record in
      for format in formats {
        var request = ClientRequest(.get, "/api/v1/jobs/\(record.manifest.id)/result?format=\(format.rawValue)&list=1")
        if let password { request.headers["X-Document-Password"] = PercentText.encoded(password) }
        _ = try await link.json(of: request)
      }
    }
  }
}
