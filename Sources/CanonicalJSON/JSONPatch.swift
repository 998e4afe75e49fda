/// A list of changes to a JSON value (RFC 6902), applied all or none.
package struct JSONPatch: Hashable, Sendable {
  package enum Operation: Hashable, Sendable {
    case add(JSONPointer, JSONValue)
    case remove(JSONPointer)
    case replace(JSONPointer, JSONValue)
    case move(from: JSONPointer, to: JSONPointer)
    case copy(from: JSONPointer, to: JSONPointer)
    case test(JSONPointer, JSONValue)
  }

  package let operations: [Operation]

  package init(_ operations: [Operation]) { self.operations = operations }

  /// Reads a patch document.
  ///
  /// - Throws: `JSONFault`, its path within the patch document.
  package init(_ document: JSONValue) throws(JSONFault) {
    guard let steps = document.array else {
      throw JSONFault(JSONPointer(), "a JSON Patch is an array of operations")
    }
    var operations: [Operation] = []
    for (index, step) in steps.enumerated() {
      operations.append(try Self.operation(step, JSONPointer().appending(index)))
    }
    self.operations = operations
  }

  private static func operation(_ step: JSONValue, _ place: JSONPointer) throws(JSONFault) -> Operation {
    guard let members = step.object else { throw JSONFault(place, "an operation is an object") }
    guard let name = members["op"]?.string else { throw JSONFault(place, "has no \"op\"") }
    let path = try pointer("path", members, place)
    switch name {
    case "add": return .add(path, try value(members, place))
    case "remove": return .remove(path)
    case "replace": return .replace(path, try value(members, place))
    case "test": return .test(path, try value(members, place))
    case "copy": return .copy(from: try pointer("from", members, place), to: path)
    case "move":
      let from = try pointer("from", members, place)
      guard !from.contains(path) || from == path else {
        throw JSONFault(place, "moves \(from) into itself")
      }
      return .move(from: from, to: path)
    default:
      throw JSONFault(
        place.appending("op"), "\"\(name)\" is no operation; there are add, remove, replace, move, copy, test")
    }
  }

  private static func value(_ members: [String: JSONValue], _ place: JSONPointer) throws(JSONFault) -> JSONValue {
    guard let value = members["value"] else { throw JSONFault(place, "has no \"value\"") }
    return value
  }

  private static func pointer(
    _ name: String, _ members: [String: JSONValue], _ place: JSONPointer
  ) throws(JSONFault) -> JSONPointer {
    guard let text = members[name]?.string else { throw JSONFault(place, "has no \"\(name)\"") }
    guard let pointer = JSONPointer(text) else {
      throw JSONFault(
        place.appending(name), "\"\(text)\" is no JSON Pointer; it begins with / and has ~ only as ~0 or ~1")
    }
    return pointer
  }
}
