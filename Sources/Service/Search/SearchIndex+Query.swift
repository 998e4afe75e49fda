import Checkpoints
import CoreMetrics
import Foundation
import GRDB
import StageKit

extension SearchIndex {
  /// The pages that have everything that is looked for, the best first.
  ///
  package func hits(_ query: SearchQuery, limit: Int) async throws -> [SearchHit] {
    try await hits(query, owner: nil, after: nil, limit: limit)
  }

  /// The same for some of them.
  ///
  /// - Parameters:
  ///   - owner: whose jobs; nil for everybody's.
  ///   - after: where the last answer ended.
  /// - Throws: `StageFailure`; retryable where the search took too long.
  func hits(_ query: SearchQuery, owner: String?, after: SearchPlace?, limit: Int) async throws -> [SearchHit] {
    let began = ContinuousClock.now
    defer {
      CoreMetrics.Timer(label: "sheaf_search_query_seconds").recordSeconds((ContinuousClock.now - began) / .seconds(1))
    }
    return try await read(within: Self.patience) { try Self.hits(query, owner, after, limit, $0) }
  }

  /// A search that ranks more pages than this allows is for no person.
  private static let patience = Duration.seconds(3)
  /// Words of a snippet, and boxes of a hit.
  private static let snippetWords = 24
  private static let mostBoxes = 20

  private static func hits(
    _ query: SearchQuery, _ owner: String?, _ after: SearchPlace?, _ limit: Int, _ database: Database
  ) throws -> [SearchHit] {
    let places = try database.rows(
      .search, [query.match, owner, after?.rank ?? -Double.greatestFiniteMagnitude, after?.row ?? -1, max(0, limit)])
    return try places.compactMap { place in
      let row: Int64 = place[0]
      let found = try database.rows(
        .hit, [query.match, row, SearchMarks.open, SearchMarks.close, snippetWords])
      return found.first.flatMap { hit($0, SearchPlace(rank: place[1], row: row)) }
    }
  }

  private static func hit(_ row: Row, _ place: SearchPlace) -> SearchHit? {
    guard let job = JobID(row[0] as String) else { return nil }
    let passages = [SearchablePage.Passage](packed: [UInt8](row[3] as Data))
    return SearchHit(
      job: job, name: row[1], page: row[2], score: -place.rank,
      snippet: SearchMarks.stretches(row[5]),
      boxes: SearchMarks.boxes(SearchMarks.ranges(row[4]), in: passages, most: mostBoxes), place: place)
  }
}
