import StageKit

/// What the engine says to a worker that packs or unpacks a bundle.
package enum BundleAnswer: Codable, Sendable, Hashable {
  case unpack(limits: BundleLimits)
  case pack
  /// The descriptor that was asked for travels with this frame.
  case granted
  case refused(failure: StageFailure)
}

/// What such a worker says to the engine.
package enum BundleRequest: Codable, Sendable, Hashable {
  /// Once, when it can take its task.
  case ready(protocol: Int)
  /// Asks for the bundle itself: for reading where it unpacks, empty and for writing where it packs.
  case bundle
  /// Asks for a file to pack.
  case input(path: BundlePath)
  /// Asks for an empty file to unpack into.
  case output(path: BundlePath)
  case finished(files: Int, bytes: Int)
  case failed(failure: StageFailure)
}
