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

  private static let limit = 50  // messages: a damaged file can warn at every object
  private static let kept = Mutex<[String]>([])
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
    kept.withLock { messages in
      if messages.count == limit { messages.removeFirst() }
      messages.append(line)
    }
  }
}
