import Contracts
import DocumentModel
import StageKit

/// Stage 15 for hOCR: every word with its box and confidence.
package struct HOCRExport: Stage {
  package typealias Input = Upstream<EveryPage<RenderOutput>, EveryPage<OCROutput>, EveryPage<LayoutOutput>>
  package typealias Options = NoOptions
  package typealias Output = ExportOutput

  package static var version: Int { 2 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .hocr }

  package init() {}

  package func run(_ input: Input, options: NoOptions, context: any StageContext) throws -> ExportOutput {
    let (renders, words, layouts) = input.needs
    let file = try TextFile("hocr/document.hocr", context)
    try file.write(Self.head)
    for (place, number) in renders.pages.enumerated() {
      switch (try renders.load(page: number), try words.load(page: number), try layouts.load(page: number)) {
      case (.value(let render), .value(let words), .value(let layout)):
        try file.put(HOCRPage(number, render, words, layout).text)
      case (.gap(let code), _, _), (_, .gap(let code), _), (_, _, .gap(let code)):
        try file.put(HOCRPage.missing(number, code))
      }
      context.progress(Double(place + 1) / Double(renders.pages.count))
    }
    try file.write(" </body>\n</html>\n")
    try file.finish()
    return ExportOutput(
      format: .hocr,
      files: [file.exported(".hocr", "text/vnd.hocr+html; charset=utf-8")])
  }

  private static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
    "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
    <html xmlns="http://www.w3.org/1999/xhtml">
     <head>
      <title></title>
      <meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
      <meta name="ocr-system" content="sheaf"/>
      <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf ocrp_dir"/>
     </head>
     <body>

    """
}
