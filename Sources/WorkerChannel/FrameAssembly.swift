/// The frame that is coming in: as much of its header and body as has been received.
///
/// It never asks for bytes beyond the present frame, so a descriptor always belongs to the frame it came with.
struct FrameAssembly: ~Copyable {
  private static let headerLength = 4

  private let maximumLength: Int
  private let header = FrameBuffer()
  private let body = FrameBuffer()
  /// Length of the body, once the header is complete.
  private var announced: Int?
  private var descriptor: OwnedDescriptor?
  /// What made the stream unreadable for good.
  private(set) var failure: ChannelFailure?

  init(maximumLength: Int) { self.maximumLength = maximumLength }

  /// Lets `receive` fill the part that comes next; it returns how many bytes it wrote there.
  mutating func fill(_ receive: (UnsafeMutableRawBufferPointer) -> Int) throws(ChannelFailure) -> Int {
    if let announced {
      let count = receive(body.space(upTo: announced))
      body.advance(count)
      return count
    }
    let count = receive(header.space(upTo: Self.headerLength))
    header.advance(count)
    if header.count == Self.headerLength { announced = try readLength() }
    return count
  }

  /// Keeps the descriptor that came with this frame.
  mutating func attach(_ arrived: OwnedDescriptor) throws(ChannelFailure) {
    guard descriptor == nil else { throw fail(.descriptorLost, hint: "a frame carries one descriptor") }
    descriptor = arrived
  }

  /// The frame, if it is complete; the next one may then come in.
  mutating func takeFrame() -> Frame? {
    guard body.count == announced else { return nil }
    announced = nil
    defer { descriptor = nil }
    return Frame(bytes: body.take(), descriptor: descriptor)
  }

  /// Judges the end of the stream: fine between frames, a failure inside one.
  mutating func end() throws(ChannelFailure) {
    if let announced {
      let length = Self.headerLength
      throw fail(.endedMidFrame(received: length + body.count, expected: length + announced))
    }
    if header.count > 0 { throw fail(.endedMidFrame(received: header.count, expected: Self.headerLength)) }
  }

  /// Remembers that nothing that follows can be read.
  mutating func fail(_ code: ChannelFailure.Code, hint: String? = nil) -> ChannelFailure {
    let failure = ChannelFailure(code, during: "receive a frame", hint: hint)
    self.failure = failure
    body.clear()
    descriptor = nil
    return failure
  }

  private mutating func readLength() throws(ChannelFailure) -> Int {
    let length = header.take().reduce(0) { $0 << 8 | Int($1) }
    guard length <= maximumLength else {
      throw fail(
        .frameTooLong(length: length, maximum: maximumLength), hint: "the peer does not speak this protocol")
    }
    return length
  }
}
