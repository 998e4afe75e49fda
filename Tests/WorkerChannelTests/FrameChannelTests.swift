import CLinux
import Glibc
import Testing
import WorkerChannel

@Suite(.timeLimit(.minutes(10)))
struct FrameChannelTests {
  @Test("a frame arrives as it was sent", arguments: [0, 1, 4, 65_535, 65_536, 65_537, 1_048_576, 5_000_000])
  func roundTrip(length: Int) async throws {
    let (left, right) = try FrameChannel.pair()
    let bytes = Bytes.pattern(length, seed: UInt64(length))
    // A frame beyond the socket's buffer needs a reader while it is sent.
    async let sent: Void = Blocking.run { try left.send(bytes) }
    let received = try await Blocking.run { try right.receive() }
    #expect(Bytes.areEqual(try #require(received).bytes, bytes))
    try await sent
  }

  @Test("a descriptor arrives with its frame and with no other")
  func descriptorBelongsToItsFrame() throws {
    let (left, right) = try FrameChannel.pair()
    let pipe = Descriptors.pipe()
    try left.send([1])
    try left.send(Bytes.pattern(100_000, seed: 2), descriptor: pipe.writing)
    try left.send([], descriptor: pipe.writing)
    try left.send([3])
    pipe.writing.close()

    #expect(try right.receive()?.descriptor == nil)
    let second = try #require(try right.receive())
    let third = try #require(try right.receive())
    #expect(try right.receive()?.descriptor == nil)
    #expect(second.bytes.count == 100_000)
    #expect(third.bytes.isEmpty)
    for frame in [second, third] {
      try #require(frame.descriptor).withDescriptor { number in
        #expect(write(number, "x", 1) == 1)
        #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
      }
      frame.descriptor?.close()
    }
    #expect(try Descriptors.readAll(pipe.reading) == "xx")
  }

  @Test("a descriptor that nobody takes is closed")
  func unreadDescriptorIsClosed() throws {
    let pipe = Descriptors.pipe()
    let identity = try pipe.writing.withDescriptor { FileIdentity($0) }
    do {
      let (left, right) = try FrameChannel.pair()
      try left.send([1], descriptor: pipe.writing)
      try left.send([2], descriptor: pipe.writing)
      pipe.writing.close()
      _ = try right.receive()
      // The second one dies inside the socket.
    }
    #expect(Descriptors.countReferring(to: try #require(identity)) == 1, "only the reading end is left")
    #expect(try Descriptors.readAll(pipe.reading) == "")
  }

  @Test("a taken descriptor outlives its frame")
  func takenDescriptorStaysOpen() throws {
    let (left, right) = try FrameChannel.pair()
    let pipe = Descriptors.pipe()
    try left.send([1], descriptor: pipe.writing)
    let number = try #require(try right.receive()?.descriptor?.take())
    #expect(fcntl(number, F_GETFD) >= 0)
    close(number)
  }

  @Test("more than one descriptor in a frame is refused, and none of them stays open")
  func tooManyDescriptors() throws {
    let (raw, channel) = try rawPair()
    let pipe = Descriptors.pipe()
    let identity = try #require(try pipe.writing.withDescriptor { FileIdentity($0) })
    try raw.withDescriptor { raw in
      try pipe.writing.withDescriptor { writing in
        #expect(clinux_send(raw, [0, 0, 0, 2] as [UInt8], 4, [1] as [UInt8], 1, writing) == 5)
        #expect(clinux_send(raw, [1] as [UInt8], 1, nil, 0, writing) == 1)
      }
    }
    #expect(code { _ = try channel.receive() } == .descriptorLost)
    #expect(Descriptors.countReferring(to: identity) == 2, "the pipe's own two ends")
  }

  @Test(
    "the end of the stream is clean between frames and a failure inside one",
    arguments: [
      ([], nil), ([0, 0, 0, 1, 7], nil),
      ([0, 0], ChannelFailure.Code.endedMidFrame(received: 2, expected: 4)),
      ([0, 0, 0, 3, 7], .endedMidFrame(received: 5, expected: 7)),
    ] as [([UInt8], ChannelFailure.Code?)])
  func endOfStream(bytes: [UInt8], failure: ChannelFailure.Code?) throws {
    let (raw, channel) = try rawPair()
    _ = raw.take().map {
      write($0, bytes, bytes.count); close($0)
    }
    let outcome = code { while try channel.receive() != nil {} }
    #expect(outcome == failure)
    #expect(code { _ = try channel.receive() } == failure, "asked again, it says the same")
  }

  @Test("an oversized length is refused before its bytes come, and for good")
  func oversizedLength() throws {
    let (raw, channel) = try rawPair(maximumFrameLength: 1000)
    try raw.withDescriptor { _ = write($0, [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0] as [UInt8], 8) }
    let expected = ChannelFailure.Code.frameTooLong(length: 0xffff_ffff, maximum: 1000)
    #expect(code { _ = try channel.receive() } == expected)
    #expect(code { _ = try channel.receive() } == expected)
    #expect(code { try channel.send(Bytes.pattern(1001, seed: 1)) } == .frameTooLong(length: 1001, maximum: 1000))
    try channel.send(Bytes.pattern(1000, seed: 1))
  }

  @Test("a deadline ends the waiting and keeps what has come of a frame")
  func deadlineKeepsPartialFrame() throws {
    let (raw, channel) = try rawPair()
    try raw.withDescriptor { raw in
      _ = write(raw, [0, 0, 0, 2, 5] as [UInt8], 5)
      let before = ContinuousClock.now
      #expect(code { _ = try channel.receive(deadline: before + .milliseconds(30)) } == .deadlinePassed)
      #expect(ContinuousClock.now - before >= .milliseconds(30))
      _ = write(raw, [6] as [UInt8], 1)
    }
    #expect(try channel.receive()?.bytes == [5, 6])
  }

  @Test("a send abandoned inside a frame spoils the stream, one before its first byte does not")
  func abandonedSend() throws {
    let (left, right) = try FrameChannel.pair()
    let large = Bytes.pattern(2_000_000, seed: 1)
    #expect(code { try left.send(large, deadline: .now + .milliseconds(20)) } == .deadlinePassed)
    #expect(code { try left.send([1]) } == .brokenStream)
    withExtendedLifetime(right) {}

    let (full, other) = try FrameChannel.pair()
    let outcome = code { while true { try full.send([7], deadline: .now + .milliseconds(20)) } }
    #expect(outcome == .deadlinePassed)
    #expect(try other.receive()?.bytes == [7])
    while code({ _ = try other.receive(deadline: .now) }) == nil {}
    try full.send([8])
    #expect(try other.receive()?.bytes == [8])
  }

  @Test("sending to a closed end is a failure, not a signal")
  func closedPeer() throws {
    let (raw, channel) = try rawPair()
    raw.close()
    #expect(code { try channel.send([1]) } == .peerClosed)
  }

  @Test("a peer that closes with frames unread still ends cleanly after what it sent")
  func resetAfterFrames() throws {
    let (raw, channel) = try rawPair()
    try channel.send([1, 2, 3])
    _ = raw.take().map {
      write($0, [0, 0, 0, 1, 9] as [UInt8], 5); close($0)
    }
    #expect(try channel.receive()?.bytes == [9])
    #expect(try channel.receive() == nil)
  }

  @Test("ending the sending is a clean end for the peer, whose answers still come")
  func endSending() throws {
    let (left, right) = try FrameChannel.pair()
    try left.send([1])
    left.endSending()
    #expect(try right.receive()?.bytes == [1])
    #expect(try right.receive() == nil)
    try right.send([2])
    #expect(try left.receive()?.bytes == [2])
  }

  @Test("frames of many senders never mix")
  func concurrentSenders() async throws {
    let (left, right) = try FrameChannel.pair()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for sender in 0..<4 {
        group.addTask {
          try await Blocking.run {
            for turn in 0..<50 {
              try left.send(Bytes.uniform(UInt8(sender), count: 1 + (turn * 7919) % 60_000))
            }
          }
        }
      }
      group.addTask {
        try await Blocking.run {
          for _ in 0..<200 {
            let bytes = try #require(try right.receive()).bytes
            #expect(Bytes.areEqual(bytes, Bytes.uniform(bytes[0], count: bytes.count)))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// A raw socket and a channel at its other end.
  private func rawPair(
    maximumFrameLength: Int = FrameChannel.defaultMaximumFrameLength
  ) throws -> (OwnedDescriptor, FrameChannel) {
    var ends: [Int32] = [-1, -1]
    try #require(clinux_socket_pair(&ends) == 0)
    let channel = FrameChannel(
      adopting: OwnedDescriptor(adopting: ends[1]), maximumFrameLength: maximumFrameLength)
    return (OwnedDescriptor(adopting: ends[0]), channel)
  }

  private func code(_ body: () throws -> Void) -> ChannelFailure.Code? {
    do {
      try body()
      return nil
    } catch {
      let failure = error as? ChannelFailure
      #expect(failure != nil, "\(error)")
      return failure?.code
    }
  }
}
