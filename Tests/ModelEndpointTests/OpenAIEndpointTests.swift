import CanonicalJSON
import Curl
import HTTPServer
import ModelEndpoint
import StageKit
import TestSupport
import Testing

@Suite("An endpoint of language models")
struct OpenAIEndpointTests {
  private static let picture = ModelPicture(mediaType: "image/png", base64: "iVBORw0KGgo=")

  @Test("is asked in words as OpenAI's interface has it, with the key, and its answer comes back")
  func words() async throws {
    let receiver = try await Receiver { _, _ in Self.reply("A short text.") }
    let endpoint = try Self.endpoint(receiver, key: "sk-1234")
    let answer = try await endpoint.answer(.words(prompt: "Say it.", schema: nil, picture: nil))
    #expect(answer == .words(text: "A short text."))
    let arrival = try #require(receiver.arrivals.first)
    #expect(arrival.path == "/v1/chat/completions" && arrival.method == "POST")
    #expect(arrival.headers["authorization"] == "Bearer sk-1234")
    #expect(
      try Self.json(arrival) == [
        "model": "small", "temperature": 0, "messages": [["role": "user", "content": "Say it."]],
      ])
  }

  @Test("is given a schema, strict where all of it is required, and loses the fence that a model puts around JSON")
  func schema() async throws {
    let receiver = try await Receiver { _, _ in Self.reply("```json\n{\"a\": 1}\n```") }
    let endpoint = try Self.endpoint(receiver)
    for required: [JSONValue] in [["a"], []] {
      let schema: JSONValue = [
        "type": "object", "properties": ["a": ["type": "integer"]], "required": .array(required),
      ]
      let answer = try await endpoint.answer(.words(prompt: "?", schema: schema, picture: nil))
      #expect(answer == .words(text: "{\"a\": 1}"))
      let format = try Self.json(try #require(receiver.arrivals.last))["response_format"]
      #expect(format?["type"] == "json_schema")
      #expect(format?["json_schema"]?["schema"] == schema)
      #expect(format?["json_schema"]?["strict"]?.bool == !required.isEmpty)
    }
  }

  @Test("is shown a picture as a data URL")
  func picture() async throws {
    let receiver = try await Receiver { _, _ in Self.reply("A cat.") }
    _ = try await Self.endpoint(receiver).answer(.words(prompt: "What?", schema: nil, picture: Self.picture))
    let content = try Self.json(try #require(receiver.arrivals.first))["messages"]?[0]?["content"]
    #expect(content?[0] == ["type": "text", "text": "What?"])
    #expect(content?[1]?["image_url"]?["url"]?.string == "data:image/png;base64,iVBORw0KGgo=")
  }

  @Test("gives one vector per text, in the order of the texts whatever order it answers in")
  func vectors() async throws {
    let receiver = try await Receiver { _, _ in
      Self.response(["data": [["index": 1, "embedding": [3, 4.5]], ["index": 0, "embedding": [1, -2e-3]]]])
    }
    let answer = try await Self.endpoint(receiver).answer(.vectors(texts: ["one", "two"]))
    #expect(answer == .vectors(vectors: [[1, -0.002], [3, 4.5]]))
    let arrival = try #require(receiver.arrivals.first)
    #expect(arrival.path == "/v1/embeddings")
    #expect(try Self.json(arrival) == ["model": "vectors", "input": ["one", "two"], "encoding_format": "float"])
  }

  @Test(
    "whose reply holds no whole answer is not believed, and not asked again",
    arguments: [
      ["choices": []], ["choices": [["finish_reason": "length", "message": ["content": "Half"]]]],
      ["choices": [["finish_reason": "content_filter", "message": ["content": ""]]]],
      ["choices": [["finish_reason": "stop", "message": ["content": nil]]]], "words", [:],
    ] as [JSONValue])
  func nonsense(reply: JSONValue) async throws {
    let receiver = try await Receiver { _, _ in Self.response(reply) }
    await #expect(throws: StageFailure.self) {
      try await Self.endpoint(receiver).answer(.words(prompt: "?", schema: nil, picture: nil))
    }
    #expect(receiver.arrivals.count == 1)
  }

  @Test(
    "whose vectors do not fit the texts is not believed",
    arguments: [
      [["index": 0, "embedding": [1]]], [["index": 0, "embedding": [1]], ["index": 0, "embedding": [1]]],
      [["index": 0, "embedding": [1]], ["index": 7, "embedding": [1]]],
      [["index": 0, "embedding": [1]], ["index": 1, "embedding": ["x"]]],
    ] as [JSONValue])
  func strangeVectors(data: JSONValue) async throws {
    let receiver = try await Receiver { _, _ in Self.response(["data": data]) }
    await #expect(throws: StageFailure.self) {
      try await Self.endpoint(receiver).answer(.vectors(texts: ["one", "two"]))
    }
  }

  @Test("that is overloaded or broken for a moment is asked again, three times in all")
  func retries() async throws {
    let receiver = try await Receiver { _, number in
      number < 3 ? Response(HTTPStatus(rawValue: number == 1 ? 503 : 429)) : Self.reply("At last.")
    }
    let answer = try await Self.endpoint(receiver).answer(.words(prompt: "?", schema: nil, picture: nil))
    #expect(answer == .words(text: "At last."))
    #expect(receiver.arrivals.count == 3)
  }

  @Test("that asks for more time than anybody has, or that refuses, is asked once", arguments: [429, 400, 401, 404])
  func refusal(status: Int) async throws {
    let receiver = try await Receiver { _, _ in
      var response = Response(HTTPStatus(rawValue: status), body: .bytes(Array("the key sk-secret is wrong".utf8)))
      response.headers["Retry-After"] = "3600"
      return response
    }
    let failure = await #expect(throws: StageFailure.self) {
      try await Self.endpoint(receiver, key: "sk-secret").answer(.words(prompt: "?", schema: nil, picture: nil))
    }
    #expect(failure?.code == (status == 429 ? .modelUnavailable : .modelRefused))
    #expect(failure?.retryable == false && failure?.description.contains("sk-secret") == false)
    #expect(receiver.arrivals.count == 1)
  }

  @Test("that has failed several times in a row is left alone for a while, and tried by one question then")
  func breaker() async throws {
    let receiver = try await Receiver { _, number in number <= 3 ? Response(HTTPStatus(500)) : Self.reply("Back.") }
    let endpoint = try Self.endpoint(
      receiver, retry: EndpointRetry(attempts: 1), breaker: CircuitBreaker(threshold: 3, rest: .milliseconds(300)))
    for _ in 0..<10 {
      await #expect(throws: StageFailure.self) {
        try await endpoint.answer(.words(prompt: "?", schema: nil, picture: nil))
      }
    }
    #expect(receiver.arrivals.count == 3)
    try await Task.sleep(for: .milliseconds(400))
    #expect(try await endpoint.answer(.words(prompt: "?", schema: nil, picture: nil)) == .words(text: "Back."))
  }

  @Test("that nobody serves fails with a code that says so")
  func unreachable() async throws {
    let endpoint = OpenAIEndpoint(
      EndpointConfiguration(
        base: try WebAddress("http://127.0.0.1:1/v1"), models: Self.models, timeout: .seconds(5)),
      retry: EndpointRetry(attempts: 2, first: .milliseconds(10)))
    let failure = await #expect(throws: StageFailure.self) {
      try await endpoint.answer(.vectors(texts: ["one"]))
    }
    #expect(failure?.code == .modelUnavailable)
  }

  @Test("that answers without end is cut off")
  func endless() async throws {
    let receiver = try await Receiver { _, _ in Self.reply(String(repeating: "word ", count: 3 << 20)) }
    let failure = await #expect(throws: StageFailure.self) {
      try await Self.endpoint(receiver).answer(.words(prompt: "?", schema: nil, picture: nil))
    }
    #expect(failure?.code == .modelUnavailable)
    #expect(receiver.arrivals.count == 1)
  }

  @Test("that redirects elsewhere is not followed")
  func redirect() async throws {
    let other = try await Receiver { _, _ in Self.reply("stolen") }
    let receiver = try await Receiver { _, _ in
      var response = Response(HTTPStatus(307))
      response.headers["Location"] = other.url + "/v1/chat/completions"
      return response
    }
    await #expect(throws: StageFailure.self) {
      try await Self.endpoint(receiver, key: "sk-1").answer(.words(prompt: "?", schema: nil, picture: nil))
    }
    #expect(other.arrivals.isEmpty)
  }

  @Test("that thinks for long is let go as soon as nobody wants to know any more")
  func cancellation() async throws {
    let receiver = try await Receiver { _, _ in
      try await Task.sleep(for: .seconds(30))
      return Self.reply("Too late.")
    }
    let endpoint = try Self.endpoint(receiver)
    let question = Task { try await endpoint.answer(.words(prompt: "?", schema: nil, picture: nil)) }
    await receiver.wait(for: 1)
    question.cancel()
    await #expect(throws: CancellationError.self) { try await question.value }
  }

  // MARK: Scripts

  private static let models = ModelOffer(text: "small", embedding: "vectors", seesPictures: true)

  private static func endpoint(
    _ receiver: Receiver, key: String? = nil,
    retry: EndpointRetry = EndpointRetry(first: .milliseconds(10)), breaker: CircuitBreaker = CircuitBreaker()
  ) throws -> OpenAIEndpoint {
    OpenAIEndpoint(
      EndpointConfiguration(base: try WebAddress(receiver.url + "/v1/"), models: models, key: key), retry: retry,
      breaker: breaker)
  }

  private static func json(_ arrival: Receiver.Arrival) throws -> JSONValue {
    try CanonicalDecoder().decode(JSONValue.self, from: arrival.body)
  }

  private static func reply(_ text: String) -> Response {
    response([
      "choices": [["index": 0, "finish_reason": "stop", "message": ["role": "assistant", "content": .string(text)]]]
    ])
  }

  private static func response(_ value: JSONValue) -> Response {
    // A value of these tests can always be written.
    Response(body: .bytes((try? CanonicalEncoder().encode(value)) ?? []))
  }
}
