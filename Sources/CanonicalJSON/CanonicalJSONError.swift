/// Why bytes are not JSON, do not hold what was asked for, or why a value cannot be written as canonical JSON.
package struct CanonicalJSONError: Error, Hashable, Sendable {
  /// What was wrong.
  package enum Reason: Hashable, Sendable {
    case unexpectedEnd
    /// What the grammar or the caller wanted, in words ("a number", "':'").
    case expected(String)
    case invalidUTF8
    case invalidEscape
    case loneSurrogate
    case controlCharacter
    case invalidNumber
    /// Too large for the type, or not whole.
    case numberOutOfRange(String)
    case nestedTooDeep(limit: Int)
    case trailingBytes
    case duplicateKey(String)
    case missingKey(String)
    /// The JSON is sound, but a type refuses the value; in words.
    case invalidValue(String)
    /// NaN or an infinity, which JSON cannot hold.
    case notFinite
  }

  package let reason: Reason
  /// Where: bytes from the start of the text that was read, or bytes already written.
  package let offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension CanonicalJSONError: CustomStringConvertible {
  package var description: String { "\(what) at byte \(offset)" }

  /// The reason in words, without the place.
  package var what: String {
    switch reason {
    case .unexpectedEnd: "the JSON ends too early"
    case .expected(let wanted): "expected \(wanted)"
    case .invalidUTF8: "a byte sequence that is not UTF-8"
    case .invalidEscape: "an escape that JSON does not know"
    case .loneSurrogate: "half of a surrogate pair in a \\u escape"
    case .controlCharacter: "a control character that must be escaped"
    case .invalidNumber: "a malformed number"
    case .numberOutOfRange(let type): "a number that is no \(type)"
    case .nestedTooDeep(let limit): "more than \(limit) nested arrays and objects"
    case .trailingBytes: "something after the end of the JSON value"
    case .duplicateKey(let key): "the key \"\(key)\" stands twice in one object"
    case .missingKey(let key): "the key \"\(key)\" is missing"
    case .invalidValue(let why): why
    case .notFinite: "NaN or infinity, which JSON cannot hold"
    }
  }
}
