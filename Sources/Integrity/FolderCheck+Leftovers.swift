import Checkpoints
import StageKit

extension FolderCheck {
  /// Finds what dead owners left, and what was moved away.
  func checkLeftovers() throws {
    for name in try FileSurvey.names(in: folder.quarantine) {
      note(
        .quarantined, folder.quarantine + "/" + name, "It was found damaged and moved away.", remedy: "gc removes it.")
    }
    // A living owner's attempts lie there, too.
    guard !plan.isOwnedByAnother else { return }
    for name in try FileSurvey.names(in: folder.temporary) where folder.temporary + "/" + name != workplace {
      try mend(
        .leftover, folder.temporary + "/" + name, "An owner that is gone left it.", would: "remove it", did: "removed"
      ) {
        guard let survey = FileSurvey(folder.temporary + "/" + name) else { return }
        try survey.remove()
      }
    }
    let ours: Set<String> = [
      folder.ledger, folder.ledger + "-wal", folder.ledger + "-shm", folder.controlSocket,
      folder.serverSocket, folder.lock,
      folder.search, folder.search + "-wal", folder.search + "-shm", folder.documents, folder.objects, folder.jobs,
      folder.quarantine, folder.temporary,
    ]
    for name in try FileSurvey.names(in: folder.path) where !ours.contains(folder.path + "/" + name) {
      note(.strangeFile, folder.path + "/" + name, "It is not Sheaf's; it is left alone.")
    }
    for name in try FileSurvey.names(in: folder.jobs) where JobID(name) == nil {
      note(.strangeFile, folder.jobs + "/" + name, "It is no job; it is left alone.")
    }
  }
}
