import StageKit

/// One thing that a unit waits for and that stands in its order.
struct UpstreamReference: Hashable {
  /// As it stands in the order: a unit, or a document stage's part over a page.
  let name: UnitID
  /// The unit whose end settles it.
  let owner: UnitID
  let isOptional: Bool
}
