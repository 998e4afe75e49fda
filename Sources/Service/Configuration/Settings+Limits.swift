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

  package static let unitTime = IntegerSetting(
    "limits.unit_time", default: 60, in: 1...86_400, unit: "CPU seconds",
    "What one page may take in one stage, and a document in one beside a second for each page; then timed_out.")

  package static let unitMemory = IntegerSetting(
    "limits.unit_memory", default: 1_024, in: 128...1_048_576, unit: "MiB",
    "Memory that one page may take in one stage, a whole document twice as much; beyond it out_of_memory.")

  package static let jobTime = IntegerSetting(
    "limits.job_time", default: 86_400, in: 1...31_536_000, unit: "CPU seconds",
    "What all stages of a job may take together; then it is paused with timed_out.")

  package static let outputSize = IntegerSetting(
    "limits.output", default: 4_096, in: 16...1_048_576, unit: "MiB",
    "Size of the files that a unit makes, one or all together; beyond it output_too_large.")

  static let limits: [any Setting] = [
    documentSize, uploads, freeDisk, bodyStall, unitTime, unitMemory, jobTime, outputSize,
  ]
}
