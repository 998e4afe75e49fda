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
  private var desk: SearchDesk { context.search }

  init(context: ServiceContext) {
    self.context = context
    context.telemetry.add { [weak context] page in
      // Without an engine there is no index yet; a scrape tells what there is.
      guard let context, let folder = try? context.engine.folder,
        let count = try? await context.search.index(in: folder).pageCount()
      else { return }
      page.set("sheaf_search_pages", count)
    }
  }

  var services: [any Service] { [SearchService(context: context, desk: desk)] }

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
          .needed(
            "q", ["type": "string", "minLength": 1, "maxLength": .integer(Int64(SearchQuery.longest))],
            "What to look for."),
          .query(
            "limit", JSONShape.integer(1...Request.longestPage), "Hits at most; \(Request.usualPage) unless told."),
          .query("cursor", JSONShape.string, "`next` of the answer before."),
        ],
        answers: [.json(200, "The pages, the best first.", Self.schema)],
        problems: [.invalidParameter, ProblemCode(.invalidRequest), ProblemCode(.timedOut), .starting])
    ) { [context] request in
      let query = try SearchQuery(request.query("q") ?? "")
      let limit = try request.limit()
      let place = try Self.place(request)
      let engine = try context.engine
      let index = try context.search.index(in: engine.folder)
      let hits = try await index.hits(
        query, owner: Principal.current.visibleOwner, after: place, limit: limit)
      return try .json(try await Self.answer(hits, limit, engine.ledger))
    }
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
        jobs[hit.job] =
          record.map { !$0.deleted && $0.manifest.state.isFinished && Principal.current.maySee($0) } ?? false
      }
      if jobs[hit.job] == true { shown.append(hit.json) }
    }
    var members: [String: JSONValue] = ["hits": .array(shown)]
    if hits.count == limit, let last = hits.last { members["next"] = .string(last.place.text) }
    return .object(members)
  }

  private static let schema = JSONShape.object(
    [
      "hits": JSONShape.array(
        of: JSONShape.object([
          "job": JSONShape.jobID, "name": JSONShape.string, "page": JSONShape.integer(1...Int(Int32.max)),
          "score": JSONShape.number,
          "snippet": JSONShape.array(
            of: JSONShape.object(["text": JSONShape.string, "match": JSONShape.boolean])),
          "boxes": JSONShape.array(
            of: JSONShape.object([
              "left": JSONShape.number, "top": JSONShape.number, "right": JSONShape.number,
              "bottom": JSONShape.number,
            ])),
        ]))
    ], optional: ["next": JSONShape.string])
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
