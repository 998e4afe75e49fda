import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension StageFailure {
  /// What a system call on the data folder failed with: worth another try, for the disk may recover or be given room.
  ///
  /// - Parameter what: what could not be done, as in "A result could not be published".
  static func system(_ code: Int32, _ what: String) -> StageFailure {
    switch code {
    case ENOSPC, EDQUOT:
      StageFailure(.outOfDisk, "\(what): no room is left.", hint: "Free some space and resume.", retryable: true)
    default:
      StageFailure(.inputOutput, "\(what): \(String(cString: strerror(code))).", retryable: true)
    }
  }
}
