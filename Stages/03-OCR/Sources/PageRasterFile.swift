import Contracts
import Leptonica
import StageKit

/// Opens the grey raster that render left of a page.
enum PageRasterFile {
  /// - Throws: `RasterFailure`; `readable` puts it into the words of a stage.
  static func grey(_ raster: PageRaster, _ file: InputFile) throws -> GreyRaster {
    let (pixels, overflow) = raster.width.multipliedReportingOverflow(by: raster.height)
    return try GreyRaster(readingFrom: file.descriptor, pixelLimit: overflow ? 0 : pixels)
  }

  /// - Throws: `StageFailure` with `input_output`, `engine_failed` or `checkpoint_corrupt` for what Leptonica throws.
  static func readable<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let failure as RasterFailure {
      switch failure {
      case .inputOutput(let code):
        throw StageFailure(.inputOutput, "The page's grey raster could not be read (errno \(code)).", retryable: true)
      case .operation: throw StageFailure(.engineFailed, "The page could not be made ready: \(failure).")
      default:
        throw StageFailure(
          .checkpointCorrupt, "The page's grey raster cannot be used: \(failure).", hint: "Run again from render.")
      }
    }
  }
}
