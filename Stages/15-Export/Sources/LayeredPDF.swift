import DocumentModel

/// A PDF of pages with pictures and invisible text, made page by page.
final class LayeredPDF {
  private let file: PDFFile
  private let font: Int
  private let tree: Int
  private var pages: [Int] = []
  private var codes = InvisibleFont()
  private var messageFont: Int?

  init(_ path: String) throws {
    file = try PDFFile(path)
    font = file.reserve()
    tree = file.reserve()
  }

  var path: String { file.path }

  /// Adds a page.
  ///
  /// - Parameter picture: writes the page's picture and returns its number; nil for none.
  func add(_ size: PageSize, text: TextLayer?, picture: ((PDFFile) throws -> Int)? = nil) throws {
    let image = try picture.map { try $0(file) }
    var content = ""
    if image != nil {
      content += "q \(PDFNumber.text(size.width)) 0 0 \(PDFNumber.text(size.height)) 0 0 cm /P Do Q\n"
    }
    content += text?.content(&codes) ?? ""
    try add(size, content, "/Font << /F \(font) 0 R >>" + (image.map { " /XObject << /P \($0) 0 R >>" } ?? ""))
  }

  /// Adds a page that only says something, in ASCII.
  func add(_ size: PageSize, message: String) throws {
    let number = try messageFont ?? file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    messageFont = number
    let letters = message.filter { $0.isASCII && !"()\\".contains($0) }
    try add(
      size, "BT /M 12 Tf 36 \(PDFNumber.text(max(size.height - 54, 12))) Td (\(letters)) Tj ET\n",
      "/Font << /M \(number) 0 R >>")
  }

  func finish() throws {
    try codes.write(to: file, as: font)
    let kids = pages.map { "\($0) 0 R" }.joined(separator: " ")
    try file.add("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>", as: tree)
    try file.finish(catalog: try file.add("<< /Type /Catalog /Pages \(tree) 0 R >>"))
  }

  private func add(_ size: PageSize, _ content: String, _ resources: String) throws {
    let stream = try file.add(stream: Array(content.utf8))
    let (width, height) = (PDFNumber.text(size.width), PDFNumber.text(size.height))
    pages.append(
      try file.add(
        "<< /Type /Page /Parent \(tree) 0 R /MediaBox [0 0 \(width) \(height)] "
          + "/Contents \(stream) 0 R /Resources << \(resources) >> >>"))
  }
}
