import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

extension EndToEnd {
  @Suite("A document or command that is wrong")
  struct FailureTests {
    struct Wrong: CustomTestStringConvertible {
      let fixture: String
      let code: ErrorCode
      var testDescription: String { fixture }

      static let all = [
        Wrong(fixture: "empty", code: .emptyFile), Wrong(fixture: "not-a-document", code: .unsupportedType),
        Wrong(fixture: "damaged", code: .damaged), Wrong(fixture: "bomb", code: .imageTooLarge),
        Wrong(fixture: "no-such-case", code: .inputNotFound), Wrong(fixture: "encrypted", code: .passwordRequired),
      ]
    }

    @Test("ends with 1, its code and a hint, and leaves no result", arguments: Wrong.all)
    func document(wrong: Wrong) async throws {
      let place = try SheafPlace()
      let began = ContinuousClock.now
      let end = try await place.sheaf(["run", Programs.fixture(wrong.fixture), "--json"] + SheafPlace.allFormats)
      #expect(end.exit == 1)
      // Above all the bomb, whose pixels would fill fourteen gigabytes.
      #expect(ContinuousClock.now - began < .seconds(20))
      #expect(end.errors.contains("[\(wrong.code.rawValue)]"), "\(end.errors)")
      let errors = try end.lines().filter { $0["type"]?.string == "error" }.compactMap { $0["failure"]?.object }
      #expect(errors.map { $0["code"]?.string } == [wrong.code.rawValue])
      #expect(errors.allSatisfy { $0["message"]?.string?.isEmpty == false })
      #expect(try end.lines().last?["exit"]?.whole == 1)
      #expect(place.results().isEmpty)
      #expect(try place.leftovers() == [])
    }

    @Test("of too many pages is refused; a page too large costs only itself")
    func pageBombs() async throws {
      let place = try SheafPlace()
      let many = try await place.sheaf(["run", Programs.fixture("cards8"), "--set", "ingest.maxPages=7"])
      #expect(many.exit == 1)
      #expect(many.errors.contains("[too_many_pages]"), "\(many.errors)")
      #expect(place.results().isEmpty)
      // Two hundred inches square, and a sheet of paper.
      let pages = ["/MediaBox [0 0 14400 14400]", "/MediaBox [0 0 612 792]"]
      let bomb = try place.write(String(decoding: WrittenPDF.bytes(pages: pages), as: UTF8.self), as: "bomb.pdf")
      let end = try await place.sheaf(["run", bomb])
      #expect(end.exit == 3, "\(end.errors)")
      #expect(end.errors.contains("[page_too_large]"), "\(end.errors)")
      #expect(place.results().keys.sorted() == ["bomb.md"])
    }

    @Test("leaves the good ones of its batch alone")
    func batch() async throws {
      let place = try SheafPlace()
      let good = try place.copy("hello", as: "good.pdf")
      let end = try await place.sheaf(
        ["run", place.path + "/missing.pdf", good, Programs.fixture("empty"), Programs.fixture("not-a-document")])
      #expect(end.exit == 1)
      for code in ["input_not_found", "empty_file", "unsupported_type"] {
        #expect(end.errors.contains("[\(code)]"), "\(end.errors)")
      }
      #expect(place.results().keys.sorted() == ["good.md"])
      #expect(try await place.jobs().filter { $0.manifest.state == .completed }.map(\.manifest.name) == ["good"])
    }

    @Test("pauses for a password, refuses a wrong one, and goes on with the right one")
    func password() async throws {
      let place = try SheafPlace()
      let source = Programs.fixture("encrypted")
      let paused = try await place.sheaf(["run", source])
      #expect(paused.exit == 1)
      #expect(paused.errors.contains("sheaf resume") && paused.errors.contains("--password-file"), "\(paused.errors)")
      #expect(try await place.job().manifest.state == .paused)
      let wrong = try await place.sheaf(
        ["resume", "last", "--password-file", place.write("open barley\n", as: "wrong")])
      #expect(wrong.exit == 1)
      #expect(wrong.errors.contains("[password_wrong]"), "\(wrong.errors)")
      let right = try place.write("sesame\n", as: "right")
      let done = try await place.sheaf(["resume", "last", "--password-file", right])
      #expect(done.exit == 0, "\(done.errors)")
      #expect(place.results().count == 1)
      let second = try SheafPlace()
      #expect(try await second.sheaf(["run", source, "--password-file", right]).exit == 0)
      JobClaims.expectEqual(second.results(), place.results(), "results")
      // It is nowhere on the disk.
      let stored = SheafPlace.files(below: place.data.path).filter { $0.value.range(of: Data("sesame".utf8)) != nil }
      #expect(stored.keys.sorted() == [])
    }

    @Test(
      "on the command line ends with 64 and the nearest right one",
      arguments: [
        (["run", "a.pdf", "--set", "ocr.langages=deu"], "ocr.languages"),
        (["run", "a.pdf", "--set", "render.dpi=many"], "[invalid_option]"),
        (["run", "a.pdf", "--format", "mk"], "md"),
        (["run", "a.pdf", "--until", "layuot"], "layout"),
        (["run", "a.pdf", "--pages", "5-2"], "[invalid_request]"),
        (["run", "a.pdf", "--workers", "0"], "[invalid_request]"),
        (["run"], "file"),
        (["rnu", "a.pdf"], "run"),
        (["resume"], "[invalid_request]"),
      ])
    func usage(arguments: [String], told: String) async throws {
      let place = try SheafPlace()
      try place.copy("hello", as: "a.pdf")
      let end = try await place.sheaf(arguments, delivering: arguments.count > 1 && arguments[0] != "rnu")
      #expect(end.exit == 64)
      #expect(end.errors.contains(told), "\(end.errors)")
      #expect(place.results().isEmpty)
    }

    @Test("never takes the place of the document: output_is_input")
    func outputIsInput() async throws {
      let place = try SheafPlace()
      let source = try place.copy("hello", as: "a.pdf")
      let before = FileManager.default.contents(atPath: source)
      let end = try await place.sheaf(["run", source, "--format", "pdf", "--out", place.path])
      #expect(end.exit == 1)
      #expect(end.errors.contains("[output_is_input]"), "\(end.errors)")
      #expect(FileManager.default.contents(atPath: source) == before)
    }
  }
}
