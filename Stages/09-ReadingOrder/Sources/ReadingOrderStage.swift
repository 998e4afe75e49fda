import Contracts
import DocumentModel
import StageKit

/// Stage 9: makes one stream of all pages' elements.
package struct ReadingOrderStage: Stage {
  package typealias Input = Upstream<EveryPage<AssemblyOutput>>
  package typealias Options = ReadingOrderOptions
  package typealias Output = ReadingOrderOutput

  package static var version: Int { 10 }
  package static var scope: StageScope { .document }

  package init() {}

  package func run(_ input: Input, options: ReadingOrderOptions, context: any StageContext) throws -> ReadingOrderOutput
  {
    let pages = input.needs
    var stream = DocumentStream(options)
    for (place, page) in pages.pages.enumerated() {
      switch try pages.load(page: page) {
      case .value(let output): stream.append(page, output)
      case .gap(let code): stream.skip(page, code)
      }
      context.progress(Double(place + 1) / Double(pages.pages.count))
    }
    return stream.output
  }
}
