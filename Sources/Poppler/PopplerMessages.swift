import CPoppler
import Synchronization

/// What Poppler, cairo and GLib would have printed, kept instead: syntax warnings, repairs, failed assertions.
package enum PopplerMessages {
  /// Installs GLib's default handler once for the process; opening a document does it.
  static func capture() { _ = installed }

  /// The messages since the last call, oldest first, at most `limit` of them.
  package static func take() -> [String] {
    kept.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }

  /// Whether, while the body drew on this thread, a font was too damaged for it: Poppler tells of it in no other way.
  static func tellOfUnreadableFont(_ body: () -> Void) -> Bool {
    let thread = pthread_self()
    unreadableFont.withLock { $0[thread] = false }
    body()
    return unreadableFont.withLock { $0.removeValue(forKey: thread) } ?? false
  }

  private static let limit = 50  // messages: a damaged file can warn at every object
  private static let kept = Mutex<[String]>([])
  /// An entry for each thread that draws.
  private static let unreadableFont = Mutex<[pthread_t: Bool]>([:])
  private static let unreadableFontTexts = [
    "could not create type1 face", "could not create cid face", "could not create cid (OT) face",
    "could not create truetype face", "failed to load truetype font",
  ]
  private static let installed: Void = {
    _ = g_log_set_default_handler(
      { _, _, message, _ in
        if let message { PopplerMessages.keep(String(cString: message)) }
      }, nil)
    _ = g_set_printerr_handler { message in
      if let message { PopplerMessages.keep(String(cString: message)) }
    }
  }()

  private static func keep(_ line: String) {
    if unreadableFontTexts.contains(where: line.contains) {
      unreadableFont.withLock { threads in
        if threads[pthread_self()] != nil { threads[pthread_self()] = true }
      }
    }
    kept.withLock { messages in
      if messages.count == limit { messages.removeFirst() }
      messages.append(line)
    }
  }
}
