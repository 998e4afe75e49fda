import Escapes
import Foundation
import StageKit

/// Tries the ways out of a worker one by one.
enum EscapeAttempt {
  /// - Throws: `StageFailure` that names what was not refused.
  static func everything(_ context: any StageContext) throws {
    // DATA/tmp/OWNER/worker-1/scratch
    let data = URL(fileURLWithPath: context.scratch + "/../../../..").standardized.path
    var open: [String] = []
    var number: Int32 = 0
    while let name = escapes_name(number).map({ String(cString: $0) }) {
      if escapes_try(name, context.scratch, data) == 0 { open.append(name) }
      number += 1
    }
    // What is allowed must still be possible.
    let file = context.scratch + "/own"
    guard (try? Data("own".utf8).write(to: URL(fileURLWithPath: file))) != nil,
      FileManager.default.contents(atPath: file) == Data("own".utf8)
    else { throw StageFailure(.engineFailed, "The scratch folder is of no use.") }
    guard open.isEmpty else { throw StageFailure(.engineFailed, "Open: " + open.joined(separator: " ")) }
  }
}
