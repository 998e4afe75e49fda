import CPoppler
import DocumentModel
import Glibc
import PDFPassword

/// An open PDF.
///
/// Poppler crashes if one document is used on two threads: a worker opens its own and stays on its thread.
package final class PopplerDocument {
  let pointer: OpaquePointer
  /// At least 1.
  package let pageCount: Int
  /// Whether a user password had to be given to open it.
  package let neededPassword: Bool
  private var placements: [Int: PagePlacement] = [:]
  /// A descriptor of its own and the password, to open the document once more; nil where it is held in memory.
  private let source: (descriptor: Int32, password: String?)?
  /// The document once more, for what changes it: in a damaged one a change may make other pages unreadable.
  private lazy var marked: PopplerDocument? = source.flatMap { source in
    // Where it cannot be opened again there is no memory or descriptor left, and the turns stay unknown.
    try? PopplerDocument(descriptor: source.descriptor, password: source.password)
  }
  /// Pages that count as unreadable and are never touched, since reading them has ended a process before.
  package var avoidedPages: Set<Int> = []

  /// Opens the file behind a descriptor, which stays the caller's; Poppler reads a duplicate.
  ///
  /// Poppler calls a wrong password damage, so an open without any comes first and tells the two apart.
  /// - Parameter password: the user's or the owner's; ignored where the file opens without.
  /// - Throws: `PopplerFailure`.
  package init(descriptor: Int32, password: String? = nil) throws {
    PopplerMessages.capture()
    _ = PopplerMessages.take()
    let opened = try Self.open(descriptor, password: password)
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    source = own >= 0 ? (own, password) : nil
    let count = Int(poppler_document_get_n_pages(opened.pointer))
    guard count > 0 else {
      g_object_unref(UnsafeMutableRawPointer(opened.pointer))
      if own >= 0 { close(own) }
      throw PopplerFailure.noPages
    }
    pointer = opened.pointer
    pageCount = count
    neededPassword = opened.withPassword
  }

  /// Opens a document that is held in memory and needs no password.
  ///
  /// - Throws: `PopplerFailure.damaged`, `.noPages`.
  package init(bytes: [UInt8]) throws {
    PopplerMessages.capture()
    _ = PopplerMessages.take()
    let copy = bytes.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
    defer { g_bytes_unref(copy) }
    var error: UnsafeMutablePointer<GError>?
    guard let pointer = poppler_document_new_from_bytes(copy, nil, &error) else {
      defer { g_clear_error(&error) }
      throw PopplerFailure.damaged(detail: error?.pointee.message.map { String(cString: $0) } ?? "no reason given")
    }
    let count = Int(poppler_document_get_n_pages(pointer))
    guard count > 0 else {
      g_object_unref(UnsafeMutableRawPointer(pointer))
      throw PopplerFailure.noPages
    }
    self.pointer = pointer
    source = nil
    pageCount = count
    neededPassword = false
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(pointer))
    if let source { close(source.descriptor) }
  }

  /// Opens one page; its content is not read yet.
  ///
  /// - Parameter number: counts from 1.
  /// - Throws: `PopplerFailure.pageUnreadable`.
  package func page(_ number: Int) throws -> PopplerPage { try PopplerPage(number, of: self) }

  /// Size and rotation of one page, from its dictionary alone; remembered.
  package func placement(ofPage number: Int) throws -> PagePlacement {
    if let known = placements[number] { return known }
    guard !avoidedPages.contains(number) else { throw PopplerFailure.pageUnreadable(number) }
    let size = try page(number).size
    // A page that only the first reading finds is taken to stand upright.
    let rotation = (try? (marked ?? self).page(number))?.readRotation() ?? QuarterTurn.none
    let placement = PagePlacement(size: size, rotation: rotation)
    placements[number] = placement
    return placement
  }

  private static func open(
    _ descriptor: Int32, password: String?
  ) throws -> (pointer: OpaquePointer, withPassword: Bool) {
    switch try attempt(descriptor, password: nil) {
    case .opened(let pointer): return (pointer, false)
    case .encrypted:
      guard let password else { throw PopplerFailure.passwordRequired }
      for candidate in PasswordBytes.all(of: password) {
        if case .opened(let pointer) = try attempt(descriptor, password: candidate) { return (pointer, true) }
      }
      throw PopplerFailure.passwordWrong
    case .failed(let detail): throw try reason(descriptor, detail: detail)
    }
  }

  private enum Attempt {
    case opened(OpaquePointer)
    case encrypted
    case failed(String)
  }

  private static func attempt(_ descriptor: Int32, password: PasswordBytes?) throws -> Attempt {
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard own >= 0 else { throw PopplerFailure.unreadable(detail: String(cString: strerror(errno))) }
    var error: UnsafeMutablePointer<GError>?
    // Poppler closes the duplicate, whether it succeeds or fails.
    if let pointer = poppler_document_new_from_fd(own, password?.forPoppler, &error) { return .opened(pointer) }
    defer { g_clear_error(&error) }
    guard let error else { return .failed("no reason given") }
    let isEncrypted =
      error.pointee.domain == poppler_error_quark() && error.pointee.code == Int32(POPPLER_ERROR_ENCRYPTED.rawValue)
    return isEncrypted ? .encrypted : .failed(error.pointee.message.map { String(cString: $0) } ?? "no reason given")
  }

  /// What to call a file that Poppler refused, by its first bytes.
  private static func reason(_ descriptor: Int32, detail: String) throws -> PopplerFailure {
    // Readers accept the header anywhere in the first 1024 bytes (ISO 32000-1, implementation note 13 of PDF 1.7).
    var head = [UInt8](repeating: 0, count: 1024)
    let got = pread(descriptor, &head, head.count, 0)
    guard got >= 0 else { return .unreadable(detail: String(cString: strerror(errno))) }
    guard got > 0 else { return .empty }
    let magic = Array("%PDF-".utf8)
    let hasMagic = (0..<max(got - magic.count + 1, 0)).contains { head[$0..<($0 + magic.count)].elementsEqual(magic) }
    return hasMagic ? .damaged(detail: detail) : .notPDF
  }
}

extension PasswordBytes {
  /// What Poppler's GLib interface makes these bytes of: it turns UTF-8 into Latin-1, whatever the file asks for.
  fileprivate var forPoppler: String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }
}
