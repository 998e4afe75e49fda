/// A step of a coding path: an object's key or an array's index.
package struct JSONKey: CodingKey, Hashable {
  package let stringValue: String
  package let intValue: Int?

  package init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  package init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }

  /// The key of the value that a superclass encodes into.
  static let superclass = JSONKey(stringValue: "super")
}

extension [any CodingKey] {
  /// The path as people write it: `words[12].box.left`; empty for the root.
  package var jsonPath: String {
    reduce(into: "") { path, key in
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
  }
}
