import CLeptonica
import Synchronization

/// What Leptonica would have printed on standard error, kept instead.
package enum LeptonicaMessages {
  /// Keeps the library from writing to standard error; every way into this module calls it.
  ///
  /// libpng and libjpeg print some warnings past Leptonica; only the worker's own standard error can hold those.
  static func capture() { _ = installed }

  /// The messages since the last call, oldest first, at most `limit` of them.
  package static func take() -> [String] {
    kept.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }

  /// The newest message, for an error's detail; forgets the others.
  static func takeLast() -> String { take().last ?? "no message" }

  private static let limit = 50  // messages: a damaged image can warn for each of its rows
  private static let kept = Mutex<[String]>([])
  private static let installed: Void = leptSetStderrHandler { message in
    guard let message else { return }
    let line = String(cString: message)
    LeptonicaMessages.keep(line.last == "\n" ? String(line.dropLast()) : line)
  }

  private static func keep(_ line: String) {
    kept.withLock { messages in
      if messages.count == limit { messages.removeFirst() }
      messages.append(line)
    }
  }
}
