import StageKit

/// Whether a stage asks the model that is configured.
struct EchoModelOptions: StageOptions {
  var ask = true

  static var descriptors: [OptionDescriptor] { [.flag("ask", true, "Ask.")] }
}
