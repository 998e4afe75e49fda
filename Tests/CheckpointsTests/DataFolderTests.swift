import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@Suite("The data folder")
struct DataFolderTests {
  @Test(
    "it is where the option, the variables and the home folder say, in that order",
    arguments: [
      ("/a", ["SHEAF_DATA": "/b", "XDG_DATA_HOME": "/c", "HOME": "/d"], "/a"), ("a/", [:], "/here/a"),
      (nil, ["SHEAF_DATA": "/b", "XDG_DATA_HOME": "/c", "HOME": "/d"], "/b"), (nil, ["SHEAF_DATA": "b"], "/here/b"),
      (nil, ["SHEAF_DATA": "", "XDG_DATA_HOME": "/c", "HOME": "/d"], "/c/sheaf"),
      (nil, ["XDG_DATA_HOME": "relative", "HOME": "/d"], "/d/.local/share/sheaf"),
      ("", ["HOME": "/d"], "/d/.local/share/sheaf"),
    ] as [(String?, [String: String], String)])
  func location(option: String?, environment: [String: String], path: String) throws {
    #expect(try DataFolder(option: option, environment: environment, workingFolder: "/here").path == path)
  }

  @Test("where nothing tells, that is said")
  func nowhere() throws {
    #expect(try code { _ = try DataFolder(option: nil, environment: [:], workingFolder: "/") } == .dataFolderUnusable)
  }

  @Test("it is made with all its folders, for its owner alone, and made again without harm")
  func creation() throws {
    let temporary = try TemporaryFolder()
    let folder = DataFolder(temporary.path + "/deep/down/data")
    for _ in 0..<2 {
      try folder.create()
      for path in [
        folder.path, folder.objects, folder.objects + "/a7", folder.documents, folder.jobs, folder.temporary,
      ] {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
      }
    }
  }

  @Test("a file in its place, or a place that cannot be, is said to be unusable", arguments: ["/file", "/file/data"])
  func unusable(path: String) throws {
    let temporary = try TemporaryFolder()
    try Data("x".utf8).write(to: temporary.file("file"))
    #expect(try code { try DataFolder(temporary.path + path).create() } == .dataFolderUnusable)
  }

  @Test("a new owner sweeps what dead ones left, and follows no link")
  func sweep() throws {
    let place = try Workplace()
    let outside = place.temporary.path + "/outside"
    try place.write("keep", to: outside)
    let dead = place.data.temporary(of: "dead")
    try FileManager.default.createDirectory(atPath: dead + "/a/b", withIntermediateDirectories: true)
    try place.write("attempt", to: dead + "/a/b/file")
    try FileManager.default.createSymbolicLink(atPath: dead + "/link", withDestinationPath: place.temporary.path)
    try place.write("mine", to: place.data.temporary(of: place.owner) + "/file")
    try place.data.sweepTemporary(for: place.owner)
    #expect(try place.names(in: place.data.temporary) == [place.owner])
    #expect(try place.text(at: place.data.temporary(of: place.owner) + "/file") == "mine")
    #expect(try place.text(at: outside) == "keep")
  }
}
