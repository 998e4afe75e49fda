/// Who writes to a data folder, as its lock file tells.
package struct DataFolderOwner: Codable, Sendable, Hashable, CustomStringConvertible {
  /// A UUID per process start; owns leases and the folder of attempt files.
  package let id: String
  package let process: Int32
  /// The command, for people: `sheaf serve`.
  package let program: String

  package init(id: String, process: Int32, program: String) {
    self.id = id
    self.process = process
    self.program = program
  }

  package var description: String { "\(program) (process \(process))" }
}
