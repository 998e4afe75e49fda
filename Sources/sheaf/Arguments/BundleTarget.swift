import Checkpoints
import StageKit

/// Where a bundle goes: a file that `--out` names, or one named after the document in a folder that it names.
enum BundleTarget {
  static let ending = ".sheaf.tar.zst"

  /// - Parameter option: the value of `--out`; nil for the current folder.
  static func path(_ option: String?, name: OutputName) throws(StageFailure) -> String {
    guard let option, !option.isEmpty else { return name.text + ending }
    if option == "-" { throw .usage("A bundle is not written to standard output.", hint: "Name a file with --out.") }
    if option.hasSuffix("/") || FileIdentity(following: option)?.isFolder == true {
      return (option.hasSuffix("/") ? option : option + "/") + name.text + ending
    }
    return option
  }
}
