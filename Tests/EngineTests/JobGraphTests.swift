import Checkpoints
import CanonicalJSON
import StageKit
import Testing

@testable import Engine

@Suite("A job's graph")
struct JobGraphTests {
  @Test("opens each unit when the last thing it needs has ended, and every unit once")
  func flow() {
    var graph = JobGraph(Self.plan([]))
    var open = graph.plan.roots
    #expect(open == [UnitID(.ingest)])
    graph.expand(to: Self.plan([1, 2]))
    var order: [String] = []
    while let unit = open.popLast() {
      order.append(unit.description)
      open += graph.settle(unit, .gap(.crashed)).reversed()
    }
    #expect(graph.isSettled)
    #expect(Set(order).count == order.count)
    #expect(order.count == graph.plan.units.count)
    func place(_ name: String) -> Int { order.firstIndex(of: name) ?? -1 }
    // Regions waits for all pages; before and after it pages flow by themselves.
    #expect(place("layout/2") < place("regions"))
    #expect(place("ocr/1") < place("render/2"))
    #expect(place("assembly/1") < place("tables/2"))
    #expect(place("assembly/2") < place("reading-order"))
  }

  @Test("settles a unit once")
  func twice() {
    var graph = JobGraph(Self.plan([]))
    graph.expand(to: Self.plan([1]))
    #expect(graph.settle(UnitID(.ingest), .gap(.crashed)) == [UnitID(.render, .page(1))])
    #expect(graph.settle(UnitID(.ingest), .gap(.crashed)).isEmpty)
  }

  @Test("passes a required gap on under its code and tells an optional one")
  func gaps() {
    var graph = JobGraph(Self.plan([]))
    graph.expand(to: Self.plan([1]))
    _ = graph.settle(UnitID(.ingest), .gap(.damaged))
    guard case .failure(let gap) = graph.upstream(of: UnitID(.render, .page(1))) else {
      Issue.record("a page without ingest cannot be rendered")
      return
    }
    #expect(gap.code == .damaged)
    _ = graph.settle(UnitID(.layout, .page(1)), .gap(.timedOut))
    #expect(graph.upstream(of: UnitID(.regions)) == .success(["layout/1": "gap:timed_out"]))
    #expect(graph.hasLostAllPages(at: .layout))
    #expect(!graph.hasLostAllPages(at: .render))
  }

  @Test("counts for every unit what its upstream will settle", arguments: [[1], [3, 4, 9]])
  func counts(pages: [Int]) {
    let plan = Self.plan(pages)
    var counted: [UnitID: Int] = [:]
    for unit in plan.units { for dependent in plan.dependents(of: unit) { counted[dependent, default: 0] += 1 } }
    for unit in plan.units { #expect(counted[unit, default: 0] == plan.pendingCount(of: unit), "\(unit)") }
  }

  private static func plan(_ pages: [Int]) -> JobPlan {
    JobPlan(Pipeline(.small), settings: JobSettings(formats: [.markdown]), pages: pages)
  }
}

extension PlanDescription {
  /// Seven stages with every kind of need.
  static let small = PlanDescription(
    stages: [
      row(.ingest, .documentWithParts, [Requirement(.source, nil)]),
      row(.render, .page, [Requirement(.source, nil), Requirement(.samePage, .ingest)]),
      row(
        .ocr, .page, [Requirement(.samePage, .render)],
        [.list("languages", ["eng"], "Languages."), .flag("fast", false, "Fast.")]),
      row(.layout, .page, [Requirement(.samePage, .ocr)]),
      row(.regions, .documentWithParts, [Requirement(.everyPage, .layout, optional: true)]),
      row(.tables, .page, [Requirement(.samePage, .regions)]),
      row(.assembly, .page, [Requirement(.samePage, .regions), Requirement(.samePage, .tables, optional: true)]),
      row(
        .readingOrder, .document, [Requirement(.everyPage, .assembly, optional: true), Requirement(.document, .ingest)]),
      row(.export, .format, [Requirement(.document, .readingOrder)], format: .markdown),
      row(.export, .format, [Requirement(.document, .readingOrder)], format: .html),
    ], recorded: [:])

  private static func row(
    _ stage: StageID, _ scope: StageScope, _ needs: [Requirement], _ options: [OptionDescriptor] = [],
    format: ExportFormat? = nil
  ) -> StageDescriptor {
    StageDescriptor(
      stage: stage, version: 1, scope: scope, format: format, needs: needs, options: options,
      ingredients: StageIngredients(
        languageData: stage == .ocr ? ["eng": Digest(of: [1]), "deu": Digest(of: [2])] : [:],
        languageOption: stage == .ocr ? "languages" : nil))
  }
}
