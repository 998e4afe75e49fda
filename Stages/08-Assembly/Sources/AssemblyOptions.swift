import CanonicalJSON
import StageKit

/// The options of assembly.
package struct AssemblyOptions: StageOptions {
  /// Whether words that a line break divided are joined.
  package var joinHyphens = true

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [.flag("joinHyphens", true, "Join words that a line-break hyphen divided.")]
  }
}
