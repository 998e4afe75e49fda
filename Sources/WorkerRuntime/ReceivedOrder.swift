import StageKit
import WorkerChannel

/// An order, and what came with it.
struct ReceivedOrder {
  let order: UnitOrder
  /// The empty file for the unit's own checkpoint, which every unit leaves; nil where it has to be asked for.
  let checkpoint: OwnedDescriptor?
}
