import Contracts

/// Of a page's text, what its raster may lack though the page shows it.
enum Undrawn {
  case nothing
  /// All that is set in a font which could not be drawn; the raster does not tell which.
  case fonts
  /// Anything: the drawing ended before the page did.
  case anything

  init(_ omissions: [RenderOutput.Omission]) {
    if omissions.contains(.drawingIncomplete) {
      self = .anything
    } else if omissions.contains(.fontUnreadable) || omissions.contains(.fontLeftOut) {
      self = .fonts
    } else {
      self = .nothing
    }
  }
}
