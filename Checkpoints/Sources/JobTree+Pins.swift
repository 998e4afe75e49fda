import CanonicalJSON
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension JobTree {
  /// Writes a pin atomically and durably.
  package func write(_ pin: PinRecord) throws {
    try create()
    if try Folder.create(path + "/pins") { try Folder.sync(path) }
    try AtomicFile(pinPath(of: pin.unit)).write(CanonicalEncoder().encode(pin) + [UInt8(ascii: "\n")])
  }

  /// All pins of the job, by file name.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` for one that cannot be understood.
  package func pins() throws -> [PinRecord] {
    try Folder.names(in: path + "/pins").filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.compactMap { name in
      guard let bytes = try AtomicFile(path + "/pins/" + name).read() else { return nil }
      do {
        return try CanonicalDecoder().decode(PinRecord.self, from: bytes)
      } catch {
        throw StageFailure(.checkpointCorrupt, "The pin \(name) of job \(job) cannot be read: \(error)")
      }
    }
  }

  /// Removes a unit's pin; none there is no error.
  package func removePin(of unit: UnitID) throws {
    guard unlink(pinPath(of: unit)) == 0 || errno == ENOENT else {
      throw StageFailure.system(errno, "A pin could not be removed")
    }
    guard FileIdentity(path + "/pins") != nil else { return }
    try Folder.sync(path + "/pins")
  }
}
