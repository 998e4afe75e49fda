/// Why a key cannot be made.
package enum KeyRingFailure: Error, Sendable, CustomStringConvertible {
  case badName
  case badLimits
  case tooManyKeys

  package var description: String {
    switch self {
    case .badName: "A key's name has 1 to 64 letters, digits and - _ . @"
    case .badLimits: "A rate is above 0, a burst and a concurrency are 1 or more."
    case .tooManyKeys: "There are too many keys."
    }
  }
}
