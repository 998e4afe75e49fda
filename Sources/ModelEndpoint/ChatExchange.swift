import CanonicalJSON
import StageKit

/// A question that is answered in words: `POST {base}/chat/completions`.
struct ChatExchange: EndpointExchange {
  let model: String
  let prompt: String
  let schema: JSONValue?
  let picture: ModelPicture?

  var path: String { "/chat/completions" }

  var request: JSONValue {
    var request: [String: JSONValue] = [
      "model": .string(model), "messages": [["role": "user", "content": content]],
      // The likeliest answer, so that the same question tends to get the same one.
      "temperature": 0,
    ]
    if let schema {
      request["response_format"] = [
        "type": "json_schema",
        "json_schema": ["name": "answer", "schema": schema, "strict": .bool(Self.isStrict(schema))],
      ]
    }
    return .object(request)
  }

  func answer(in reply: JSONValue) throws -> ModelAnswer {
    guard let choice = reply["choices"]?.array?.first else { throw EndpointTrouble.nonsense("has no choices") }
    // What was cut off, or held back, is no answer; servers that tell no reason mean that it is whole.
    switch choice["finish_reason"]?.string {
    case "stop"?, nil: break
    case "length"?: throw EndpointTrouble.nonsense("was cut off")
    case "content_filter"?: throw EndpointTrouble.nonsense("was held back by a filter")
    case .some: throw EndpointTrouble.nonsense("ended early")
    }
    guard let text = choice["message"]?["content"]?.string else { throw EndpointTrouble.nonsense("has no text") }
    return .words(text: schema == nil ? text : Self.withoutFence(text))
  }

  private var content: JSONValue {
    guard let picture else { return .string(prompt) }
    return [
      ["type": "text", "text": .string(prompt)],
      ["type": "image_url", "image_url": ["url": .string("data:\(picture.mediaType);base64,\(picture.base64)")]],
    ]
  }

  /// Strict schemas must require every member.
  private static func isStrict(_ schema: JSONValue) -> Bool {
    guard case .object(let members)? = schema["properties"] else { return false }
    return Set(schema["required"]?.array?.compactMap(\.string) ?? []) == Set(members.keys)
  }

  /// JSON that a model has put into a fenced block all the same.
  private static func withoutFence(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    guard lines.count > 2, lines.first?.hasPrefix("```") == true, lines.last?.hasPrefix("```") == true else {
      return text
    }
    return lines.dropFirst().dropLast().joined(separator: "\n")
  }
}
