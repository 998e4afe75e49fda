import Foundation

/// A program that reads what we write, where it is installed.
struct CommandTool {
  let path: String

  /// - Parameter candidates: names, sought in the usual places, or paths.
  init?(_ candidates: String...) {
    let places = candidates.flatMap { $0.contains("/") ? [$0] : ["/usr/bin/\($0)", "/usr/local/bin/\($0)"] }
    guard let path = places.first(where: FileManager.default.isExecutableFile) else { return nil }
    self.path = path
  }

  /// Runs it with some text to read.
  ///
  /// - Returns: what it wrote, and whether it was content.
  func run(_ arguments: [String], input: [UInt8] = []) throws -> (output: String, succeeded: Bool) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stdout
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: output, as: UTF8.self), process.terminationStatus == 0)
  }

  static let pdftotext = CommandTool("pdftotext")
  static let qpdf = CommandTool("qpdf")

  /// A Python with markdown-it-py and html5lib: `$SHEAF_TEST_PYTHON`, or the checkout's `.venv`.
  static let python: CommandTool? = {
    let checkout = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../.venv/bin/python").standardized
    let named = ProcessInfo.processInfo.environment["SHEAF_TEST_PYTHON"]
    guard let tool = CommandTool(named ?? checkout.path) else { return nil }
    // A Python without the libraries is no reader; the tests say that they were skipped.
    return (try? tool.run(["-c", "import markdown_it, html5lib"]).succeeded) == true ? tool : nil
  }()
}
