/// A place in the ledger's files where the bytes are not what was written.
package struct LedgerDamage: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    /// A page of the file, from 1.
    case page(Int)
    /// Pages that the file should have and has not, from this one on.
    case missingPages(from: Int)
    /// The head of the write-ahead log.
    case logHeader
    /// A frame of the write-ahead log, from 1: one page of a commit.
    case logFrame(Int)
  }

  package let place: Place
  /// The byte in its file and the bit in it that is wrong; nil where more than one bit is, so that checksums cannot tell
  /// what stood there.
  package let wrongBit: WrongBit?

  package struct WrongBit: Sendable, Hashable {
    /// From the file's start.
    package let offset: Int
    /// Of the byte, from the lowest.
    package let bit: Int
  }

  package var isInLog: Bool {
    switch place {
    case .page, .missingPages: false
    case .logHeader, .logFrame: true
    }
  }
}
