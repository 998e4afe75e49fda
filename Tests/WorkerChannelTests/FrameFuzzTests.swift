import TestSupport
import Testing

@testable import WorkerChannel

@Suite("Fuzzed: frames of a worker")
struct FrameFuzzTests {
  private enum Outcome: Equatable {
    case frames([[UInt8]])
    case broken(after: Int)
  }

  private func read(_ pieces: [ArraySlice<UInt8>], limit: Int) -> Outcome {
    var assembly = FrameAssembly(maximumLength: limit)
    var frames: [[UInt8]] = []
    do throws(ChannelFailure) {
      for piece in pieces {
        var rest = piece
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

  @Test("give the same frames however they are cut, or a failure")
  func anyBytes() {
    func frame(_ bytes: [UInt8]) -> [UInt8] {
      let length = UInt32(bytes.count)
      return [UInt8(length >> 24), UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255)] + bytes
    }
    let samples = [frame([]), frame([1]), frame(Array(repeating: 7, count: 300)), frame([1, 2]) + frame([3])]
    for seed in ByteMutation.seeds {
      var mutation = ByteMutation(seed: seed)
      let bytes = mutation.mutate(samples)
      #expect(read([bytes[...]], limit: 1000) == read(mutation.pieces(of: bytes), limit: 1000), "seed \(seed)")
    }
  }
}
