import Glibc

/// Cuts what a child writes to stderr into lines.
struct LogLines {
  /// A line beyond this is told in pieces, bytes: longer than any log line of ours, short enough to keep.
  static let maximumLength = 64 * 1024
  // What a pipe holds: after the end of the child no more than this can be its own.
  private static let pipeCapacity = 64 * 1024

  private let pipe: OwnedDescriptor
  private let deliver: @Sendable ([UInt8]) -> Void
  private var line: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: pipeCapacity)
  /// Whether more can come.
  private(set) var isOpen = true

  /// - Parameter deliver: gets each line without its newline.
  init(reading pipe: OwnedDescriptor, deliver: @escaping @Sendable ([UInt8]) -> Void) throws(ChannelFailure) {
    try pipe.lend { (descriptor) throws(ChannelFailure) in
      let flags = fcntl(descriptor, F_GETFL)
      guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) >= 0 else {
        throw ChannelFailure(.system(call: "fcntl", errno: errno), during: "read a log")
      }
    }
    self.pipe = pipe
    self.deliver = deliver
  }

  /// Tells the lines that have arrived; never waits.
  mutating func pump() {
    let (count, code) = read()
    if count > 0 {
      split(buffer[..<count])
    } else if count == 0 || (code != EAGAIN && code != EINTR) {
      close()
    }
  }

  /// Tells what the ended child left behind, its unfinished line too.
  mutating func finish() {
    // A process that left the group may write on for ever: one full pipe is enough.
    var left = Self.pipeCapacity
    while isOpen, left > 0 {
      let (count, code) = read()
      if count < 0 && code == EINTR { continue }
      guard count > 0 else { break }
      split(buffer[..<count])
      left -= count
    }
    close()
  }

  private mutating func close() {
    guard isOpen else { return }
    isOpen = false
    if !line.isEmpty { deliver(line) }
    line = []
  }

  private mutating func read() -> (count: Int, errno: Int32) {
    // A pipe that was closed or handed on reads as ended.
    (try? pipe.lend { descriptor in
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      return (count, errno)
    }) ?? (0, 0)
  }

  private mutating func split(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<newline])
      deliver(line)
      line.removeAll(keepingCapacity: true)
      rest = rest[(newline + 1)...]
    }
    append(rest)
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while line.count + rest.count > Self.maximumLength {
      let room = Self.maximumLength - line.count
      line += rest.prefix(room)
      deliver(line)
      line.removeAll(keepingCapacity: true)
      rest = rest.dropFirst(room)
    }
    line += rest
  }
}
