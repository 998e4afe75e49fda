import DocumentModel
import StageKit

/// What kind of document it is, and why.
package struct ClassificationOutput: StageOutput, Hashable {
  package static let stage = StageID.classification

  package let type: DocumentClass
  /// Within the type: `w-2`, `1099-misc`, `credit-note`.
  package let subtype: String?
  package let confidence: Score
  package let decidedBy: Decider
  /// The best types with their scores, best first; at most five.
  package let candidates: [Candidate]
  /// What spoke for the decision, strongest first.
  package let evidence: [Evidence]

  package enum Decider: String, Codable, Sendable, Hashable, CaseIterable {
    case rules
    case languageModel = "language-model"
    /// The user named the type.
    case option
    /// Nothing reached the threshold.
    case none
  }

  /// One type with its score.
  package struct Candidate: Codable, Sendable, Hashable, SchemaDescribed {
    package let type: DocumentClass
    package let score: Score

    package init(type: DocumentClass, score: Score) {
      self.type = type
      self.score = score
    }

    package static let schema = Schema.object(
      "One type with its score.",
      [.required("type", .cases(DocumentClass.self, "The type.")), .required("score", .score("Its score."))])
  }

  /// One rule that matched.
  package struct Evidence: Codable, Sendable, Hashable, SchemaDescribed {
    /// The rule's name in the rule file.
    package let rule: String
    /// Signed: what speaks against counts below zero.
    package let weight: Double
    /// Where the words stand, for rules about words.
    package let provenance: Provenance?

    package init(rule: String, weight: Double, provenance: Provenance?) {
      self.rule = rule
      self.weight = Quantity.coordinate(weight)
      self.provenance = provenance
    }

    package static let schema = Schema.object(
      "One rule that matched.",
      [
        .required("rule", .string("The rule's name.")), .required("weight", .coordinate("Its weight, signed.")),
        .optional("provenance", .type(Provenance.self)),
      ])
  }

  package init(
    type: DocumentClass, subtype: String?, confidence: Score, decidedBy: Decider, candidates: [Candidate],
    evidence: [Evidence]
  ) {
    self.type = type
    self.subtype = subtype
    self.confidence = confidence
    self.decidedBy = decidedBy
    self.candidates = candidates
    self.evidence = evidence
  }

  package static let schema = Schema.object(
    "What kind of document it is, and why.",
    [
      .required("type", .cases(DocumentClass.self, "The type.")), .optional("subtype", .string("Within the type.")),
      .required("confidence", .score("How sure it is.")), .required("decidedBy", .cases(Decider.self, "What decided.")),
      .required("candidates", .list(Candidate.self, "The best types, best first.")),
      .required("evidence", .list(Evidence.self, "What spoke for the decision.")),
    ])
}
