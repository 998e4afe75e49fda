import CanonicalJSON
import StageKit
import Testing

@Suite("An option")
struct OptionDescriptorTests {
  enum Mode: String, CaseIterable { case auto, always, never }

  private static let descriptors: [OptionDescriptor] = [
    .flag("flag", false, "A flag."), .integer("integer", 5, 1...10, "An integer."),
    .number("number", 0.5, 0...1, "A number."), .text("text", "", "A text."), .choice("choice", Mode.auto, "A choice."),
    .list("list", ["eng"], "A list."),
  ]

  @Test(
    "is read as it is typed",
    arguments: [
      ("flag", "on", JSONValue.bool(true)), ("flag", "FALSE", .bool(false)), ("integer", "7", .integer(7)),
      ("number", "0.25", .number(0.25)), ("text", "a=b c", .string("a=b c")), ("choice", "never", .string("never")),
      ("list", "eng+deu", JSONValue.array(["eng", "deu"])), ("list", "eng,deu", .array(["eng", "deu"])),
    ])
  func typed(name: String, text: String, value: JSONValue) throws {
    #expect(try Self.descriptor(name).parse(text, stage: .ocr) == value)
  }

  @Test(
    "that cannot be is refused with what can",
    arguments: [
      ("flag", "maybe", "on or off"), ("integer", "11", "1 to 10"), ("integer", "2.5", "whole number"),
      ("number", "nan", "a number"), ("number", "-0.1", "0 to 1"), ("choice", "nevr", "Did you mean never?"),
      ("list", "", "at least one"),
    ])
  func refused(name: String, text: String, hint: String) {
    #expect {
      try Self.descriptor(name).parse(text, stage: .ocr)
    } throws: { error in
      let failure = error as? StageFailure
      return failure?.code == .invalidOption && failure?.hint?.contains(hint) == true
        && failure?.message.contains("ocr.\(name)") == true
    }
  }

  @Test("takes a whole number where a number is wanted, and never the other way")
  func numbers() throws {
    #expect(try Self.descriptor("number").checked(.integer(1), stage: .ocr) == .number(1))
    #expect(throws: StageFailure.self) { try Self.descriptor("integer").checked(.number(1.5), stage: .ocr) }
  }

  private static func descriptor(_ name: String) throws -> OptionDescriptor {
    try #require(descriptors.first { $0.name == name })
  }
}
