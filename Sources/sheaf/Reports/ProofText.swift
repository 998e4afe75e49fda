import Checkpoints
import Engine
import Ledger
import StageKit

/// What came of running a bundle's job anew, for people.
struct ProofText {
  private let proof: BundleProof
  private let style: TerminalStyle

  init(_ proof: BundleProof, style: TerminalStyle) {
    self.proof = proof
    self.style = style
  }

  var lines: [String] {
    let job = "job \(proof.job), \(TerminalText.plain(proof.name))"
    let pins = proof.pins > 0 ? " with \(Measure.count(proof.pins, "pin"))" : ""
    let time = "ran anew\(pins) in \(Measure.duration(proof.seconds))"
    guard proof.units > 0 else { return ["\(style.failureMark) nothing to prove: \(job) has no results"] }
    if let divergence = proof.divergence {
      return [
        "\(style.failureMark) not proven: \(job), \(time): \(proof.equal) of \(Measure.count(proof.units, "unit")) equal",
        "First of those that differ: \(style.paint(divergence.unit.description, .bold))\(ends(divergence))",
      ] + reasons(divergence)
    }
    var lines = [
      "\(style.doneMark) proven: \(job), \(time): all \(Measure.count(proof.units, "unit")) equal in content, "
        + "\(proof.identical == proof.units ? "all" : "\(proof.identical)") of them to the byte"
    ]
    if !proof.harmless.isEmpty {
      lines.append("Made with something else here, to the same end:")
      lines += proof.harmless.map(line)
    }
    return lines
  }

  private func ends(_ divergence: BundleDivergence) -> String {
    guard divergence.oldState == .done, divergence.newState == .done else {
      let now = divergence.newState?.rawValue ?? "missing"
      return ", \(divergence.oldState.rawValue) in the bundle, \(now) here"
        + (divergence.failure.map { ". \($0.message)" } ?? "")
    }
    return ""
  }

  private func reasons(_ divergence: BundleDivergence) -> [String] {
    guard !divergence.differences.isEmpty else {
      return ["Engines, fonts and processor are those of the bundle: the stage itself does not repeat its result."]
    }
    return ["What differs with it:"] + divergence.differences.map(line)
  }

  private func line(_ difference: KeyRecipe.Difference) -> String {
    let subject = difference.what.hasPrefix("recorded.") ? String(difference.what.dropFirst(9)) : nil
    let words = subject ?? DifferenceText.subject(difference)
    return "  \(TerminalText.padded(words, to: 20))  \(TerminalText.plain(DifferenceText.change(difference, style)))"
  }
}
