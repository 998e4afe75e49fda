import ArgumentParser
import Checkpoints
import Engine
import Ledger
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

struct RunCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Turn documents into Markdown and other formats.",
    discussion: """
      Results are named after the documents: report.pdf becomes report.md. Documents that differ only in their \
      extension keep it (a.pdf.md, a.png.md), and those of the very same name from different folders are numbered \
      (a.md, a-2.md). Older results of the same name are replaced; a document never is.

      Progress and messages go to standard error, the paths of the results to standard output, one per line; with \
      --json standard output has events as JSON lines instead, and with --out - the result itself.

      A document that cannot be worked on does not stop the others.

        sheaf run report.pdf
        sheaf run *.pdf --out results --format md,html,csv
        sheaf run scan.pdf --set ocr.languages=deu+eng --pages 1-5,9
        curl -s https://example.org/a.pdf | sheaf run - --out - | less
      """)

  @Argument(
    help: ArgumentHelp("Documents; - is standard input.", valueName: "file"), completion: .file())
  var files: [String]

  @OptionGroup var data: DataOption
  @OptionGroup var target: TargetOption

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("\(FormatHelp.list). Default: md.", valueName: "formats"), completion: FormatHelp.completion)
  var formats: [String] = []

  @Option(help: ArgumentHelp("Only these pages: 1-5,9 or 3- for all from the third.", valueName: "pages"))
  var pages: String?

  @Option(
    help: ArgumentHelp("The last stage to run.", valueName: "stage"),
    completion: .list(StageID.allCases.map(\.rawValue)))
  var until: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "An option of a stage; may be given often. sheaf stages lists them.", valueName: "stage.option=value"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp("A file whose first line is the documents' password.", valueName: "file"), completion: .file())
  var passwordFile: String?

  @OptionGroup var server: ServerOption
  @OptionGroup var history: KeepOption
  @OptionGroup var work: WorkOptions

  func perform() async throws -> CommandOutcome {
    let documents = DocumentArgument.list(files)
    var settings = try jobSettings()
    let formats = settings.formats
    try checkTarget(documents, formats)
    let password = try passwordFile.map(PasswordFile.read)
    if let link = try await server.link(data) {
      return try await send(
        documents, DocumentUpload(settings: settings, options: self.settings, password: password), to: link)
    }
    return try await WorkSession.run(
      "sheaf run", data: data, work: work, target: target.target, inputs: documents,
      prepare: { engine in
        settings.overrides = try self.settings.map { try engine.pipeline.override($0) }
        return documents.map { [settings] in (document: $0, settings: settings) }
      },
      subject: \.document.subject
    ) { session, element in
      try session.refuseInputs(formats, as: element.document.name)
      try await Self.admit(element.document, element.settings, password, to: session)
    }
  }

  @MainActor
  private static func admit(
    _ document: DocumentArgument, _ settings: JobSettings, _ password: String?, to session: WorkSession
  ) async throws {
    let descriptor = try document.open()
    defer { close(descriptor) }
    let received = try await session.engine.take(from: descriptor)
    let record = try await session.engine.submit(
      received, name: document.name.text, settings: settings, password: password)
    let item = WorkItem(
      job: record.manifest.id, name: document.name, input: document.isStandardInput ? nil : document.path,
      source: received)
    try await session.watch(record, item, since: 0)
  }

  /// Lets a server do the work.
  private func send(
    _ documents: [DocumentArgument], _ upload: DocumentUpload, to link: ServerLink
  ) async throws -> CommandOutcome {
    let delivery = RemoteDelivery(target: target.target, inputs: documents.compactMap(\.identity))
    let session = await RemoteSession(link, Console(work), delivery: delivery, expected: documents.count)
    return try await session.work { session in
      var items: [RemoteSession.Item] = []
      for document in documents where session.interruption == nil {
        do {
          let job = try await upload.send(document, to: link) { await session.tellWait($0) }
          items.append(
            RemoteSession.Item(
              job: job, name: document.name, input: document.isStandardInput ? nil : document.path,
              formats: upload.settings.formats))
        } catch is CancellationError {
          break
        } catch {
          session.refuse(error, subject: document.subject)
        }
      }
      return items
    }
  }

  /// All but the stages' options, which only the worker knows.
  private func jobSettings() throws(StageFailure) -> JobSettings {
    let formats = try ClosedName.formats(self.formats)
    return JobSettings(
      pages: try pages.map(ClosedName.pages), until: try until.map(ClosedName.stage),
      formats: formats.isEmpty ? [.markdown] : formats, keep: try history.count())
  }

  private func checkTarget(_ documents: [DocumentArgument], _ formats: [ExportFormat]) throws(StageFailure) {
    if passwordFile == "-", documents.contains(where: \.isStandardInput) {
      throw .usage("Standard input cannot be both a document and the password.", hint: "Name a file for one of them.")
    }
    try target.check(json: work.json, documents: documents.count, formats: formats)
  }
}
