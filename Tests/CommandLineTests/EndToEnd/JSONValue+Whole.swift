import CanonicalJSON

extension JSONValue {
  var whole: Int64? { if case .integer(let value) = self { value } else { nil } }
}
