import StageKit

/// A page of the job that could not be read.
package struct MissingPage: Codable, Sendable, Hashable, SchemaDescribed {
  /// From 1.
  package let page: Int
  package let code: GapCode

  package init(page: Int, code: GapCode) {
    self.page = page
    self.code = code
  }

  package static let schema = Schema.object(
    "A page that could not be read.",
    [.required("page", .integer("From 1.", minimum: 1)), .required("code", .cases(GapCode.self, "Why."))])
}
