import HTTPServer
import Logging

/// The viewer at `/`: its files, read once when the server starts.
struct ViewerRoutes: RouteGroup {
  private let files: ViewerFiles?

  init(context: ServiceContext) {
    files = Self.read(context.configuration.current[Settings.viewerFolder], context.logger)
  }

  private static func read(_ setting: String, _ logger: Logger) -> ViewerFiles? {
    guard let folder = ViewerFolder.find(setting: setting) else {
      logger.warning(
        "the viewer's files are missing: the server works without them",
        metadata: [
          "wanted": "\(setting.isEmpty ? "\(ViewerFolder.name) beside the program" : setting)",
          "hint": "set \(Settings.viewerFolder.key)",
        ])
      return nil
    }
    do {
      let files = try ViewerFiles(folder: folder)
      logger.info("the viewer is served at /", metadata: ["folder": "\(folder)", "files": "\(files.count)"])
      return files
    } catch {
      logger.warning(
        "the viewer's files cannot be used: the server works without them", metadata: ["error": "\(error)"])
      return nil
    }
  }

  func register(in routes: inout RouteTable) {
    let places: [(template: String, id: String, summary: String, type: String)] = [
      ("/", "getViewer", "The viewer, for browsers.", "text/html"),
      ("/icon.svg", "getViewerIcon", "The viewer's icon.", "image/svg+xml"),
      ("/css/{file}", "getViewerStyle", "A style sheet of the viewer.", "text/css"),
      ("/js/{file}", "getViewerScript", "A script of the viewer.", "text/javascript"),
      ("/js/{folder}/{file}", "getViewerModule", "A module of the viewer.", "text/javascript"),
    ]
    for place in places {
      let operation = Operation(
        place.id, place.summary, tag: "viewer",
        answers: [
          Operation.Answer(200, "The file.", [(place.type, JSONShape.string)]),
          Operation.Answer(304, "The client has it already."),
        ], problems: [.notFound])
      // From memory, so on the loop.
      routes.on(.get, place.template, operation, runs: .loop) { try answer($0) }
    }
  }

  private func answer(_ request: Request) throws -> Response {
    guard let files else {
      throw Problem(
        .notFound, "The viewer is not installed.",
        hint: "Put its files beside the program or set \(Settings.viewerFolder.key). The interface is at /openapi.json."
      )
    }
    let path = request.target.segments.joined(separator: "/")
    guard let file = files[path.isEmpty ? "index.html" : path] else {
      throw Problem(.notFound, "The viewer has no such file.")
    }
    return file.answer(request)
  }
}
