/// Why a unit is to run once more although nothing has changed for it. It stands until the unit has ended.
package enum RunAgain: String, Codable, Sendable, Hashable, CaseIterable {
  /// It was given up, or left pages out that it died on; what others have made of it meanwhile will do.
  case retry
  /// Somebody wants to see it made, whatever stands under its key.
  case force
}
