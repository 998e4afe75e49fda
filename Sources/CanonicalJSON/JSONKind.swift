/// The kinds of JSON values, as JSON Schema names them.
enum JSONKind: String {
  case null, boolean, integer, number, string, array, object

  init(of value: JSONValue) {
    self =
      switch value {
      case .null: .null
      case .bool: .boolean
      case .integer: .integer
      case .number: value.int == nil ? .number : .integer
      case .string: .string
      case .array: .array
      case .object: .object
      }
  }

  func includes(_ value: JSONValue) -> Bool {
    let kind = JSONKind(of: value)
    return kind == self || (self == .number && kind == .integer)
  }

  var words: String {
    switch self {
    case .null: "null"
    case .integer: "an integer"
    case .array, .object: "an \(rawValue)"
    case .boolean: "true or false"
    case .number, .string: "a \(rawValue)"
    }
  }
}
