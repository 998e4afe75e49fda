import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import Testing

#if canImport(Glibc)
  import Glibc
#endif

extension EndToEnd {
  @Test("fsck finds a damaged checkpoint, repairs it, and after resume the results are the same bytes; gc tidies up")
  func checkRepairCollect() async throws {
    let place = try SheafPlace()
    try place.copy("hello", as: "hello.pdf")
    try await place.sheaf(["run", "hello.pdf", "--format", "md,html,json"])
    let (tree, results) = (try await place.tree(), place.results())
    let job = try await place.job().manifest.id.text
    #expect(try await place.sheaf(["fsck"], delivering: false).exit == 0)

    let file = place.data.path + "/jobs/\(job)/08-assembly/0001.json"
    chmod(file, 0o644)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
    try handle.seek(toOffset: 200)
    let old = try handle.read(upToCount: 1)?.first ?? 0
    try handle.seek(toOffset: 200)
    try handle.write(contentsOf: Data([old ^ 4]))
    try handle.close()
    chmod(file, 0o444)

    let found = try await place.sheaf(["fsck", "--json"], delivering: false)
    #expect(found.exit == 3)
    let finding = try #require(try found.lines().first { $0["type"]?.string == "finding" })
    #expect(finding["code"]?.string == "object_damaged")
    #expect(finding["affected"]?.array?.first?["stage"]?.string == "assembly")
    #expect(finding["affected"]?.array?.first?["page"] == .integer(1))
    #expect(try await place.sheaf(["fsck", "last"], delivering: false).exit == 3)

    #expect(try await place.sheaf(["fsck", "--repair"], delivering: false).exit == 0)
    #expect(try await place.sheaf(["resume", "last"]).exit == 0)
    JobClaims.expectEqual(try await place.tree(), tree, "checkpoints")
    JobClaims.expectEqual(place.results(), results, "results")

    let collected = try await place.sheaf(["gc", "--json"], delivering: false)
    #expect(try collected.lines().map { $0["kind"]?.string } == ["quarantined", nil])
    let clean = try await place.sheaf(["fsck", "--json"], delivering: false)
    #expect(try clean.lines().count == 1)
    #expect(clean.exit == 0)
  }
}
