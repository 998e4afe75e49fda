/// Dots that lead the eye across a line, to the number of a page mostly.
package enum LeaderSign {
  package static func isLeader(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "…", "·", "․", "‥": true
    default: false
    }
  }

  package static func isLeader(_ character: Character) -> Bool { character.unicodeScalars.allSatisfy(isLeader) }
}
