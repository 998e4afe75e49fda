extension Settings {
  package static let retentionDays = IntegerSetting(
    "retention.days", default: 30, in: 0...36_500, unit: "days", reloadable: true,
    "Age at which finished jobs and their documents are removed, counted from their end; 0 keeps them for good.")

  package static let keepsPinned = FlagSetting(
    "retention.keep_pinned", default: true, reloadable: true,
    "Whether jobs with checkpoints that a person edited stay, however old.")

  package static let lowDisk = IntegerSetting(
    "retention.low_disk", default: 4_096, in: 0...10_485_760, unit: "MiB", reloadable: true,
    """
    With less room than this on the disk, page images of finished jobs are removed, the oldest jobs first; 0 keeps \
    them.
    """)

  static let retention: [any Setting] = [retentionDays, keepsPinned, lowDisk]
}
