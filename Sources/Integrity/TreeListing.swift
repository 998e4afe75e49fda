import Checkpoints
import StageKit

/// The files of a job's tree as they lie there: those of stages, of the history, and strangers.
struct TreeListing {
  struct File {
    /// Relative to the job's folder; of a compressed checkpoint the name it would have otherwise, unless that is taken.
    let path: String
    let survey: FileSurvey
  }

  /// In the order of their paths; pins and `job.json` are left out.
  private(set) var files: [File] = []

  init(_ tree: JobTree) throws {
    for name in try FileSurvey.names(in: tree.path) where name != "pins" && name != "job.json" {
      try list(name, tree.path, depth: 0)
    }
  }

  /// Levels below the job's folder: `history/03-ocr/0007.1.json`, `15-export/md/document.md`. What people put deeper is
  /// theirs.
  private static let deepest = 3

  private static func place(_ path: String, of survey: FileSurvey) -> String {
    guard path.hasSuffix(suffix), survey.isRegular else { return path }
    let plain = path.dropLast(4)
    return FileSurvey(String(survey.path.dropLast(4))) == nil ? String(plain) : path
  }

  private static let suffix = ".json.zst"

  private mutating func list(_ path: String, _ root: String, depth: Int) throws {
    guard let survey = FileSurvey(root + "/" + path) else { return }
    if survey.isFolder, depth < Self.deepest {
      for name in try FileSurvey.names(in: survey.path) { try list(path + "/" + name, root, depth: depth + 1) }
    } else if !survey.isFolder {
      files.append(File(path: Self.place(path, of: survey), survey: survey))
    }
  }
}
