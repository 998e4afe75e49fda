import TestSupport
import Testing

@Suite("Fuzzed: what others wrote")
struct ParserFuzzTests {
  @Test("is read or refused as promised, whatever its bytes", arguments: FuzzedParser.allCases)
  func anyBytes(parser: FuzzedParser) throws {
    let samples = try parser.samples
    // A rule file takes as long as ten of the others.
    let rounds = parser == .rules ? max(200, ByteMutation.rounds / 10) : ByteMutation.rounds
    for seed in ByteMutation.seeds.prefix(rounds) {
      var mutation = ByteMutation(seed: seed)
      let bytes = mutation.mutate(samples)
      let cut = UInt8(truncatingIfNeeded: seed)
      do { try parser.check([cut] + bytes) } catch { Issue.record("seed \(seed): \(error)") }
    }
  }

  @Test("is read alike in pieces of any length where it is as it should be", arguments: FuzzedParser.allCases)
  func samples(parser: FuzzedParser) throws {
    for sample in try parser.samples { for cut in 0..<UInt8(32) { try parser.check([cut] + sample) } }
  }
}
