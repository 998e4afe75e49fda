import StageKit
import TestSupport
import Testing
import Yams

@testable import Classification

@Suite("Fuzzed: rules in YAML")
struct RulesFuzzTests {
  @Test("are rules, or refused")
  func rules() throws {
    let samples = ShippedRules.files.filter { $0.name != "lookalikes" }.map { Array($0.bytes.prefix(1_500)) }
    var read = 0
    for seed in ByteMutation.seeds.prefix(max(200, ByteMutation.rounds / 10)) {
      var mutation = ByteMutation(seed: seed)
      let text = String(decoding: mutation.mutate(samples), as: UTF8.self)
      guard let rules = try? YAMLDecoder().decode(ClassRules.self, from: text) else { continue }
      read += 1
      _ = RuleBook([rules])
    }
    #expect(read > 0)
  }
}
