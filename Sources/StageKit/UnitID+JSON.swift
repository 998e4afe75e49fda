import CanonicalJSON

extension UnitID {
  /// Where the unit stands, as programs read it: `stage`, and `page` or `format`.
  package var members: [String: JSONValue] {
    var members: [String: JSONValue] = ["stage": .string(stage.rawValue)]
    switch subject {
    case .document: break
    case .page(let number): members["page"] = .integer(Int64(number))
    case .format(let name): members["format"] = .string(name)
    }
    return members
  }
}
