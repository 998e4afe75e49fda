import CanonicalJSON

extension OptionDescriptor {
  package static func flag(_ name: String, _ value: Bool, _ help: String) -> OptionDescriptor {
    OptionDescriptor(name: name, kind: .flag, default: .bool(value), help: help)
  }

  package static func integer(_ name: String, _ value: Int, _ range: ClosedRange<Int>, _ help: String)
    -> OptionDescriptor
  {
    OptionDescriptor(
      name: name, kind: .integer, default: .integer(Int64(value)), help: help, minimum: Double(range.lowerBound),
      maximum: Double(range.upperBound))
  }

  package static func number(_ name: String, _ value: Double, _ range: ClosedRange<Double>, _ help: String)
    -> OptionDescriptor
  {
    OptionDescriptor(
      name: name, kind: .number, default: .number(value), help: help, minimum: range.lowerBound,
      maximum: range.upperBound)
  }

  package static func text(_ name: String, _ value: String, _ help: String) -> OptionDescriptor {
    OptionDescriptor(name: name, kind: .text, default: .string(value), help: help)
  }

  package static func choice<E: CaseIterable & RawRepresentable>(_ name: String, _ value: E, _ help: String)
    -> OptionDescriptor where E.RawValue == String
  {
    OptionDescriptor(
      name: name, kind: .choice, default: .string(value.rawValue), help: help, choices: E.allCases.map(\.rawValue))
  }

  package static func list(_ name: String, _ values: [String], choices: [String]? = nil, _ help: String)
    -> OptionDescriptor
  {
    OptionDescriptor(name: name, kind: .list, default: .array(values.map { .string($0) }), help: help, choices: choices)
  }
}
