import StageKit

/// One option, so that reruns have something to change.
struct EchoOptions: StageOptions {
  var suffix = ""

  static var descriptors: [OptionDescriptor] { [.text("suffix", "", "What is put after the text.")] }
}
