import Foundation
import QPDF
import Testing

extension EndToEnd {
  @Suite("A document with a password")
  struct PasswordTests {
    @Test(
      "is read to its searchable PDF, whatever the password's script",
      arguments: [("schön", "256"), ("пароль", "256"), ("пароль", "128"), (String(repeating: "ж", count: 60), "256")])
    func scripts(password: String, bits: String) async throws {
      let place = try SheafPlace()
      let secret = place.path + "/secret.pdf"
      try PDFJob(arguments: [
        "--allow-weak-crypto", "--encrypt", password, "owner", bits, "--", Programs.fixture("scan8"), secret,
      ]).run()
      let end = try await place.sheaf(
        [
          "run", secret, "--pages", "1", "--format", "md,pdf", "--password-file",
          place.write(password + "\n", as: "password"),
        ])
      #expect(end.exit == 0, "\(end.errors)")
      #expect(place.results().keys.sorted() == ["secret.md", "secret.pdf"])
      let text = try await ProgramRun(
        executable: "/usr/bin/pdftotext", arguments: [place.out + "/secret.pdf", "-"], folder: place.path
      ).end()
      #expect(text.output.contains("older than printing"), "\(text.errors)")
    }

    @Test("refuses a wrong one, however long", arguments: [127, 128, 500, 4000])
    func long(length: Int) async throws {
      let place = try SheafPlace()
      let password = try place.write(String(repeating: "x", count: length), as: "password")
      let end = try await place.sheaf(["run", Programs.fixture("encrypted"), "--password-file", password])
      #expect(end.exit == 1)
      #expect(end.errors.contains("[password_wrong]"), "\(end.errors)")
    }
  }
}
