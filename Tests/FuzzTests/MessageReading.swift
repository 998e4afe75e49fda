import CanonicalJSON
import StageKit

/// What workers say, and what users type as options.
enum MessageReading {
  /// A message can be said again, or is refused.
  static func checkMessage(_ bytes: [UInt8]) throws {
    guard let message = try? CanonicalDecoder().decode(WorkerMessage.self, from: bytes) else { return }
    // What has no canonical form (a fraction that is no number) cannot have come out of JSON.
    let same = try CanonicalDecoder().decode(WorkerMessage.self, from: CanonicalEncoder().encode(message))
    try BrokenPromise.unless(same == message, "it is read otherwise")
  }

  /// An option's text is a value that is allowed, or refused by name.
  static func checkOption(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    for option in options {
      do {
        let value = try option.parse(text, stage: .ocr)
        let checked = try option.checked(value, stage: .ocr)
        try BrokenPromise.unless(checked == value, "what was parsed is not allowed")
      } catch let failure as StageFailure {
        try BrokenPromise.unless(failure.code == .invalidOption, "it is refused as \(failure.code)")
      }
    }
  }

  private static let options: [OptionDescriptor] = [
    .flag("flag", true, "Help."), .integer("integer", 5, 1...10, "Help."), .number("number", 0.5, 0...1, "Help."),
    .text("text", "", "Help."),
  ]

  static let values = ["true", "off", "7", "-3", "1e3", "99999999999999999999", "0.5", "eng+deu", "", "ünï"].map {
    Array($0.utf8)
  }

  static var messages: [[UInt8]] {
    get throws {
      let said: [WorkerMessage] = [
        .ready(protocol: 1), .input(unit: UnitID(.ocr, .page(3)), file: "0003.pgm"), .document,
        .output(name: "0003.json"), .progress(fraction: 0.5), .entering(page: 3),
        .ask(question: .words(prompt: "?", schema: ["type": "object"], picture: nil)),
        .failed(failure: StageFailure(.engineFailed, "It failed.", page: 3, hint: "Try again.")),
      ]
      return try said.map { try CanonicalEncoder().encode($0) }
    }
  }
}
