/// The typed value that a unit leaves in its checkpoint, or that a document stage leaves for one page.
package protocol StageOutput: Codable, Sendable, SchemaDescribed {
  /// Whose output it is.
  static var stage: StageID { get }
}
