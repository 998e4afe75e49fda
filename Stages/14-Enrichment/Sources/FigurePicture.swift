import Contracts
import DocumentModel
import FoundationEssentials
import StageKit

/// A figure of the document as a language model may see it.
struct FigurePicture {
  private let figures: EveryPage<FiguresOutput>
  private let page: Int
  /// Nil where the page has no list of figures: then it is taken as it comes, without its picture.
  private let figure: Figure?

  /// - Returns: nil for one that is too small to show anything.
  init?(_ element: ElementFigure, on page: Int, of figures: EveryPage<FiguresOutput>) throws {
    self.figures = figures
    self.page = page
    let all = try figures.load(page: page).value?.figures ?? []
    figure = all.indices.contains(element.index) ? all[element.index] : nil
    if let figure, min(figure.box.width, figure.box.height) < Self.least { return nil }
  }

  /// Its file; nil where it is of a type that models do not take, or too large to send.
  func file() throws -> ModelPicture? {
    guard let figure, let name = figure.file, let type = figure.mediaType, ModelPicture.mediaTypes.contains(type) else {
      return nil
    }
    let file = try figures.file(name, page: page)
    guard file.length > 0, file.length <= ModelPicture.mostBytes else { return nil }
    return ModelPicture(mediaType: type, base64: Data(try file.bytes()).base64EncodedString())
  }

  private static let least = 40.0  // points: smaller is an icon
}
