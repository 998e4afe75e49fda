import Checkpoints
import Ledger
import StageKit

extension RemoteSession {
  /// Asks something of jobs of the server that has the folder, and watches them to their ends.
  ///
  /// - Parameters:
  ///   - formats: the exports to fetch; nil for all that a job has.
  ///   - request: what is asked of each; what it throws leaves the others alone.
  static func ask(
    _ link: ServerLink, _ work: WorkOptions, _ target: TargetOption, _ records: [JobRecord],
    formats: [ExportFormat]? = nil, _ request: @escaping @MainActor (JobRecord) async throws -> Void
  ) async throws -> CommandOutcome {
    let session = RemoteSession(
      link, Console(work), delivery: RemoteDelivery(target: target.target, inputs: []), expected: records.count)
    return try await session.work { session in
      var items: [Item] = []
      for (record, item) in WorkItem.list(records) where session.interruption == nil {
        do {
          try await request(record)
          // From before the request on: a job that was finished must be seen to begin again.
          items.append(Item(job: item.job, name: item.name, formats: formats, since: record.seq))
        } catch is CancellationError {
          break
        } catch {
          session.refuse(error, subject: item.name.text)
        }
      }
      return items
    }
  }
}
