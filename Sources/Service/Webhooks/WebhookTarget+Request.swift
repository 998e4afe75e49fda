import CanonicalJSON
import Curl
import EventLoop
import HTTPServer
import Ledger

extension WebhookTarget {
  /// What a submission says under `webhook`: a URL, or `{"url": …, "secret": "whsec_…"}`.
  ///
  /// - Throws: `Problem` with `invalid_webhook` for what cannot be sent or signed.
  package static func read(_ text: String, _ configuration: WebhookConfiguration) throws(Problem) -> WebhookTarget {
    guard text.utf8.first == UInt8(ascii: "{") else { return try read(.string(text), configuration) }
    return try read(.object(try RequestJSON.object(Array(text.utf8))), configuration)
  }

  /// The same of a part of a JSON body.
  package static func read(_ value: JSONValue, _ configuration: WebhookConfiguration) throws(Problem) -> WebhookTarget {
    guard let given = value.string ?? value["url"]?.string else {
      throw Problem(.invalidWebhook, "webhook must be a URL, or an object with url and secret.")
    }
    if let unknown = value.object?.keys.filter({ !["url", "secret"].contains($0) }).min() {
      throw Problem(
        .invalidWebhook, "webhook has no member \"\(unknown.prefix(40))\".", hint: "Known are url and secret.")
    }
    // As it is connected to, which is also how its receiver is told: one address has many spellings.
    let url = try checked(given, configuration.guardian)
    guard let secret = value["secret"], !secret.isNull else {
      guard !configuration.secrets.isEmpty else {
        throw Problem(
          .invalidWebhook, "The webhook has no secret, and the server has none of its own.",
          hint: "Send {\"url\": …, \"secret\": \"whsec_…\"}.")
      }
      return WebhookTarget(url: url)
    }
    guard let text = secret.string, WebhookSecret(text) != nil else {
      throw Problem(.invalidWebhook, "secret must be whsec_ and Base64 of 24 to 64 bytes.")
    }
    return WebhookTarget(url: url, secret: text)
  }

  private static func checked(_ url: String, _ guardian: AddressGuard) throws(Problem) -> String {
    do {
      let address = try WebAddress(url)
      // Names are looked up when they are connected to; what is plainly refused need not wait for that.
      let host = address.host.drop { $0 == "[" }.prefix { $0 != "]" }
      guard let ip = IPAddress(host), !guardian.permits(ip) else { return address.text }
    } catch {
      throw Problem(.invalidWebhook, "The webhook's URL must be http or https, without name and password.")
    }
    throw Problem(.invalidWebhook, "The webhook's address is not one that this server may connect to.")
  }
}

extension ProblemCode {
  package static let invalidWebhook = ProblemCode("invalid_webhook", 422, "The webhook cannot be used")
}
