import CanonicalJSON
import StageKit

extension Submission {
  /// All that a submission asks for, in one digest.
  ///
  /// Of a password only that there is one: the digest is stored, and short ones could be guessed from it.
  ///
  /// - Parameter source: the document's digest, or the address it is fetched from.
  func fingerprint(_ source: String) throws -> Digest {
    var fingerprint = PayloadFingerprint(method: "POST", path: "/api/v1/documents")
    let protection = password == nil ? "" : "with a password"
    for field in [source, name, protection, wishes.pages ?? "", wishes.until ?? "", "\(wishes.priority)"] {
      fingerprint.add(field)
    }
    if let keep = wishes.keep { fingerprint.add("keep \(keep)") }
    fingerprint.add(wishes.formats.joined(separator: ","))
    fingerprint.add(try JSONValue.object(wishes.settings).canonicalBytes)
    fingerprint.add(try webhook?.canonicalBytes ?? [])
    return fingerprint.digest
  }
}
