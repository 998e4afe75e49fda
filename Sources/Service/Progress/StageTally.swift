import CanonicalJSON
import StageKit

/// How the units of one stage of a job stand: a byte for each page, since jobs have up to thousands.
struct StageTally: Sendable, Hashable {
  enum Mark: UInt8, Sendable, Hashable, CaseIterable {
    /// Not in the plan.
    case none
    case waiting, running, done
    /// Found under its key and not made: done, too.
    case reused
    /// Given up.
    case missing
    case cancelled
  }

  /// Of the pages, by number from 1.
  private var pages: [Mark] = []
  /// Of the document, and of formats.
  private var others: [UnitSubject: Mark] = [:]
  private var counts = [Int](repeating: 0, count: Mark.allCases.count)

  /// The most pages that a PDF reader opens; what is beyond is counted with the formats, in no table.
  private static let mostPages = 8_388_607

  /// How many units the stage has.
  var planned: Int { counts.reduce(0, +) - count(.none) }

  /// How many there is nothing more to do for.
  var settled: Int { done + count(.missing) }

  var done: Int { count(.done) + count(.reused) }

  func count(_ mark: Mark) -> Int { counts[Int(mark.rawValue)] }

  subscript(subject: UnitSubject) -> Mark {
    if case .page(let page) = subject, Self.isTabled(page) {
      return pages.indices.contains(page - 1) ? pages[page - 1] : .none
    }
    return others[subject] ?? .none
  }

  mutating func set(_ subject: UnitSubject, _ mark: Mark) {
    let before = self[subject]
    if case .page(let page) = subject, Self.isTabled(page) {
      let lacking = page - pages.count
      if lacking > 0 {
        pages.append(contentsOf: repeatElement(.none, count: lacking))
        counts[Int(Mark.none.rawValue)] += lacking
      }
      pages[page - 1] = mark
    } else {
      others[subject] = mark
      if before == .none { counts[Int(Mark.none.rawValue)] += 1 }
    }
    counts[Int(before.rawValue)] -= 1
    counts[Int(mark.rawValue)] += 1
  }

  private static func isTabled(_ page: Int) -> Bool { (1...mostPages).contains(page) }

  /// The counts, and which pages stand how, as `"1-17,19"`. Pages that wait are the rest.
  func json(_ stage: StageID) -> JSONValue {
    var members: [String: JSONValue] = [
      "stage": .string(stage.rawValue), "planned": .integer(Int64(planned)), "done": .integer(Int64(done)),
      "running": .integer(Int64(count(.running))), "missing": .integer(Int64(count(.missing))),
      "reused": .integer(Int64(count(.reused))),
    ]
    var lists = (done: PageList(), running: PageList(), missing: PageList())
    for (index, mark) in pages.enumerated() {
      switch mark {
      case .done, .reused: lists.done.append(index + 1)
      case .running: lists.running.append(index + 1)
      case .missing: lists.missing.append(index + 1)
      case .none, .waiting, .cancelled: break
      }
    }
    if !lists.done.isEmpty { members["pages_done"] = .string(lists.done.text) }
    if !lists.running.isEmpty { members["pages_running"] = .string(lists.running.text) }
    if !lists.missing.isEmpty { members["pages_missing"] = .string(lists.missing.text) }
    return .object(members)
  }
}

/// Page numbers as people write them: `1-17,19`.
struct PageList: Sendable, Hashable {
  private var ranges: [ClosedRange<Int>] = []

  var isEmpty: Bool { ranges.isEmpty }

  /// - Parameter page: greater than any before.
  mutating func append(_ page: Int) {
    if let last = ranges.last, last.upperBound + 1 == page {
      ranges[ranges.count - 1] = last.lowerBound...page
    } else {
      ranges.append(page...page)
    }
  }

  var text: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }
}
