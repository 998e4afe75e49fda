/// Writes PDFs from their objects.
package enum WrittenPDF {
  /// - Parameter pages: the dictionary entries of each page.
  package static func bytes(pages: [String], catalog: String = "", trailer: String = "", others: [String] = [])
    -> [UInt8]
  {
    let kids = pages.indices.map { "\($0 + 3) 0 R" }.joined(separator: " ")
    let objects =
      ["<< /Type /Catalog /Pages 2 0 R \(catalog) >>", "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>"]
      + pages.map { "<< /Type /Page /Parent 2 0 R \($0) >>" } + others
    var text = "%PDF-1.7\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets { text += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R \(trailer) >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }
}
