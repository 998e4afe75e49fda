import CanonicalJSON

/// A document that is to be fetched: `{"url":"https://…","options":{…}}`.
enum RemoteDocument {
  private static let known = ["url", "name", "options", "password", "priority", "webhook"]

  /// - Returns: the address, and what is wanted of the document; without a name where the client gave none.
  /// - Throws: `Problem` with `invalid_body`.
  static func read(_ bytes: [UInt8]) throws(Problem) -> (address: String, submission: Submission) {
    let members = try RequestJSON.object(bytes, known: known)
    guard let address = members["url"]?.string else {
      throw Problem(.invalidBody, "The body has no \"url\".", hint: "Send {\"url\":\"https://…\"}.")
    }
    var submission = Submission()
    if let options = members["options"] { submission.wishes = try SubmissionWishes(options) }
    if let priority = members["priority"] {
      guard let number = priority.int else { throw Problem(.invalidBody, "priority must be a whole number.") }
      submission.wishes.priority = number
    }
    submission.name = try text(members, "name").map(DocumentName.cleaned) ?? ""
    submission.password = try text(members, "password")
    submission.webhook = members["webhook"]
    return (address, submission)
  }

  private static func text(_ members: [String: JSONValue], _ name: String) throws(Problem) -> String? {
    guard let value = members[name], !value.isNull else { return nil }
    guard let text = value.string else { throw Problem(.invalidBody, "\(name) must be a text.") }
    return text
  }
}
