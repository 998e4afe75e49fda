@testable import HTTPServer
import Testing

@Suite
struct RouterTests {
  private func router(_ templates: [String]) -> Router {
    var router = Router()
    for template in templates { router.on(.get, template) { _ in .text(template) } }
    return router
  }

  @Test(
    "a text goes before a name, a name before the rest, and what fails further down is tried again",
    arguments: [
      ("/", "/", [:]), ("/jobs", "/jobs", [:]), ("/jobs/7", "/jobs/{id}", ["id": "7"]), ("/jobs/new", "/jobs/new", [:]),
      ("/jobs/new/result", "/jobs/{id}/result", ["id": "new"]),
      ("/jobs/7/pages/3", "/jobs/{id}/pages/{n}", ["id": "7", "n": "3"]),
      ("/files/a/b/c", "/files/{path...}", ["path": "a/b/c"]), ("/files/", "/files/{path...}", ["path": ""]),
      ("/jobs/a%2Fb", "/jobs/{id}", ["id": "a/b"]), ("/jobs/%C3%A9", "/jobs/{id}", ["id": "é"]),
      ("/jobs/", nil, [:]), ("/files", nil, [:]), ("/JOBS", nil, [:]), ("/jobs//result", nil, [:]),
      ("/jobs/7/nothing", nil, [:]), ("//", nil, [:]),
    ] as [(String, String?, [String: String])])
  func matching(path: String, template: String?, parameters: [String: String]) throws {
    let router = router([
      "/", "/jobs", "/jobs/new", "/jobs/{id}", "/jobs/{id}/result", "/jobs/{id}/pages/{n}", "/files/{path...}",
    ])
    guard case .route(let route, let found) = router.match(.get, try RequestTarget(path)) else {
      #expect(template == nil)
      return
    }
    #expect(route.template == template)
    #expect(found == parameters)
  }

  @Test("queries are decoded, what is not properly encoded is left as it is")
  func queries() throws {
    let target = try RequestTarget("/a?b=c+d&e=%26%3D&f&=g&h=%zz&b=second")
    #expect(
      target.query == [
        .init(name: "b", value: "c d"), .init(name: "e", value: "&="), .init(name: "f", value: ""),
        .init(name: "", value: "g"), .init(name: "h", value: "%zz"), .init(name: "b", value: "second"),
      ])
    #expect(target.rawPath == "/a")
  }

  @Test(
    "dates are HTTP's",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
    ] as [(Int64, String)])
  func dates(seconds: Int64, text: String) {
    #expect(HTTPDate.text(seconds) == text)
  }

  @Test(
    "digests are those of RFC 3174",
    arguments: [
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"), ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    ])
  func digests(text: String, digest: String) {
    let digits = SHA1.digest(Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    #expect(digits.joined() == digest)
  }

  @Test("the mask is the same however the payload is cut", arguments: [0, 1, 2, 3, 7, 8, 9, 31])
  func masking(phase: Int) {
    let key = UInt32(bigEndian: 0x37FA_213D)
    let bytes: [UInt8] = (0..<40).map { UInt8($0) }
    let letters: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    var masked = bytes
    masked.withUnsafeMutableBytes { WebSocketMask.apply(key, to: $0, phase: phase) }
    #expect(masked == bytes.enumerated().map { $1 ^ letters[($0 + phase) & 3] })
  }
}
