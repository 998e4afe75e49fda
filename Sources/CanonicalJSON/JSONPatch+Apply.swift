extension JSONPatch {
  /// The value with all operations applied in their order.
  ///
  /// - Throws: `JSONFault` with the place in the value where an operation does not fit or a test fails, naming the
  ///   operation by its number from 0.
  package func applied(to value: JSONValue) throws(JSONFault) -> JSONValue {
    var value = value
    for (number, operation) in operations.enumerated() {
      do {
        try Self.apply(operation, to: &value)
      } catch {
        throw JSONFault(error.path, "\(error.message) (operation \(number) of the patch)")
      }
    }
    return value
  }

  private static func apply(_ operation: Operation, to value: inout JSONValue) throws(JSONFault) {
    switch operation {
    case .add(let path, let new): try value.add(new, at: path.tokens[...], of: path)
    case .remove(let path): _ = try value.remove(at: path.tokens[...], of: path)
    case .replace(let path, let new): try value.replace(at: path.tokens[...], of: path, with: new)
    case .move(let from, let path):
      let moved = try value.remove(at: from.tokens[...], of: from)
      try value.add(moved, at: path.tokens[...], of: path)
    case .copy(let from, let path):
      guard let copied = value[from] else { throw nothing(from) }
      try value.add(copied, at: path.tokens[...], of: path)
    case .test(let path, let expected):
      guard let found = value[path] else { throw nothing(path) }
      guard found == expected else { throw JSONFault(path, "is not what the patch tests for") }
    }
  }

  fileprivate static func nothing(_ path: JSONPointer) -> JSONFault { JSONFault(path, "there is nothing here") }
}

extension JSONValue {
  /// - Parameter rest: what is left of the path below this value.
  fileprivate mutating func add(
    _ new: JSONValue, at rest: ArraySlice<String>, of path: JSONPointer
  ) throws(JSONFault) {
    guard let token = rest.first else {
      self = new
      return
    }
    let isLast = rest.count == 1
    switch self {
    case .object(var members):
      if isLast {
        members[token] = new
      } else {
        // Only what exists already can have something put into it (RFC 6902, section 4.1).
        guard var member = members[token] else { throw JSONPatch.nothing(path) }
        try member.add(new, at: rest.dropFirst(), of: path)
        members[token] = member
      }
      self = .object(members)
    case .array(var elements):
      if isLast {
        guard let index = token == "-" ? elements.count : JSONPointer.index(token, below: elements.count + 1) else {
          throw JSONFault(path, "\"\(token)\" is no place in an array of \(elements.count)")
        }
        elements.insert(new, at: index)
      } else {
        guard let index = JSONPointer.index(token, below: elements.count) else { throw JSONPatch.nothing(path) }
        try elements[index].add(new, at: rest.dropFirst(), of: path)
      }
      self = .array(elements)
    default: throw JSONPatch.nothing(path)
    }
  }

  fileprivate mutating func remove(at rest: ArraySlice<String>, of path: JSONPointer) throws(JSONFault) -> JSONValue {
    guard let token = rest.first else { throw JSONFault(path, "the whole value cannot be removed") }
    let isLast = rest.count == 1
    let removed: JSONValue
    switch self {
    case .object(var members):
      guard var member = members[token] else { throw JSONPatch.nothing(path) }
      if isLast {
        removed = member
        members[token] = nil
      } else {
        removed = try member.remove(at: rest.dropFirst(), of: path)
        members[token] = member
      }
      self = .object(members)
    case .array(var elements):
      guard let index = JSONPointer.index(token, below: elements.count) else { throw JSONPatch.nothing(path) }
      removed = isLast ? elements.remove(at: index) : try elements[index].remove(at: rest.dropFirst(), of: path)
      self = .array(elements)
    default: throw JSONPatch.nothing(path)
    }
    return removed
  }

  fileprivate mutating func replace(
    at rest: ArraySlice<String>, of path: JSONPointer, with new: JSONValue
  ) throws(JSONFault) {
    guard let token = rest.first else {
      self = new
      return
    }
    switch self {
    case .object(var members):
      guard var member = members[token] else { throw JSONPatch.nothing(path) }
      try member.replace(at: rest.dropFirst(), of: path, with: new)
      members[token] = member
      self = .object(members)
    case .array(var elements):
      guard let index = JSONPointer.index(token, below: elements.count) else { throw JSONPatch.nothing(path) }
      try elements[index].replace(at: rest.dropFirst(), of: path, with: new)
      self = .array(elements)
    default: throw JSONPatch.nothing(path)
    }
  }
}
