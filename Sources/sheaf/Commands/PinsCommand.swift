import ArgumentParser
import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

struct PinsCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "pins",
    abstract: "List what was edited by hand, and what of it is out of date.",
    discussion: """
      A pin is in conflict where its stage makes something else by now than what the pin is based on, after other \
      options or a change before it. sheaf resolve shows both versions and settles it. Needs no lock.
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest. Default: all jobs.", valueName: "job"))
  var job: String?

  @Flag(help: "Print JSON lines.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let pins = try await pins()
    if json {
      StandardStream.output.write(pins.map { JSONLine.text(PinListing.json($0)) }.joined())
    } else if pins.isEmpty {
      StandardStream.error.write("Nothing is pinned.\n")
    } else {
      StandardStream.output.write(PinListing.table(pins).lines.joined(separator: "\n") + "\n")
      for line in PinListing.advice(pins, repeated: data.repeated) { StandardStream.error.write(line + "\n") }
    }
    return .done
  }

  private func pins() async throws -> [PinEntry] {
    if let job {
      let (record, ledger) = try await data.job(job)
      return try await ledger.pins(of: record.manifest.id)
    }
    guard let ledger = try data.ledger() else { return [] }
    var pins: [PinEntry] = []
    for job in try await ledger.pinCounts().keys.sorted(by: { $0.text < $1.text }) {
      pins += try await ledger.pins(of: job)
    }
    return pins
  }
}
