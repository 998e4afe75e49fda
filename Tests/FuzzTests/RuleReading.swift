import Yams

@testable import Classification

/// Rule files, which people write.
enum RuleReading {
  /// They are rules, or refused.
  static func check(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let rules = try? YAMLDecoder().decode(ClassRules.self, from: text) else { return }
    _ = RuleBook([rules])
  }

  static var samples: [[UInt8]] {
    ShippedRules.files.filter { $0.name != "lookalikes" }.map { Array($0.bytes.prefix(1_500)) }
  }
}
