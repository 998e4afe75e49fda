import Checkpoints

/// What came of importing a bundle.
package struct BundleAdoption: Codable, Sendable, Hashable {
  package let job: JobID
  package let name: String
  /// False where the data folder had the very same job already.
  package let isNew: Bool
  package let units: Int
  /// Results that the data folder had already, of another job with the same keys.
  package let shared: Int

  package init(job: JobID, name: String, isNew: Bool, units: Int, shared: Int) {
    self.job = job
    self.name = name
    self.isNew = isNew
    self.units = units
    self.shared = shared
  }
}
