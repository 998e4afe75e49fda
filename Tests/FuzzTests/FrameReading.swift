@testable import WorkerChannel

/// What a worker sends.
enum FrameReading {
  enum Outcome: Equatable {
    case frames([[UInt8]])
    case broken(after: Int)
  }

  static func read(_ pieces: [[UInt8]]) -> Outcome {
    var assembly = FrameAssembly(maximumLength: 1000)
    var frames: [[UInt8]] = []
    do throws(ChannelFailure) {
      for piece in pieces {
        var rest = piece[...]
        repeat {
          _ = try assembly.fill { space in
            let count = min(space.count, rest.count)
            space.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
          }
          if let frame = assembly.takeFrame() { frames.append(frame.bytes) }
        } while !rest.isEmpty
      }
      try assembly.end()
      return .frames(frames)
    } catch { return .broken(after: frames.count) }
  }

  static let samples: [[UInt8]] = [[0, 0, 0, 0], [0, 0, 0, 1, 7], [0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 3], [0, 0, 4, 1]]
}
