extension PDFJob {
  /// Takes pages of a PDF and lays the pages of another over some of them; what is encrypted comes out open.
  ///
  /// The result is a function of the inputs: identifiers are derived from the content, no date is set.
  /// - Parameters:
  ///   - pages: the source's pages to take, ascending, from 1; nil for all.
  ///   - layer: a PDF with one page for each of `targets`; nil for none.
  ///   - targets: pages of the result, ascending, from 1.
  package static func assemble(
    _ source: String, pages: [Int]?, layer: String?, onto targets: [Int], password: String?, to output: String
  ) -> PDFJob {
    var arguments = reproducible + ["--decrypt", source]
    if let pages { arguments += ["--pages", ".", ranges(pages), "--"] }
    if let layer, !targets.isEmpty { arguments += ["--overlay", layer, "--to=\(ranges(targets))", "--"] }
    return PDFJob(arguments: arguments + [output], password: password)
  }

  /// Rewrites a PDF small and with an identifier of its content.
  package static func rewrite(_ input: String, to output: String) -> PDFJob {
    PDFJob(arguments: reproducible + [input, output])
  }

  /// Ascending numbers as qpdf writes them: `1-3,7`.
  static func ranges(_ numbers: [Int]) -> String {
    var parts: [(first: Int, last: Int)] = []
    for number in numbers {
      if let last = parts.last, last.last + 1 == number {
        parts[parts.count - 1].last = number
      } else {
        parts.append((number, number))
      }
    }
    return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
  }
}
