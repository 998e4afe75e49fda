extension Settings {
  package static let documentSize = IntegerSetting(
    "limits.document", default: 2_048, in: 1...1_048_576, unit: "MiB",
    "Size of a document at most; beyond it the answer is 413.")

  package static let uploads = IntegerSetting(
    "limits.uploads", default: 256, in: 1...100_000, unit: "uploads", reloadable: true,
    "Uploads at once; more are refused with overloaded.")

  package static let freeDisk = IntegerSetting(
    "limits.free_disk", default: 1_024, in: 16...1_048_576, unit: "MiB", reloadable: true,
    "Room that an upload must leave on the disk; else the answer is 507.")

  package static let bodyStall = IntegerSetting(
    "limits.body_stall", default: 15, in: 1...3_600, unit: "seconds",
    "For how long a request's body may stop arriving; then the answer is 408.")

  static let limits: [any Setting] = [documentSize, uploads, freeDisk, bodyStall]
}
