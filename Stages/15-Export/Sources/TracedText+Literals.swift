extension TracedText: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { self.init(value) }

  init(stringInterpolation: Interpolation) { self = stringInterpolation.text }

  /// Lets text that knows its origins stand in the middle of markup.
  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = TracedText()

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ part: TracedText) { text += part }
    mutating func appendInterpolation(_ part: String) { text += part }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
  }
}
