/// The options of one stage: a value with defaults, read by the stage and by nothing else.
///
/// The members' names are the options' names; `descriptors` tells every interface about them. A test holds the two
/// against each other for every stage.
package protocol StageOptions: Codable, Sendable, Hashable {
  /// All defaults.
  init()
  static var descriptors: [OptionDescriptor] { get }
}
