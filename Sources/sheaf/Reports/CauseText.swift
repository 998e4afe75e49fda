import Checkpoints
import Engine
import Ledger
import StageKit

/// Why a unit's result stands there, in sentences.
struct CauseText {
  private let explanation: UnitExplanation
  private let style: TerminalStyle
  private let repeated: String

  init(_ explanation: UnitExplanation, style: TerminalStyle, repeated: String) {
    self.explanation = explanation
    self.style = style
    self.repeated = repeated
  }

  var lines: [String] {
    [headline] + changes + pinLines + setbackLines + effect
  }

  private var cause: RunCause { explanation.cause }

  private var headline: String {
    switch cause.course {
    case .ran: "Ran here\(maker): \(reason)."
    case .found where cause.maker == nil && cause.reason == nil: "Came with the job in a bundle: nothing ran here."
    case .found: "Found under its key, \(origin); nothing ran: \(reason)."
    case .pinned: "Pinned: a person put it in the place of what the stage makes."
    case .gap: "Given up: \(explanation.failure?.message ?? explanation.gap?.sentence ?? "")"
    case .upstreamGap:
      "Not tried: something it cannot do without was given up (\(explanation.gap?.rawValue ?? "a gap"))."
    case .failed: "Failed: \(explanation.failure?.message ?? "")"
    case .cancelled: "Cancelled before it was done."
    case .open: "Not done yet."
    }
  }

  private var maker: String {
    guard let maker = cause.maker else { return "" }
    return ", attempt \(maker.attempt) of \(Moment.local(maker.started))\(cost(maker))"
  }

  private var origin: String {
    guard let maker = cause.maker else { return "made by a job that is gone" }
    guard maker.job != explanation.job else {
      return "made by this job's attempt \(maker.attempt) of \(Moment.local(maker.started))\(cost(maker))"
    }
    let name = cause.makerName.map { " (\(TerminalText.plain($0)))" } ?? ""
    return "taken from job \(maker.job)\(name), made \(Moment.local(maker.started))\(cost(maker))"
  }

  private func cost(_ attempt: AttemptSummary) -> String {
    attempt.seconds.map { " in \(Measure.duration($0))" } ?? ""
  }

  private var reason: String {
    switch cause.reason {
    case .first?: "the first result of this job in this place"
    case .changed? where explanation.differences.isEmpty:
      "its key changed; what stood there before was a gap, or is gone"
    case .changed?: DifferenceText.summary(explanation.differences)
    case .forced?: "by --force, although its result was there"
    case .again?: "what had stood there was lost, damaged or a gap"
    case nil: "the job's log does not tell why"
    }
  }

  private static let mostChanges = 12  // lines: the rest is in --json

  private var changes: [String] {
    guard cause.reason == .changed else { return [] }
    let all = DifferenceText.ordered(explanation.differences)
    let width = all.map { TerminalText.width(DifferenceText.subject($0)) }.max() ?? 0
    let lines = all.prefix(Self.mostChanges).map { difference in
      "  " + style.paint(TerminalText.padded(DifferenceText.subject(difference), to: width), .yellow) + "  "
        + TerminalText.plain(DifferenceText.change(difference, style))
    }
    return lines + (all.count > lines.count ? ["  and \(all.count - lines.count) more"] : [])
  }

  private var pinLines: [String] {
    guard let pin = explanation.pin else { return [] }
    let why = pin.why.isEmpty ? "" : ": \(pin.why)"
    let unit = pin.unit == explanation.unit ? "" : "\(pin.unit) "
    return [TerminalText.plain("\(unit)pinned by \(pin.who) on \(Moment.local(pin.at))\(why)")]
  }

  private var setbackLines: [String] {
    guard cause.setbacks > 0 else { return [] }
    let tries = cause.setbacks == 1 ? "One try" : "\(cause.setbacks) tries"
    return ["\(tries) at the same work came to nothing; see the attempts below."]
  }

  private var effect: [String] {
    guard explanation.state == .done, let isEqual = explanation.previous?.isEqual, explanation.part == nil else {
      return []
    }
    return [
      isEqual
        ? "It yields what it did before, so nothing that depends on it had to run."
        : "It yields something else than before, so what depends on it had a new key."
    ]
  }
}
