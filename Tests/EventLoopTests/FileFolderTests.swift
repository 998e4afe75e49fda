import EventLoop
import Glibc
import TestSupport
import Testing

@Suite
struct FileFolderTests {
  @Test(
    "only plain files below the folder are opened",
    arguments: [
      ("inside/a.txt", "opened"), ("missing", "missing"), ("inside", "refused"), ("inside/../../secret", "refused"),
      ("../secret", "refused"), ("/etc/passwd", "refused"), ("out", "refused"), ("inside/up", "refused"),
      ("loop", "refused"), ("pipe", "refused"), ("inside/../inside/a.txt", "opened"), ("link", "opened"),
      ("", "refused"), ("inside/a.txt\0", "refused"), ("inside/a.txt/x", "missing"),
    ])
  func beneath(path: String, outcome: String) throws {
    let folder = try TemporaryFolder()
    let root = folder.path + "/root"
    mkdir(root, 0o755)
    mkdir(root + "/inside", 0o755)
    try write("secret", to: folder.path + "/secret")
    try write("a", to: root + "/inside/a.txt")
    symlink(folder.path + "/secret", root + "/out")
    symlink("../../secret", root + "/inside/up")
    symlink("loop", root + "/loop")
    symlink("inside/a.txt", root + "/link")
    mkfifo(root + "/pipe", 0o644)

    let files = try FileFolder(path: root)
    do throws(LoopFailure) {
      let file = try files.open(path)
      #expect(outcome == (file == nil ? "missing" : "opened"))
      if let file { #expect(try file.read(at: 0, count: 10) == Array("a".utf8)) }
    } catch {
      #expect(error.code == .refusedPath)
      #expect(outcome == "refused")
    }
  }

  private func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
  }
}
