import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// Puts together why a unit's result is what it is, from the ledger, the envelopes and today's worker.
package struct UnitExplainer: Sendable {
  private let survey: JobSurvey

  package init(_ survey: JobSurvey) { self.survey = survey }

  /// - Parameters:
  ///   - unit: one of the job's; a page of a stage over the document is told as a part of its unit.
  /// - Throws: `StageFailure` with `checkpoint_not_found` where the job has no such unit.
  package func explain(_ asked: UnitID) async throws -> UnitExplanation {
    let unit = survey.owner(of: asked)
    guard survey.rows[unit] != nil, asked == unit || asked.page.map(survey.plan.pages.contains) == true else {
      throw StageFailure(
        .checkpointNotFound, "\(asked) is not in this job's plan.", page: asked.page,
        hint: survey.plan.pages.isEmpty ? nil : "Its pages are \(PageSpans.text(survey.plan.pages)).")
    }
    let part = asked == unit ? nil : asked.page
    let row = survey.row(of: unit)
    let artifact = survey.artifact(of: unit)
    let chronicle = try await UnitChronicle(unit, survey)
    let header = if let artifact { try await survey.header(of: artifact) } else { CheckpointHeader?.none }
    let outlook = survey.outlook(of: unit, in: survey.graph())
    let recipe = header?.recipe ?? Self.recipe(outlook, row)
    let checkpoint = part.flatMap { page in artifact?.parts.first { $0.unit.page == page } } ?? artifact?.checkpoint
    return UnitExplanation(
      job: survey.job, name: survey.record.manifest.name, unit: unit, part: part, row: row,
      content: part == nil ? survey.pins[unit]?.content ?? row.content : checkpoint?.content,
      bytes: checkpoint.map { ([$0.file] + $0.files).reduce(0) { $0 + $1.length } },
      files: checkpoint?.files.count ?? 0,
      pin: survey.pins[asked] ?? survey.pins[unit], cause: try await cause(unit, row, chronicle, outlook),
      ingredients: recipe?.ingredients(
        row: survey.pipeline.row(of: unit), overrides: survey.record.manifest.effectiveOverrides) ?? [],
      differences: differences(recipe, chronicle), previous: chronicle.earlier(than: row), recorded: header?.recorded,
      upstream: neighbours(survey.plan.references(of: unit).map(\.name)), dependents: dependents(of: asked, unit),
      reach: reach(of: asked, unit), attempts: chronicle.attempts.map { AttemptSummary($0, of: survey.job) },
      outlook: verdict(outlook, header?.recipe, row))
  }

  /// For a unit without a checkpoint, what its key is made of as far as that is still so.
  private static func recipe(_ outlook: JobSurvey.Outlook, _ row: UnitRecord) -> KeyRecipe? {
    guard case .work(let work) = outlook, row.key == nil || row.key == work.key else { return nil }
    return work.recipe
  }

  private func differences(_ recipe: KeyRecipe?, _ chronicle: UnitChronicle) -> [KeyRecipe.Difference] {
    guard let recipe, let earlier = chronicle.earlierRecipe else { return [] }
    return recipe.differences(from: earlier)
  }

  // MARK: Why

  private func cause(
    _ unit: UnitID, _ row: UnitRecord, _ chronicle: UnitChronicle, _ outlook: JobSurvey.Outlook
  ) async throws -> RunCause {
    var maker: MakerRecord?
    let course: RunCause.Course
    switch row.state {
    case _ where survey.pins[unit] != nil: course = .pinned
    case .done where row.reused:
      course = .found
      maker = try await self.maker(of: row)
    case .done:
      course = .ran
      maker = chronicle.attempts.last { $0.outcome == .succeeded && $0.key == row.key }
        .map { MakerRecord(job: survey.job, attempt: $0) }
    case .gap:
      if case .lost = outlook, row.key == nil { course = .upstreamGap } else { course = .gap }
    case .failed: course = .failed
    case .cancelled: course = .cancelled
    case .waiting, .ready, .running: course = .open
    }
    let name =
      if let job = maker?.job, job != survey.job { try await survey.ledger.job(job)?.manifest.name } else {
        String?.none
      }
    return RunCause(
      course: course, reason: course == .open ? nil : chronicle.reason,
      maker: maker.map { AttemptSummary($0.attempt, of: $0.job) }, makerName: name,
      setbacks: chronicle.setbacks(before: maker?.attempt, of: row))
  }

  /// This job's own attempt, else the first one of any job.
  private func maker(of row: UnitRecord) async throws -> MakerRecord? {
    guard let key = row.key else { return nil }
    let makers = try await survey.ledger.makers(of: key)
    return makers.last { $0.job == survey.job } ?? makers.first
  }

  private func verdict(_ outlook: JobSurvey.Outlook, _ recipe: KeyRecipe?, _ row: UnitRecord) -> KeyOutlook {
    switch outlook {
    case .open, .lost, .unplanned: return KeyOutlook(verdict: .unknown)
    case .impossible(let failure): return KeyOutlook(verdict: .impossible, failure: failure)
    case .work(let work):
      guard let recipe else { return KeyOutlook(verdict: row.key == work.key ? .current : .unknown) }
      let differences = work.recipe.differences(from: recipe)
      guard !differences.isEmpty else { return KeyOutlook(verdict: .current) }
      return KeyOutlook(verdict: differences.contains(where: \.isDrift) ? .stale : .outdated, differences: differences)
    }
  }

  // MARK: Neighbours

  private func neighbours(_ units: [UnitID]) -> [Neighbour] {
    units.map { unit in
      let owner = survey.owner(of: unit)
      let row = survey.row(of: owner)
      let result = survey.artifact(of: owner).map(UnitResult.init)
      return Neighbour(
        unit: unit, state: row.state, content: survey.pins[unit]?.content ?? result?.record(of: unit)?.content,
        gap: row.gap ?? unit.page.flatMap { result?.gaps[$0] }, isPinned: survey.pins[unit] != nil,
        isReused: row.reused)
    }
  }

  /// Those that need a unit, by stage, then page; for a part only those of its page.
  private func dependents(of asked: UnitID, _ owner: UnitID) -> [Neighbour] {
    neighbours(needing(asked, owner))
  }

  private func needing(_ asked: UnitID, _ owner: UnitID) -> [UnitID] {
    let units = Set(survey.plan.dependents(of: owner)).sorted()
    guard let page = asked.page, asked != owner else { return units }
    return units.filter { $0.page == nil || $0.page == page }
  }

  private func reach(of asked: UnitID, _ owner: UnitID) -> Int {
    var seen = Set(needing(asked, owner))
    var open = Array(seen)
    while let unit = open.popLast() {
      for next in survey.plan.dependents(of: unit) where seen.insert(next).inserted { open.append(next) }
    }
    return seen.count
  }
}

extension KeyRecipe.Difference {
  /// Whether it lies in what is installed, not in the job: a stage's version, an engine, rules, language data.
  package var isDrift: Bool { what == "version" || what == "format" || what.hasPrefix("engines.") }
}
