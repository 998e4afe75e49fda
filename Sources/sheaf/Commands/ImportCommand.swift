import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import StageKit

struct ImportCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take a bundle's job into this data folder.",
    discussion: """
      Every file is checked against the bundle's manifest, every checkpoint against its envelope and key; a bundle in \
      which anything is wrong leaves nothing behind. The job keeps its id. Other jobs over the same document will use \
      its results, so import what you would trust, or prove it first with sheaf verify --replay.

        sheaf import report.sheaf.tar.zst
      """)

  @Argument(help: ArgumentHelp("Bundles.", valueName: "bundle"), completion: .file())
  var bundles: [String]

  @Flag(name: .customLong("new-id"), help: "Give the job a new id.")
  var newID = false

  @Flag(help: "Print JSON, one object per bundle.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      try await take { try await BundleUpload(renamed: newID).send($0, to: link) }
    } else {
      try await EngineVisit.run("sheaf import", in: try data.folder) { engine in
        try await take { try await engine.adopt(bundle: $0, renamed: newID) }
      }
    }
    return .done
  }

  /// Takes in one after the other; the first that cannot be taken ends the command.
  private func take(_ adopt: (String) async throws -> BundleAdoption) async throws {
    for bundle in bundles {
      let adoption: BundleAdoption
      do { adoption = try await adopt(bundle) } catch { throw FailureReport(error, subject: bundle) }
      if json {
        StandardStream.output.write(JSONLine.text(try JSONLine.encoded(adoption)))
      } else {
        StandardStream.output.write(Self.line(adoption) + "\n")
      }
    }
  }

  private static func line(_ adoption: BundleAdoption) -> String {
    let job = "\(adoption.job): \(TerminalText.plain(adoption.name))"
    guard adoption.isNew else { return "\(job), here already" }
    let shared = adoption.shared > 0 ? ", \(adoption.shared) of whose results were here" : ""
    return "\(job), \(Measure.count(adoption.units, "unit"))\(shared)"
  }
}
