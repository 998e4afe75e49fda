import CanonicalJSON

extension StageFailure {
  /// As programs read it, on the command line and over HTTP: `code`, `message`, `retryable`, and `page` and `hint` where
  /// there are any.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "code": .string(code.rawValue), "message": .string(message), "retryable": .bool(retryable),
    ]
    if let page { members["page"] = .integer(Int64(page)) }
    if let hint { members["hint"] = .string(hint) }
    return .object(members)
  }
}
