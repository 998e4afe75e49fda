import Contracts
import DocumentModel

/// A block of lines on the first page that is an address: a name, a street, a town.
struct PartyBlock {
  /// Segments from the name down, those of a letterhead's telephone and numbers too.
  let lines: [Int]
  let name: Candidate
  let box: BoundingBox
  /// How much speaks for it being the seller's, less what speaks for the buyer's.
  var seller = 0.0
  /// Whether the foot, the sender's line or an address of mail names it too.
  var isSigned = false

  init(lines: [Int], name: Candidate, page: PageText) {
    self.lines = lines
    self.name = name
    box = page.provenance(of: lines).box
  }
}
