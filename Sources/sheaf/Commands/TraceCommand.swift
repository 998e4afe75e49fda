import ArgumentParser
import CanonicalJSON
import Checkpoints
import DocumentModel
import Inspection
import StageKit

struct TraceCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show which words of which page a text came from, or what was made of a place on a page.",
    discussion: """
      Walks back from an export, a chunk or a field through the stages to the words, with their boxes, whether the \
      document's own text layer or recognition told them, and how sure the engine was. With --box, walks forward: to \
      the lines, regions, table cells, elements, sections, chunks, fields and places in exports.

        sheaf trace last "net amount"
        sheaf trace last --offset 1204 --format html
        sheaf trace last --chunk 9f3ab2 | less
        sheaf trace last --box 3,72,500,300,520
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Argument(help: ArgumentHelp("Some text of an export, or of a page.", valueName: "text"))
  var text: String?

  @Option(help: ArgumentHelp("A byte of the export's main file, from 0.", valueName: "n"))
  var offset: Int?

  @Option(help: ArgumentHelp("A chunk by its id, or a beginning of it.", valueName: "id"))
  var chunk: String?

  @Option(help: ArgumentHelp("A field by its name, or a pair by its label.", valueName: "name"))
  var field: String?

  @Option(
    help: ArgumentHelp("A place on a page, in points from its top left.", valueName: "page,left,top,right,bottom"))
  var box: String?

  @Option(
    help: ArgumentHelp("The export to look in.", valueName: "format"),
    completion: .list(ExportFormat.allCases.map(\.rawValue)))
  var format = ExportFormat.markdown.rawValue

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let given = [text != nil, offset != nil, chunk != nil, field != nil, box != nil].count { $0 }
    guard given == 1 else {
      throw StageFailure.usage(
        "Say what to trace, one thing.", hint: "A text, --offset, --chunk, --field or --box.")
    }
    let (record, ledger) = try await data.job(job)
    let tracer = try Tracer(try await JobSnapshot.now(record, ledger, in: data.folder))
    let trace = try trace(tracer, in: ClosedName.format(format))
    if json {
      try CanonicalEncoder().encode(trace).withUnsafeBytes { _ = StandardStream.output.write($0) }
      StandardStream.output.write("\n")
    } else {
      StandardStream.output.write(TraceReport(trace, style: .ofOutput).lines.joined(separator: "\n") + "\n")
    }
    return .done
  }

  private func trace(_ tracer: Tracer, in format: ExportFormat) throws -> Trace {
    if let text { return try tracer.text(text, in: format) }
    if let offset { return try tracer.offset(offset, in: format) }
    if let chunk { return try tracer.chunk(chunk) }
    if let field { return try tracer.field(field) }
    let numbers = (box ?? "").split(separator: ",").compactMap { Double($0.filter { $0 != " " }) }
    guard numbers.count == 5, numbers.allSatisfy(\.isFinite), let page = Int(exactly: numbers[0]), page > 0 else {
      throw StageFailure.usage(
        "\"\(box ?? "")\" is no place.", hint: "Write --box PAGE,LEFT,TOP,RIGHT,BOTTOM, in points.")
    }
    let place = BoundingBox(left: numbers[1], top: numbers[2], right: numbers[3], bottom: numbers[4])
    return try tracer.box(place, page: page)
  }
}
