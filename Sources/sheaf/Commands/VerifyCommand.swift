import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import StageKit

struct VerifyCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "See whether a bundle is sound, and whether this machine makes the same of its document.",
    discussion: """
      Checks every file against the manifest, every checkpoint against its envelope and key. With --replay, the job \
      runs anew in a folder of its own and its content is compared unit by unit: either all is equal, or the first \
      unit that is not is named, with the engine, font set or processor that differs.

        sheaf verify report.sheaf.tar.zst
        sheaf verify report.sheaf.tar.zst --replay

      Ends with 1 where a bundle is not sound or not proven.
      """)

  @Argument(help: ArgumentHelp("A bundle.", valueName: "bundle"), completion: .file())
  var bundle: String

  @Flag(help: "Run the job anew and compare.")
  var replay = false

  @Option(
    help: ArgumentHelp("A file whose first line is the document's password.", valueName: "file"), completion: .file())
  var passwordFile: String?

  @Option(help: ArgumentHelp("Worker processes at most. Default: one per core.", valueName: "n"))
  var workers: Int?

  @Flag(help: "Print JSON.")
  var json = false

  func perform() async throws -> CommandOutcome {
    let password = try passwordFile.map(PasswordFile.read)
    let logger = EngineLog.logger()
    let unpacked = try ScratchFolder("bundle")
    let opened: OpenBundle
    do { opened = try await BundleOpener(WorkerProgram(), logger: logger).open(bundle, into: unpacked.path) } catch {
      throw FailureReport(error, subject: bundle)
    }
    guard replay else {
      tell(opened)
      return .done
    }
    let scratch = try ScratchFolder("replay")
    let configuration = EngineConfiguration(
      workers: try WorkOptions.count(workers), program: "sheaf verify", logger: logger)
    let proof = try await BundleReplayer(configuration, scratch: scratch.path).replay(opened, password: password)
    withExtendedLifetime((unpacked, scratch)) {}
    if json {
      StandardStream.output.write(JSONLine.text(try JSONLine.encoded(proof)))
    } else {
      StandardStream.output.write(ProofText(proof, style: .ofOutput).lines.joined(separator: "\n") + "\n")
    }
    return proof.isProven ? .done : .failed
  }

  private func tell(_ opened: OpenBundle) {
    let (files, bytes) = (opened.manifest.files.count, opened.manifest.length)
    if json {
      StandardStream.output.write(
        JSONLine.text([
          "ok": true, "job": .string(opened.job.id.text), "name": .string(opened.job.name),
          "files": .integer(Int64(files)), "bytes": .integer(Int64(bytes)),
          "units": .integer(Int64(opened.rows.units.count)),
        ]))
    } else {
      StandardStream.output.write(
        "\(TerminalStyle.ofOutput.doneMark) sound: job \(opened.job.id), \(TerminalText.plain(opened.job.name)), "
          + "\(Measure.count(opened.rows.units.count, "unit")) in \(Measure.count(files, "file")), "
          + "\(Measure.bytes(bytes))\n")
    }
  }
}
