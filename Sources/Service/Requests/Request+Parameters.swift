import HTTPServer

extension Request {
  /// A whole number of the query.
  ///
  /// - Throws: `Problem` with `invalid_parameter`.
  package func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let text = query(name) else { return nil }
    guard text.first != "+", let value = Int(text), range.contains(value) else {
      throw Problem(
        .invalidParameter, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return value
  }

  /// A flag of the query: `1`, `true`, or named without a value.
  ///
  /// - Throws: `Problem` with `invalid_parameter`.
  package func flag(_ name: String) throws(Problem) -> Bool {
    guard let text = query(name) else { return false }
    switch text.lowercased() {
    case "", "1", "true": return true
    case "0", "false": return false
    default: throw Problem(.invalidParameter, "\(name) must be true or false.")
    }
  }

  /// How many items a list is to have at most.
  ///
  /// - Throws: `Problem` with `invalid_parameter`.
  package func limit() throws(Problem) -> Int { try integer("limit", in: 1...Self.longestPage) ?? Self.usualPage }

  /// Items of a list in one answer.
  package static let longestPage = 200
  package static let usualPage = 50
}
