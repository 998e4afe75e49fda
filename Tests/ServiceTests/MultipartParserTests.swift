import Testing

@testable import Service

@Suite("Multipart forms")
struct MultipartParserTests {
  private static let body = [
    "preamble", "--b", #"Content-Disposition: form-data; name="file"; filename="a \"b\".pdf""#, "", "one\r\n--c",
    "--b  ",
    #"Content-Disposition: form-data; name=empty"#, "", "", "--b", #"content-disposition:form-data;name="x""#, "",
    "\r\n\r\n--", "--b--", "epilogue",
  ].joined(separator: "\r\n")

  @Test("the same parts come out however the bytes arrive", arguments: [1, 2, 3, 7, 64, 10_000])
  func pieces(size: Int) throws {
    var parser = MultipartParser(boundary: "b")
    var parts: [(header: MultipartHeader, content: [UInt8])] = []
    var ends = 0
    let bytes = Array(Self.body.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      try parser.take(Array(bytes[start..<min(start + size, bytes.count)])) { event in
        switch event {
        case .part(let header): parts.append((header, []))
        case .content(let content): parts[parts.count - 1].content += content
        case .partEnd: ends += 1
        case .end: break
        }
      }
    }
    try parser.finish()
    #expect(parts.map(\.header.name) == ["file", "empty", "x"])
    #expect(parts[0].header.fileName == "a \"b\".pdf")
    #expect(parts.map { String(decoding: $0.content, as: UTF8.self) } == ["one\r\n--c", "", "\r\n\r\n--"])
    #expect(ends == 3)
  }

  @Test(
    "what is no form is refused",
    arguments: [
      "--b\r\n\r\n", "--b\r\nContent-Disposition: form-data; name=x\r\n\r\nhalf", "--bX", "nothing",
      "--b\r\nContent-Disposition: attachment; name=x\r\n\r\n\r\n--b--",
    ])
  func malformed(body: String) {
    var parser = MultipartParser(boundary: "b")
    #expect(throws: Problem.self) {
      try parser.take(Array(body.utf8)) { _ in }
      try parser.finish()
    }
  }

  @Test("a head or a number of parts without end is refused")
  func bounds() {
    var parser = MultipartParser(boundary: "b")
    #expect(throws: Problem.self) {
      try parser.take(Array("--b\r\n".utf8)) { _ in }
      for _ in 0..<100 { try parser.take([UInt8](repeating: 65, count: 1000)) { _ in } }
    }
    var other = MultipartParser(boundary: "b")
    #expect(throws: Problem.self) {
      for _ in 0..<1000 {
        try other.take(Array("--b\r\nContent-Disposition: form-data; name=x\r\n\r\n\r\n".utf8)) { _ in }
      }
    }
  }

  @Test(
    "a boundary is read as it stands in Content-Type",
    arguments: [
      ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;charset=utf-8; boundary=\"a b;c\"", "a b;c"),
      ("multipart/form-data", nil), ("text/plain; boundary=x", nil), ("multipart/form-data; boundary=", nil),
    ] as [(String, String?)])
  func boundary(type: String, boundary: String?) {
    #expect(MultipartParser.boundary(in: type) == boundary)
  }
}
