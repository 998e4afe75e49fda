import Foundation
import GRDB
@testable import Ledger
import TestSupport
import Testing

@Suite("The ledger's statements")
struct LedgerQueryTests {
  private static let queries: [(name: String, sql: String)] =
    named(JobQuery.self) + named(UnitQuery.self) + named(AttemptQuery.self) + named(ArtifactQuery.self)
    + named(AccessQuery.self) + named(WebhookQuery.self)
    + named(HistoryQuery.self) + named(InspectionQuery.self) + named(SalvageQuery.self)
    + named(RetentionQuery.self)

  private static func named<Query: LedgerQuery>(_ type: Query.Type) -> [(name: String, sql: String)] {
    type.allCases.map { ("\(Query.self).\($0)", $0.sql) }
  }

  /// What may be walked from end to end, and why.
  private static let walks = [
    "json_each": "the caller's own list",
    // One row per unit that runs: as many as there are workers.
    "leases": "read once, at the start of an owner",
    // Some thousands at most, as many as the key ring takes.
    "api_keys": "read once, at the start of a server",
    // People make them one by one.
    "pins": "read for the list of jobs",
  ]

  /// Run once, on what was saved from a damaged ledger: they look at all of it.
  private static let mending = Set(
    (InspectionQuery.allCases.filter(\.walksAll).map { "InspectionQuery.\($0)" })
      + SalvageQuery.allCases.map { "SalvageQuery.\($0)" })

  @Test("no statement walks through a table that grows")
  func plans() throws {
    let bench = try LedgerBench()
    try bench.pool.writeWithoutTransaction { database in
      for (name, sql) in Self.queries where !Self.mending.contains(name) {
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        // The plan does not depend on the arguments.
        statement.setUncheckedArguments(StatementArguments())
        let steps = try Row.fetchAll(statement).map { try $0.decode(String.self, forColumn: "detail") }
        for step in steps where step.hasPrefix("SCAN ") {
          let table = step.split(separator: " ")[1]
          let isAllowed = Self.walks.keys.contains(String(table))
          #expect(isAllowed, "\(name): \(step)")
          #expect(table != "pins" || name == "HistoryQuery.pinCounts", "\(name): \(step)")
          #expect(table != "leases" || name == "AttemptQuery.leasesOfOthers", "\(name): \(step)")
        }
        // A search for all living jobs is a walk by another name; tombstones are few.
        let walksLiving = steps.contains { $0.hasSuffix("(deleted=?)") } && name != "JobQuery.buried"
        #expect(!walksLiving, "\(name): \(steps)")
      }
    }
  }

  @Test(
    "what is saved from a damaged ledger is read in the order in which it lies there", arguments: SalvagedTable.allCases
  )
  func salvage(table: SalvagedTable) throws {
    let bench = try LedgerBench()
    try bench.pool.read { database in
      for descending in [false, true] {
        let sql = "EXPLAIN QUERY PLAN " + SalvageQuery.read(table, columns: table.columns, descending: descending).sql
        let steps = try Row.fetchAll(database, sql: sql).map { try $0.decode(String.self, forColumn: "detail") }
        #expect(steps == ["SCAN \(table.rawValue)"])
      }
    }
  }

  @Test("every table and column is saved from a damaged ledger, or made anew")
  func salvagesEverything() throws {
    let bench = try LedgerBench()
    try bench.pool.read { database in
      let tables = try String.fetchAll(
        database,
        sql: """
          SELECT name FROM sqlite_master
          WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'grdb_*'
          """)
      let saved = Set(SalvagedTable.allCases.map(\.rawValue))
      #expect(saved.isDisjoint(with: SalvagedTable.madeAnew))
      #expect(Set(tables) == saved.union(SalvagedTable.madeAnew))
      for table in SalvagedTable.allCases {
        let columns = try database.columns(in: table.rawValue).map(\.name)
        #expect(Set(columns) == Set(table.columns), "\(table)")
      }
    }
  }

  @Test("no statement of the index of objects walks through it", arguments: ObjectIndexQuery.allCases)
  func objectIndex(query: ObjectIndexQuery) throws {
    let queue = try DatabaseQueue()
    try queue.write { database in
      try database.execute(sql: ObjectIndexQuery.schema)
      let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + query.sql)
      statement.setUncheckedArguments(StatementArguments())
      let steps = try Row.fetchAll(statement).map { try $0.decode(String.self, forColumn: "detail") }
      #expect(!steps.contains { $0.hasPrefix("SCAN ") || $0.contains("TEMP B-TREE") }, "\(steps)")
    }
  }

  @Test("the walk through the plans would notice one")
  func planOfWalk() throws {
    let bench = try LedgerBench()
    let steps = try bench.pool.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN SELECT * FROM units WHERE state = 'ready'")
        .map { try $0.decode(String.self, forColumn: "detail") }
    }
    #expect(steps == ["SCAN units"])
  }

  @Test(
    "lists are walked in the order of an index, without sorting",
    arguments: ["page", "pageOfState", "buried", "byPrefix"])
  func noSorting(name: String) throws {
    let bench = try LedgerBench()
    let query = try #require(Self.queries.first { $0.name == "JobQuery.\(name)" })
    try bench.pool.writeWithoutTransaction { database in
      let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + query.sql)
      statement.setUncheckedArguments(StatementArguments())
      let steps = try Row.fetchAll(statement).map { try $0.decode(String.self, forColumn: "detail") }
      #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
    }
  }

  @Test("statements stand nowhere but in the registry, the schema and the connection's settings")
  func registry() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Sources/Ledger"
    ).standardized
    let verbs = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"]
    let withSQL = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { name in
      let text = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
      return verbs.contains { text.contains($0) }
    }
    #expect(
      withSQL.sorted() == [
        "AccessQuery.swift", "ArtifactQuery.swift", "AttemptQuery.swift", "HistoryQuery.swift", "InspectionQuery.swift",
        "JobQuery.swift", "LedgerSchema.swift", "ObjectIndexQuery.swift", "RetentionQuery.swift", "SalvageQuery.swift",
        "UnitQuery.swift", "WebhookQuery.swift",
      ])
  }
}
