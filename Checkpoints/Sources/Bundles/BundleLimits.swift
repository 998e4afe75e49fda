/// How much a stranger's bundle may unpack to.
package struct BundleLimits: Codable, Sendable, Hashable {
  package let manifestBytes: Int
  package let fileBytes: Int
  package let totalBytes: Int

  package init(manifestBytes: Int, fileBytes: Int, totalBytes: Int) {
    self.manifestBytes = manifestBytes
    self.fileBytes = fileBytes
    self.totalBytes = totalBytes
  }

  /// For an archive of so many bytes.
  package init(archiveBytes: Int) {
    let (product, overflow) = archiveBytes.multipliedReportingOverflow(by: Self.densest)
    totalBytes = min(overflow ? .max : product, Self.most - Self.slack) + Self.slack
    fileBytes = totalBytes
    manifestBytes = min(totalBytes, 64 << 20)  // 250,000 files: a job of some thousand pages has a tenth of that
  }

  /// Scans and JSON shrink to a thirtieth; what claims much more is a bomb.
  private static let densest = 200
  /// Bytes that even the smallest bundle may unpack to: a thousand page images of blank pages, which shrink to nothing.
  private static let slack = 4 << 30
  private static let most = 1 << 40
}
