import CanonicalJSON
import Checkpoints
import CoreMetrics
import DocumentModel
import Engine
import HTTPServer
import Ledger
import ServiceLifecycle
import StageKit

/// Full text over the caller's finished documents.
struct SearchRoutes: RouteGroup {
  let context: ServiceContext
  private let desk = SearchDesk()

  init(context: ServiceContext) {
    self.context = context
    context.telemetry.add { [desk, context] page in
      // Without an engine there is no index yet; a scrape tells what there is.
      guard let folder = try? context.engine.folder, let count = try? await desk.index(in: folder).pageCount() else {
        return
      }
      page.set("sheaf_search_pages", count)
    }
  }

  var services: [any Service] { [SearchService(context: context, desk: desk)] }

  /// Hits in one answer.
  private static let mostHits = 100
  private static let usualHits = 20

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/api/v1/search",
      Operation(
        "searchDocuments",
        """
        Pages of one's own finished documents on which all of these words stand: words, "phrases", word beginnings*, \
        and -words that must not be there.
        """,
        tag: "search",
        parameters: [
          .needed("q", ["type": "string", "minLength": 1, "maxLength": .integer(Int64(SearchQuery.longest))], "What to look for."),
          .query("limit", JSONSchema.integer(1...Self.mostHits), "Hits at most; \(Self.usualHits) unless told."),
          .query("cursor", JSONSchema.string, "`next` of the answer before."),
        ],
        answers: [.json(200, "The pages, the best first.", Self.schema)],
        problems: [.invalidParameter, ProblemCode(.invalidRequest), ProblemCode(.timedOut), .starting])
    ) { [context, desk] request in
      let query = try SearchQuery(request.query("q") ?? "")
      let limit = try Self.limit(request)
      let place = try Self.place(request)
      let engine = try context.engine
      let index = try desk.index(in: engine.folder)
      let hits = try await index.hits(
        query, owner: Principal.current.visibleOwner, after: place, limit: limit)
      return try .json(try await Self.answer(hits, limit, engine.ledger))
    }
  }

  private static func limit(_ request: Request) throws(Problem) -> Int {
    guard let text = request.query("limit") else { return usualHits }
    guard let limit = Int(text), (1...mostHits).contains(limit) else {
      throw Problem(.invalidParameter, "limit must be a whole number from 1 to \(mostHits).")
    }
    return limit
  }

  private static func place(_ request: Request) throws(Problem) -> SearchPlace? {
    guard let text = request.query("cursor") else { return nil }
    guard let place = SearchPlace(text) else {
      throw Problem(.invalidParameter, "The cursor is none that this server gave.")
    }
    return place
  }

  /// Only jobs that are there, finished and the caller's: the index may be a moment behind.
  private static func answer(
    _ hits: [SearchHit], _ limit: Int, _ ledger: any LedgerReader
  ) async throws -> JSONValue {
    var jobs: [JobID: Bool] = [:]
    var shown: [JSONValue] = []
    for hit in hits {
      if jobs[hit.job] == nil {
        let record = try await ledger.job(hit.job)
        jobs[hit.job] = record.map { !$0.deleted && $0.manifest.state.isFinished && Principal.current.maySee($0) } ?? false
      }
      if jobs[hit.job] == true { shown.append(hit.json) }
    }
    var members: [String: JSONValue] = ["hits": .array(shown)]
    if hits.count == limit, let last = hits.last { members["next"] = .string(last.place.text) }
    return .object(members)
  }

  private static let schema = JSONSchema.object(
    [
      "hits": JSONSchema.array(
        of: JSONSchema.object([
          "job": JSONSchema.jobID, "name": JSONSchema.string, "page": JSONSchema.integer(1...Int(Int32.max)),
          "score": JSONSchema.number,
          "snippet": JSONSchema.array(
            of: JSONSchema.object(["text": JSONSchema.string, "match": JSONSchema.boolean])),
          "boxes": JSONSchema.array(
            of: JSONSchema.object([
              "left": JSONSchema.number, "top": JSONSchema.number, "right": JSONSchema.number,
              "bottom": JSONSchema.number,
            ])),
        ]))
    ], optional: ["next": JSONSchema.string])
}

extension SearchHit {
  /// As the interface and the command line tell it.
  package var json: JSONValue {
    [
      "job": .string(job.text), "name": .string(name), "page": .integer(Int64(page)),
      "score": .number((score * 10_000).rounded() / 10_000),
      "snippet": .array(snippet.map { ["text": .string($0.text), "match": .bool($0.isMatch)] }),
      "boxes": .array(
        boxes.map { box in
          [
            "left": .number(box.left), "top": .number(box.top), "right": .number(box.right),
            "bottom": .number(box.bottom),
          ]
        }),
    ]
  }
}
