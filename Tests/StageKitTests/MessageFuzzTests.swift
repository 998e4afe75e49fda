import CanonicalJSON
import StageKit
import TestSupport
import Testing

@Suite("Fuzzed: what workers say, and options")
struct MessageFuzzTests {
  @Test("a message is one that can be said again, or refused")
  func messages() throws {
    let said: [WorkerMessage] = [
      .ready(protocol: 1), .input(unit: UnitID(.ocr, .page(3)), file: "0003.pgm"), .document,
      .output(name: "0003.json"),
      .progress(fraction: 0.5), .entering(page: 3),
      .failed(failure: StageFailure(.engineFailed, "It failed.", page: 3, hint: "Try again.")),
    ]
    let samples = try said.map { try CanonicalEncoder().encode($0) }
    for seed in ByteMutation.seeds {
      var mutation = ByteMutation(seed: seed)
      let bytes = mutation.mutate(samples)
      guard let message = try? CanonicalDecoder().decode(WorkerMessage.self, from: bytes) else { continue }
      // What has no canonical form (a fraction that is no number) cannot have come out of JSON.
      let again = try CanonicalEncoder().encode(message)
      #expect(try CanonicalDecoder().decode(WorkerMessage.self, from: again) == message, "seed \(seed)")
    }
  }

  @Test("an option's text is a value that is allowed, or refused by name")
  func options() throws {
    let options: [OptionDescriptor] = [
      .flag("flag", true, "Help."), .integer("integer", 5, 1...10, "Help."), .text("text", "", "Help."),
    ]
    let samples = ["true", "off", "7", "-3", "1e3", "99999999999999999999", "eng+deu", "", "ünï"].map { Array($0.utf8) }
    for seed in ByteMutation.seeds {
      var mutation = ByteMutation(seed: seed)
      let text = String(decoding: mutation.mutate(samples), as: UTF8.self)
      for option in options {
        do {
          let value = try option.parse(text, stage: .ocr)
          #expect(try option.checked(value, stage: .ocr) == value, "seed \(seed)")
        } catch {
          #expect(error.code == .invalidOption, "seed \(seed)")
        }
      }
    }
  }
}
