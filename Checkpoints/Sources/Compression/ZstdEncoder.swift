import CZstd
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Writes one frame of Zstandard with a checksum, in steps that do not grow with it.
///
/// Used from one thread.
final class ZstdEncoder {
  /// Five times smaller on checkpoints, at half a gigabyte a second; higher levels gain little on such text.
  private static let level: Int32 = 1

  private let context: OpaquePointer
  private let output: UnsafeMutableRawBufferPointer
  private let what: String

  /// - Parameters:
  ///   - length: bytes that will be written.
  ///   - what: what fails where this fails.
  init(length: Int, or what: String) throws(StageFailure) {
    guard let context = ZSTD_createCCtx() else { throw .system(ENOMEM, what) }
    self.context = context
    output = .allocate(byteCount: ZSTD_CStreamOutSize(), alignment: 16)
    self.what = what
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1))
    try check(ZSTD_CCtx_setPledgedSrcSize(context, UInt64(length)))
  }

  deinit {
    output.deallocate()
    ZSTD_freeCCtx(context)
  }

  /// - Parameter body: takes what came out so far.
  func write(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(StageFailure) -> Void
  ) throws(StageFailure) {
    try run(bytes, ZSTD_e_continue, body)
  }

  /// Ends the frame.
  func finish(_ body: (UnsafeRawBufferPointer) throws(StageFailure) -> Void) throws(StageFailure) {
    try run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end, body)
  }

  private func run(
    _ bytes: UnsafeRawBufferPointer, _ step: ZSTD_EndDirective,
    _ body: (UnsafeRawBufferPointer) throws(StageFailure) -> Void
  ) throws(StageFailure) {
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
      let rest = try check(ZSTD_compressStream2(context, &target, &input, step))
      if target.pos > 0 { try body(UnsafeRawBufferPointer(rebasing: output[..<target.pos])) }
      if step == ZSTD_e_end ? rest == 0 : input.pos == input.size { return }
    }
  }

  @discardableResult
  private func check(_ code: Int) throws(StageFailure) -> Int {
    guard ZSTD_isError(code) == 0 else {
      throw StageFailure(.inputOutput, "\(what): \(String(cString: ZSTD_getErrorName(code))).", retryable: true)
    }
    return code
  }
}
