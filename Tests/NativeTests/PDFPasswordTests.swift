import DocumentModel
import PDFPassword
import Poppler
import QPDF
import Testing

@Suite("PDF passwords")
struct PDFPasswordTests {
  /// A PDF that its password's bytes guard, as this writer makes them of it.
  struct Guarded: CustomTestStringConvertible {
    let name: String
    let password: String
    /// What the encryption was given.
    let bytes: [UInt8]
    /// Revision 6 is AES-256, 4 AES-128, 3 and 2 are RC4.
    let revision: Int
    var testDescription: String { "\(name), revision \(revision)" }

    init(_ name: String, _ password: String, _ bytes: [UInt8], _ revision: Int) {
      self.name = name
      self.password = password
      self.bytes = bytes
      self.revision = revision
    }

    static let all: [Guarded] =
      [2, 3, 4, 6].flatMap { revision in
        [
          Guarded("ASCII", "sesame", Array("sesame".utf8), revision),
          Guarded("UTF-8 of Latin letters", "schön", Array("schön".utf8), revision),
          Guarded("UTF-8 of Cyrillic letters", "пароль", Array("пароль".utf8), revision),
          Guarded("UTF-8 beyond the basic plane", "🔑 key", Array("🔑 key".utf8), revision),
          Guarded("longer than any", long("x"), Array(long("x").utf8), revision),
          Guarded("longer than any, cut within a character", "x" + long("ж"), Array(("x" + long("ж")).utf8), revision),
        ]
      }
      + [2, 3, 4].flatMap { revision in
        [
          Guarded("Latin-1", "schön", [0x73, 0x63, 0x68, 0xF6, 0x6E], revision),
          Guarded("Latin-1, typed decomposed", "scho\u{308}n", [0x73, 0x63, 0x68, 0xF6, 0x6E], revision),
          Guarded("PDFDocEncoding", "5 €…", [0x35, 0x20, 0xA0, 0x83], revision),
          Guarded("Windows-1252", "5 €…", [0x35, 0x20, 0x80, 0x85], revision),
        ]
      }
      + [
        Guarded("UTF-8 as typed, decomposed", "scho\u{308}n", Array("scho\u{308}n".utf8), 6),
        Guarded("composed, typed decomposed", "scho\u{308}n", Array("sch\u{F6}n".utf8), 6),
        Guarded("SASLprep", "5\u{A0}\u{B5}m\u{B2}\u{AD}", Array("5 \u{3BC}m2".utf8), 6),
      ]

    static func long(_ letter: Character) -> String { String(repeating: letter, count: 500) }

    func write(in folder: TemporaryFolder) throws -> String {
      let pdf = CairoPDF()
      pdf.text("secret", x: 72, y: 100)
      let plain = try folder.write(pdf.finish(), as: "plain.pdf")
      // The encryption takes no more; of more qpdf writes what nothing opens, itself included.
      let digits = bytes.prefix(127).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let strength =
        switch revision {
        case 2: ["40", "--"]
        case 3: ["128", "--use-aes=n", "--"]
        case 4: ["128", "--use-aes=y", "--"]
        default: ["256", "--"]
        }
      try PDFJob(
        arguments: ["--allow-weak-crypto", "--password-mode=hex-bytes", "--encrypt", digits, "6F"] + strength
          + [plain, "\(folder.path)/guarded.pdf"]
      ).run()
      return "\(folder.path)/guarded.pdf"
    }
  }

  @Test("open what they guard, whatever their script and encoding", arguments: Guarded.all)
  func opens(guarded: Guarded) throws {
    let folder = try TemporaryFolder()
    let path = try guarded.write(in: folder)
    let bytes = try folder.read("guarded.pdf")
    #expect(throws: PopplerFailure.passwordRequired) { try PopplerDocument.open(bytes) }
    let document = try PopplerDocument.open(bytes, password: guarded.password)
    #expect(document.neededPassword)
    #expect(try document.page(1).textLayer().words.map(\.text) == ["secret"])
    #expect(try document.placement(ofPage: 1).rotation == QuarterTurn.none)
    let makeup = try TemporaryFolder.withDescriptor(bytes) {
      try PDFReader(descriptor: $0, password: guarded.password).look(atPage: 1)
    }
    #expect(makeup.images.isEmpty)
    try PDFJob.decrypt(path, password: guarded.password, to: "\(folder.path)/open.pdf").run()
    let open = try PopplerDocument.open(try folder.read("open.pdf"))
    #expect(try open.page(1).textLayer().words.map(\.text) == ["secret"])
  }

  @Test("that nobody needs keep no document closed", arguments: [2, 3, 4, 6], ["unneeded", "schön", "owner"])
  func unneeded(revision: Int, password: String) throws {
    let folder = try TemporaryFolder()
    let path = try Guarded("", "", [], revision).write(in: folder)
    let bytes = try folder.read("guarded.pdf")
    #expect(try !PopplerDocument.open(bytes, password: password).neededPassword)
    let makeup = try TemporaryFolder.withDescriptor(bytes) {
      try PDFReader(descriptor: $0, password: password).look(atPage: 1)
    }
    #expect(makeup.images.isEmpty)
    try PDFJob.decrypt(path, password: password, to: "\(folder.path)/open.pdf").run()
    #expect(try PopplerDocument.open(try folder.read("open.pdf")).pageCount == 1)
  }

  @Test(
    "that are wrong are told to be, at any length", arguments: [2, 3, 4, 6],
    [1, 31, 32, 33, 127, 128, 129, 255, 4095])
  func wrong(revision: Int, length: Int) throws {
    let folder = try TemporaryFolder()
    let path = try Guarded("", "sesame", Array("sesame".utf8), revision).write(in: folder)
    let bytes = try folder.read("guarded.pdf")
    for letter in ["x", "ö", "ж"] {
      let password = String(repeating: letter, count: length)
      #expect(throws: PopplerFailure.passwordWrong) { try PopplerDocument.open(bytes, password: password) }
      #expect(throws: QPDFFailure.self) { try PDFJob.decrypt(path, password: password, to: "/dev/null").run() }
    }
  }

  @Test("have one form where they are ASCII, and none of more than 127 bytes")
  func forms() {
    #expect(PasswordBytes.all(of: "sesame").map(\.bytes) == [Array("sesame".utf8)])
    #expect(PasswordBytes.all(of: "").map(\.bytes) == [[]])
    for letter in ["x", "ö", "ж", "🔑"] {
      let forms = PasswordBytes.all(of: "x" + String(repeating: letter, count: 500))
      #expect(forms.allSatisfy { $0.bytes.count == PasswordBytes.longest })
      #expect(Set(forms).count == forms.count)
    }
  }
}
