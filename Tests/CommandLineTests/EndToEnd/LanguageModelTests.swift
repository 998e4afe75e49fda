import CanonicalJSON
import Foundation
import HTTPServer
import StageKit
import TestSupport
import Testing

extension EndToEnd {
  @Suite("A language model that the environment names")
  struct LanguageModelTests {
    @Test("is asked for a summary, pictures and vectors, and enters the key; its secret stands nowhere")
    func answers() async throws {
      let receiver = try await Receiver { arrival, _ in try Self.reply(to: arrival) }
      let place = try SheafPlace()
      let environment = Self.environment(receiver)
      let source = try place.copy("sample", as: "sample.pdf")
      let run = try await place.sheaf(["run", source] + SheafPlace.allFormats, environment: environment)
      #expect(run.exit == 0, "\(run.errors)")
      let enrichment = try await Self.checkpoint("14-enrichment/document.json", in: place)
      let payload = enrichment["payload"]
      #expect(payload?["abstract"]?.string == "It is about testing.")
      #expect(payload?["models"]?["embeddings"] == "vectors" && payload?["models"]?["abstract"] == "small")
      let vectors = try #require(payload?["embeddings"]?.array)
      #expect(!vectors.isEmpty && vectors.allSatisfy { $0 == [0.25, -1] })
      #expect(payload?["descriptions"]?.object?.isEmpty == false)
      #expect(enrichment["engines"]?["model"] == "small with pictures")
      let shown = receiver.arrivals.filter { String(decoding: $0.body, as: UTF8.self).contains("data:image/") }
      #expect(!shown.isEmpty)
      #expect(receiver.arrivals.allSatisfy { $0.headers["authorization"] == "Bearer sk-very-secret" })
      // The model is part of the key, and as long as it is the same nothing is asked again.
      let asked = receiver.arrivals.count
      #expect(try await place.sheaf(["run", source], environment: environment).exit == 0)
      #expect(receiver.arrivals.count == asked)
      let explained = try await place.sheaf(
        ["explain", "last", "enrichment", "--json"], delivering: false, environment: environment)
      #expect(explained.output.contains("small with pictures"))
      let secret = Data("sk-very-secret".utf8)
      for (path, bytes) in SheafPlace.files(below: place.path) {
        #expect(bytes.range(of: secret) == nil, "the key stands in \(path)")
      }
      #expect(!(run.output + run.errors + explained.output).contains("sk-very-secret"))
    }

    @Test("decides what the rules leave open, and a document without words to say so is other")
    func classification() async throws {
      let receiver = try await Receiver { arrival, _ in try Self.reply(to: arrival) }
      let place = try SheafPlace()
      let source = try place.copy("hello", as: "hello.pdf")
      #expect(try await place.sheaf(["run", source], environment: Self.environment(receiver)).exit == 0)
      let payload = try await Self.checkpoint("11-classification/document.json", in: place)["payload"]
      #expect(payload?["type"] == "letter" && payload?["decidedBy"] == "language-model")
      #expect(
        try await place.sheaf(
          ["rerun", "last", "--stage", "classification", "--set", "classification.languageModel=false"],
          environment: Self.environment(receiver)
        ).exit == 0)
      #expect(try await Self.checkpoint("11-classification/document.json", in: place)["payload"]?["type"] == "other")
    }

    @Test("that is not there costs its answers only, which the checkpoint says, and sheaf doctor, too")
    func absent() async throws {
      let place = try SheafPlace()
      let environment = [
        "SHEAF_MODEL_ENDPOINT": "http://127.0.0.1:1/v1", "SHEAF_MODEL_TEXT": "small", "SHEAF_MODEL_TIME": "2",
      ]
      let source = try place.copy("hello", as: "hello.pdf")
      let run = try await place.sheaf(["run", source], environment: environment)
      #expect(run.exit == 0, "\(run.errors)")
      let recorded = try await Self.checkpoint("14-enrichment/document.json", in: place)["recorded"]
      #expect(recorded?["model.failure"] == "model_unavailable")
      let doctor = try await place.sheaf(["doctor"], delivering: false, environment: environment)
      #expect(doctor.output.contains("does not answer"))
    }

    @Test(
      "of which only half is told, or which is misspelt, is refused before anything is done",
      arguments: [
        ["SHEAF_MODEL_TEXT": "small"], ["SHEAF_MODEL_ENDPOINT": "http://127.0.0.1:1/v1"],
        ["SHEAF_MODEL_ENDPOINT": "ftp://x", "SHEAF_MODEL_TEXT": "small"],
        [
          "SHEAF_MODEL_ENDPOINT": "http://127.0.0.1:1/v1", "SHEAF_MODEL_TEXT": "small",
          "SHEAF_MODEL_KEY": "sk very secret",
        ], ["SHEAF_MODEL_NAME": "small"],
      ])
    func wrong(environment: [String: String]) async throws {
      let place = try SheafPlace()
      let source = try place.copy("hello", as: "hello.pdf")
      let run = try await place.sheaf(["run", source], environment: environment)
      #expect(run.exit == 64, "\(run.errors)")
      #expect(run.errors.contains("model.") || run.errors.contains("SHEAF_MODEL_"))
      #expect(!run.errors.contains("very secret"))
    }

    // MARK: The model

    private static func environment(_ receiver: Receiver) -> [String: String] {
      [
        "SHEAF_MODEL_ENDPOINT": receiver.url + "/v1", "SHEAF_MODEL_TEXT": "small", "SHEAF_MODEL_EMBEDDING": "vectors",
        "SHEAF_MODEL_PICTURES": "true", "SHEAF_MODEL_KEY": "sk-very-secret",
      ]
    }

    private static func reply(to arrival: Receiver.Arrival) throws -> Response {
      let request = try CanonicalDecoder().decode(JSONValue.self, from: arrival.body)
      if let texts = request["input"]?.array {
        return try response([
          "data": .array(texts.indices.map { ["index": .integer(Int64($0)), "embedding": [0.25, -1]] })
        ])
      }
      let isVerdict = request["response_format"]?["json_schema"]?["schema"]?["properties"]?["confidence"] != nil
      let text = isVerdict ? "{\"type\": \"letter\", \"confidence\": 0.9}" : "It is about testing."
      return try response(["choices": [["finish_reason": "stop", "message": ["content": .string(text)]]]])
    }

    private static func response(_ value: JSONValue) throws -> Response {
      Response(body: .bytes(try CanonicalEncoder().encode(value)))
    }

    private static func checkpoint(_ name: String, in place: SheafPlace) async throws -> JSONValue {
      try CanonicalDecoder().decode(JSONValue.self, from: Array(try #require(try await place.tree()[name])))
    }
  }
}
