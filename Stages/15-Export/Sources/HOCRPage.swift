import Contracts
import DocumentModel
import StageKit

/// A page as hOCR, in pixels of its raster. Source: the hOCR specification 1.2.
struct HOCRPage {
  let text: TracedText

  init(_ number: Int, _ render: RenderOutput, _ words: OCROutput, _ layout: LayoutOutput) {
    let raster = render.raster
    let scale = PixelScale(raster)
    var lines: [TracedText] = [
      "  <div class=\"ocr_page\" id=\"page_\(number)\" title=\"image &quot;\(HTMLText.escape(raster.file))&quot;; "
        + "bbox 0 0 \(raster.width) \(raster.height); ppageno \(number - 1); "
        + "scan_res \(scale.resolution) \(scale.resolution)\">"
    ]
    var counter = (line: 0, word: 0)
    for (index, block) in layout.blocks.enumerated() {
      let box = scale.bbox(block.box)
      lines.append("   <div class=\"ocr_carea\" id=\"block_\(number)_\(index + 1)\" title=\"\(box)\">")
      let inside = block.lines.filter(layout.lines.indices.contains).map { layout.lines[$0] }
      let direction = inside.first?.direction == .rightToLeft ? " dir=\"rtl\"" : ""
      lines.append(
        "    <p class=\"ocr_par\" id=\"par_\(number)_\(index + 1)\"\(direction) title=\"\(box)\">"
      )
      for line in inside {
        counter.line += 1
        var properties = scale.bbox(line.box) + "; x_size \(scale.pixels(line.size))"
        if line.turn != .none { properties += "; textangle \(line.turn.inverse.rawValue)" }
        lines.append("     <span class=\"ocr_line\" id=\"line_\(number)_\(counter.line)\" title=\"\(properties)\">")
        for word in line.words where words.words.indices.contains(word) {
          counter.word += 1
          lines.append(
            "      \(Self.word(words.words[word], word, page: number, id: "word_\(number)_\(counter.word)", scale))")
        }
        lines.append("     </span>")
      }
      lines += ["    </p>", "   </div>"]
    }
    text = (lines + ["  </div>", ""]).joined(separator: "\n")
  }

  /// A page that could not be read.
  static func missing(_ number: Int, _ code: GapCode) -> TracedText {
    "  <div class=\"ocr_page\" id=\"page_\(number)\" title=\"bbox 0 0 0 0; ppageno \(number - 1)\">"
      + TracedText("<!-- page \(number) could not be read: \(code.rawValue) -->", .made(.gap, element: nil))
      + "</div>\n"
  }

  private static func word(_ word: Word, _ index: Int, page: Int, id: String, _ scale: PixelScale) -> TracedText {
    let confidence = Int((word.confidence.value * 100).rounded())
    return "<span class=\"ocrx_word\" id=\"\(id)\" title=\"\(scale.bbox(word.box)); x_wconf \(confidence)\">"
      + HTMLText.escape(TracedText(word.text, .words([index], page: page, element: nil))) + "</span>"
  }
}
