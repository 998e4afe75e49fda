import Foundation

/// Where the viewer's files lie.
enum ViewerFolder {
  /// As the folder is called in the project and beside the programs.
  static let name = "web-static"

  /// How far above a program of `.build/x86_64-unknown-linux-gnu/debug` the project's folder is.
  private static let levelsToProject = 4

  /// - Parameter setting: `viewer.folder`; empty seeks beside the program, in `../share/sheaf`, and, for a program
  ///   that was just built, in the project that it was built from.
  /// - Returns: nil where there is none.
  static func find(setting: String, program: String? = Self.program) -> String? {
    let places = setting.isEmpty ? program.map(Self.places) ?? [] : [setting]
    return places.first { FileManager.default.fileExists(atPath: $0 + "/index.html") }
  }

  /// In the order in which they are looked at.
  static func places(beside program: String) -> [String] {
    var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
    var places = [
      folder.appendingPathComponent(name).path,
      folder.deletingLastPathComponent().appendingPathComponent("share/sheaf/\(name)").path,
    ]
    guard folder.pathComponents.contains(".build") else { return places }
    for _ in 0..<levelsToProject {
      folder = folder.deletingLastPathComponent()
      places.append(folder.appendingPathComponent(name).path)
    }
    return places
  }

  private static var program: String? {
    // A process whose own name the kernel does not tell finds the viewer by its setting.
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  }
}
