import CZstd
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Reads a file of Zstandard's frames to its end, in steps that do not grow with it.
enum ZstdDecoder {
  /// Bytes that a frame may want to look back at, as a power of two: more than our own writer ever asks for, and a bound
  /// on what a damaged file makes its reader hold.
  private static let window: Int32 = 23

  /// - Parameters:
  ///   - length: bytes that have to come out.
  ///   - body: takes each step.
  /// - Returns: false where the file is damaged; what was given to `body` until then is worth nothing.
  static func run(
    from descriptor: Int32, length: Int, or what: String,
    _ body: (UnsafeRawBufferPointer) throws(StageFailure) -> Void
  ) throws(StageFailure) -> Bool {
    guard let context = ZSTD_createDCtx() else { throw .system(ENOMEM, what) }
    defer { ZSTD_freeDCtx(context) }
    guard ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, window)) == 0 else {
      throw StageFailure(.inputOutput, "\(what): the decompressor refuses its settings.")
    }
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: ZSTD_DStreamInSize(), alignment: 16)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: ZSTD_DStreamOutSize(), alignment: 16)
    defer {
      input.deallocate()
      output.deallocate()
    }
    var (rest, isEndOfFrame) = (length, false)
    while true {
      let count = read(descriptor, input.baseAddress, input.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .system(errno, what)
      }
      if count == 0 { return isEndOfFrame && rest == 0 }
      var source = ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
      var isFull = false
      // An output that came out full may not have been all of it.
      while source.pos < source.size || isFull {
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let hint = ZSTD_decompressStream(context, &target, &source)
        guard ZSTD_isError(hint) == 0, target.pos <= rest else { return false }
        rest -= target.pos
        isEndOfFrame = hint == 0
        // Zero says that all of the frame is out.
        isFull = hint != 0 && target.pos == target.size
        if target.pos > 0 { try body(UnsafeRawBufferPointer(rebasing: output[..<target.pos])) }
      }
    }
  }
}
