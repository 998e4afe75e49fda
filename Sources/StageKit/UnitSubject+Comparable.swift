extension UnitSubject: Comparable {
  /// The document first, then pages by number, then formats by name.
  package static func < (a: UnitSubject, b: UnitSubject) -> Bool {
    switch (a, b) {
    case (.document, .document): false
    case (.document, _): true
    case (_, .document): false
    case (.page(let m), .page(let n)): m < n
    case (.page, .format): true
    case (.format, .page): false
    case (.format(let m), .format(let n)): m < n
    }
  }
}
