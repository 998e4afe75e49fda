import CTesseract
import DocumentModel
import Leptonica

/// Tells script and orientation of a page with Tesseract's old engine; ten times slower than Leptonica's orientation.
package final class ScriptDetector {
  private let handle: OpaquePointer

  /// Loads the orientation and script data ("osd").
  ///
  /// - Throws: `TesseractFailure.missingLanguage`, `.badLanguageData`.
  package init(dataPath: String? = nil) throws {
    let path = dataPath ?? TrainedData.defaultPath
    guard TrainedData.file(for: "osd", in: path) != nil else {
      throw TesseractFailure.missingLanguage("osd", dataPath: path)
    }
    handle = try TesseractEngine.start("osd", path: path, mode: OEM_TESSERACT_ONLY)
  }

  deinit {
    TessBaseAPIEnd(handle)
    TessBaseAPIDelete(handle)
  }

  /// - Returns: nil where there is too little text to tell.
  package func detect(in image: RasterImage) throws -> ScriptEstimate? {
    let source = image.depth == 1 ? image : try image.grey()
    defer { TessBaseAPIClear(handle) }
    TessBaseAPISetPageSegMode(handle, PSM_OSD_ONLY)
    return source.withPix { pix in
      TessBaseAPISetImage2(handle, .init(pix))
      if source.resolution > 0 { TessBaseAPISetSourceResolution(handle, Int32(clamping: source.resolution)) }
      var (degrees, turnConfidence, scriptConfidence): (Int32, Float, Float) = (0, 0, 0)
      var name: UnsafePointer<CChar>?
      let isFound = TessBaseAPIDetectOrientationScript(handle, &degrees, &turnConfidence, &name, &scriptConfidence) != 0
      guard isFound, let name else { return nil }
      // The name is the engine's own, in spite of what its header says of freeing it.
      return ScriptEstimate(
        script: String(cString: name), scriptConfidence: Double(scriptConfidence),
        turn: QuarterTurn(degrees: Int(degrees)), turnConfidence: Double(turnConfidence))
    }
  }
}
