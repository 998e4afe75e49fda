/// One step of a coding path, linked to the step before it, so that a path costs nothing until it is told.
final class PathNode: Sendable {
  let parent: PathNode?
  let key: any CodingKey

  init(_ parent: PathNode?, _ key: any CodingKey) {
    self.parent = parent
    self.key = key
  }
}

extension PathNode? {
  /// The steps from the root.
  var codingPath: [any CodingKey] {
    var keys: [any CodingKey] = []
    var node = self
    while let step = node {
      keys.append(step.key)
      node = step.parent
    }
    return keys.reversed()
  }
}
