import DocumentModel
import StageKit

/// The regions of one page: conclusions only, so that a change elsewhere in the document leaves them as they are.
package struct RegionsPage: StageOutput, Hashable {
  package static let stage = StageID.regions

  /// In reading order as far as one page tells; every line of the layout is in exactly one.
  package let regions: [Region]

  package init(regions: [Region]) { self.regions = regions }

  package static let schema = Schema.object(
    "The regions of one page.", [.required("regions", .list(Region.self, "Regions, in reading order."))])
}
