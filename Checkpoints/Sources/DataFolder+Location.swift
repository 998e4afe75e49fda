import StageKit

extension DataFolder {
  /// The data folder that a command is meant to use: `--data`, else `$SHEAF_DATA`, else `$XDG_DATA_HOME/sheaf`, else
  /// `~/.local/share/sheaf`.
  ///
  /// - Parameters:
  ///   - option: the value of `--data`.
  ///   - environment: the process's; empty values count as none.
  ///   - workingFolder: what a relative path is relative to.
  /// - Throws: `StageFailure` with `data_folder_unusable` where nothing tells.
  package init(option: String?, environment: [String: String], workingFolder: String) throws {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : workingFolder + "/" + path }

    if let option, !option.isEmpty {
      self.init(absolute(option))
    } else if let given = value("SHEAF_DATA") {
      self.init(absolute(given))
    } else if let shared = value("XDG_DATA_HOME"), shared.hasPrefix("/") {
      // "All paths set in these environment variables must be absolute. If [...] relative [...] ignore it."
      // https://specifications.freedesktop.org/basedir-spec/latest/
      self.init(shared + "/sheaf")
    } else if let home = value("HOME"), home.hasPrefix("/") {
      self.init(home + "/.local/share/sheaf")
    } else {
      throw StageFailure(
        .dataFolderUnusable, "Nothing tells where the data folder is.", hint: "Give --data or set SHEAF_DATA.")
    }
  }
}
