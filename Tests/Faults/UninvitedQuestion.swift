import CanonicalJSON
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// What a worker that a document has taken over would send: a question of its own, past everything that would not ask it.
enum UninvitedQuestion {
  static func send() throws {
    let question = WorkerMessage.ask(question: .words(prompt: "secrets of the document", schema: nil, picture: nil))
    let body = try CanonicalEncoder().encode(question)
    let frame = withUnsafeBytes(of: UInt32(body.count).bigEndian) { Array($0) } + body
    let channel = WorkerProcessSetup.channelDescriptor
    guard write(channel, frame, frame.count) == frame.count else { throw refused("could not be sent") }
    let header = try read(4, from: channel)
    let length = header.reduce(0) { $0 << 8 | Int($1) }
    let answer = try CanonicalDecoder().decode(EngineMessage.self, from: read(length, from: channel))
    guard case .refused(let failure) = answer, failure.code == .modelRefused else { throw refused("was answered") }
  }

  private static func read(_ count: Int, from descriptor: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var piece = [UInt8](repeating: 0, count: count - bytes.count)
      let got = Glibc.read(descriptor, &piece, piece.count)
      guard got > 0 else { throw refused("had no answer") }
      bytes += piece.prefix(got)
    }
    return bytes
  }

  private static func refused(_ what: String) -> StageFailure {
    StageFailure(.engineFailed, "The uninvited question \(what).")
  }
}
