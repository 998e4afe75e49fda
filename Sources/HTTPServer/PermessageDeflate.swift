/// The terms of RFC 7692 that both ends agreed on.
struct PermessageDeflate: Hashable, Sendable {
  static let name = "permessage-deflate"
  static let largestWindow = 15

  /// The window that the server compresses with.
  var serverWindowBits = PermessageDeflate.largestWindow
  /// The window that the client compresses with.
  var clientWindowBits = PermessageDeflate.largestWindow
  var serverKeepsContext = true
  var clientKeepsContext = true

  /// Answers a client's offers: takes the first that can be met.
  ///
  /// Neither end keeps its context: the server since one compressed message goes to many clients, the client (which any
  /// answer may demand, 7.1.1.2) so that an idle connection holds no window.
  ///
  /// - Returns: the terms, and the header value that states them; nil to go on uncompressed.
  static func accept(offers: [String]) -> (terms: PermessageDeflate, answer: String)? {
    for offer in offers {
      guard let extensionOffer = ExtensionOffer(offer), extensionOffer.name == name,
        let answered = answer(to: extensionOffer)
      else { continue }
      return answered
    }
    return nil
  }

  private static func answer(to offer: ExtensionOffer) -> (terms: PermessageDeflate, answer: String)? {
    var terms = PermessageDeflate()
    terms.serverKeepsContext = false
    terms.clientKeepsContext = false
    var answer = "\(name); server_no_context_takeover; client_no_context_takeover"
    for (parameter, value) in offer.parameters {
      switch (parameter, value) {
      case ("server_no_context_takeover", nil), ("client_no_context_takeover", nil), ("client_max_window_bits", nil):
        break
      case ("server_max_window_bits", let value?):
        // zlib makes no raw stream with a window of 8 bits: such an offer is declined.
        guard let bits = windowBits(value), bits > 8 else { return nil }
        terms.serverWindowBits = bits
        answer += "; server_max_window_bits=\(bits)"
      case ("client_max_window_bits", let value?):
        guard let bits = windowBits(value) else { return nil }
        // Any window inflates what a smaller one deflated, so nothing is asked of the client.
        terms.clientWindowBits = bits
      default:
        return nil
      }
    }
    return (terms, answer)
  }

  /// What a client offers.
  static let offer = "\(name); client_no_context_takeover; client_max_window_bits"

  /// Reads a server's answer to `offer`; nil where it agrees to something that was not offered.
  static func accepted(answer: String) -> PermessageDeflate? {
    guard let answer = ExtensionOffer(answer), answer.name == name else { return nil }
    var terms = PermessageDeflate()
    terms.clientKeepsContext = false
    for (parameter, value) in answer.parameters {
      switch (parameter, value) {
      case ("server_no_context_takeover", nil): terms.serverKeepsContext = false
      case ("client_no_context_takeover", nil): break
      case ("server_max_window_bits", let value?):
        guard let bits = windowBits(value) else { return nil }
        terms.serverWindowBits = bits
      case ("client_max_window_bits", let value?):
        guard let bits = windowBits(value) else { return nil }
        terms.clientWindowBits = bits
      default: return nil
      }
    }
    return terms
  }

  /// 8 to 15, without leading zeros (RFC 7692, 7.1.2.1).
  private static func windowBits(_ text: String) -> Int? {
    guard let first = text.utf8.first, first != UInt8(ascii: "0"), text.utf8.count <= 2,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let bits = Int(text),
      (8...15).contains(bits)
    else { return nil }
    return bits
  }
}
