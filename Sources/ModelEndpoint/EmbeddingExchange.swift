import CanonicalJSON
import StageKit

/// A question that is answered by vectors: `POST {base}/embeddings`.
struct EmbeddingExchange: EndpointExchange {
  let model: String
  let texts: [String]

  var path: String { "/embeddings" }

  var request: JSONValue {
    ["model": .string(model), "input": .array(texts.map { .string($0) }), "encoding_format": "float"]
  }

  func answer(in reply: JSONValue) throws -> ModelAnswer {
    guard let data = reply["data"]?.array, data.count == texts.count else {
      throw EndpointTrouble.nonsense("has not one vector per text")
    }
    var vectors = [[Double]?](repeating: nil, count: texts.count)
    for (position, item) in data.enumerated() {
      // Their order is the server's; a server that tells none keeps ours.
      let index = item["index"]?.int ?? position
      guard vectors.indices.contains(index), vectors[index] == nil, let numbers = item["embedding"]?.array,
        numbers.count <= Self.mostDimensions
      else { throw EndpointTrouble.nonsense("has a vector of no text") }
      vectors[index] = try numbers.map { number in
        guard let value = number.double, value.isFinite else {
          throw EndpointTrouble.nonsense("has a vector that is not of numbers")
        }
        return value
      }
    }
    let whole = vectors.compactMap(\.self)
    guard whole.count == texts.count else { throw EndpointTrouble.nonsense("has not one vector per text") }
    return .vectors(vectors: whole)
  }

  private static let mostDimensions = 16_384  // twice what the largest models have
}
