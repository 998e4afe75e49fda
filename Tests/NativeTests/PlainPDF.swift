/// Writes a PDF from its objects, for what cairo cannot make.
enum PlainPDF {
  /// Objects count from 1; the first must be the catalog.
  static func file(_ objects: [String]) -> [UInt8] {
    var text = "%PDF-1.7\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
      let digits = String(offset)
      text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }

  static func stream(_ content: String, dictionary: String = "") -> String {
    "<< /Length \(content.utf8.count) \(dictionary) >>\nstream\n\(content)\nendstream"
  }

  /// One page with content and whatever else its dictionary holds.
  static func page(content: String, dictionary: String, others: [String] = []) -> [UInt8] {
    file(
      [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R \(dictionary) >>", stream(content),
      ] + others)
  }
}
