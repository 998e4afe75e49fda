import CanonicalJSON
import Checkpoints
import StageKit

extension JobManifest {
  /// The overrides that hold for the job's units, its name before its own: exports link to files beside them, which are
  /// delivered under it.
  var effectiveOverrides: [OptionOverride] {
    [OptionOverride(stage: .export, option: "name", value: .string(name))] + settings.overrides
  }
}
