/// One of the fifteen steps: a pure function from what stands upstream and its options to one artifact.
package protocol Stage {
  associatedtype Input: UpstreamNeeds
  associatedtype Options: StageOptions
  associatedtype Output: StageOutput

  static var id: StageID { get }
  /// Grows whenever the same input would yield other bytes.
  static var version: Int { get }
  static var scope: StageScope { get }
  /// For export: the one format this type makes.
  static var format: ExportFormat? { get }
  /// Versions of the native engines and digests of shipped rules and language data: all that enters the key besides input and options.
  static func ingredients() throws -> StageIngredients
  /// Which of its options have it ask a language model.
  static var consults: ModelConsultation { get }

  init()

  func run(_ input: Input, options: Options, context: any StageContext) throws -> Output
}

extension Stage {
  package static var id: StageID { Output.stage }
  package static var format: ExportFormat? { nil }
  package static func ingredients() throws -> StageIngredients { StageIngredients() }
  package static var consults: ModelConsultation { .none }
}
