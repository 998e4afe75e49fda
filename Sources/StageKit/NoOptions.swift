/// The options of a stage that has none.
package struct NoOptions: StageOptions {
  package init() {}
  package static var descriptors: [OptionDescriptor] { [] }
}
