import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Submissions on their way into the ledger: each has a job's folder already, and a note in its owner's temporary folder as
/// long as no ledger knows the job, so that the next owner can tell a folder that nobody was promised from a job.
extension DataFolder {
  /// Notes that a job is about to get a folder.
  ///
  /// It is not forced to the disk: after a loss of power the folder may stay without its note, and `sheaf fsck` names it.
  package func noteArrival(of job: JobID, owner: String) throws(StageFailure) {
    let descriptor = open(note(of: job, owner), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .system(errno, "A submission could not be noted") }
    close(descriptor)
  }

  /// Forgets a note: the ledger knows the job, or its folder is gone. One that stays costs a question at the next start.
  package func forgetArrival(of job: JobID, owner: String) { unlink(note(of: job, owner)) }

  /// The jobs whose submission other owners had noted when they ended.
  ///
  /// Only for the holder of the `OwnerLock`: whoever else left a note is dead.
  package func arrivals(besides owner: String) throws(StageFailure) -> [JobID] {
    var jobs: [JobID] = []
    for other in try Folder.names(in: temporary) where other != owner {
      guard FileIdentity(temporary + "/" + other)?.isFolder == true else { continue }
      for name in try Folder.names(in: temporary + "/" + other) where name.hasPrefix(Self.prefix) {
        if let job = JobID(String(name.dropFirst(Self.prefix.count))) { jobs.append(job) }
      }
    }
    return jobs
  }

  private func note(of job: JobID, _ owner: String) -> String { "\(temporary(of: owner))/\(Self.prefix)\(job.text)" }

  private static let prefix = "arriving-"
}
