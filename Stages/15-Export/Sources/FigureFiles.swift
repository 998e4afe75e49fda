import Contracts
import FoundationEssentials
import StageKit

/// The pictures of an export: numbered as they come, copied beside it or turned into addresses.
final class FigureFiles {
  private(set) var files: [ExportedFile] = []
  private let figures: EveryPage<FiguresOutput>
  private let display: FigureDisplay
  private let folder: String
  private let name: String
  private let context: any StageContext

  /// - Parameters:
  ///   - folder: the export's folder in the checkpoint: `md`.
  ///   - name: the document's name, under which the files are delivered.
  init(
    _ figures: EveryPage<FiguresOutput>, display: FigureDisplay, folder: String, name: String,
    context: any StageContext
  ) {
    self.figures = figures
    self.display = display
    self.folder = folder
    self.name = name
    self.context = context
  }

  /// The address that a link to the picture takes; nil where pictures are left out or it has no file.
  func address(of figure: ElementFigure, page: Int) throws -> String? {
    guard display != .none, let name = figure.file else { return nil }
    let input = try figures.file(name, page: page)
    // An edit may say anything; only these are made.
    let type = figure.mediaType.flatMap { Self.endings[$0] == nil ? nil : $0 } ?? "image/png"
    if display == .embed {
      return "data:\(type);base64," + Data(try input.bytes()).base64EncodedString()
    }
    let file = "figure-\(FileNumber.text(files.count + 1)).\(Self.endings[type] ?? "png")"
    let output = try context.makeFile(named: "\(folder)/\(file)")
    try input.withBytes { try output.write($0) }
    _ = try output.finish()
    files.append(ExportedFile(file: "\(folder)/\(file)", suffix: "/\(file)", mediaType: type))
    return PercentEncoding.path(self.name) + "/" + file
  }

  private static let endings = [
    "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/tiff": "tif",
  ]
}
