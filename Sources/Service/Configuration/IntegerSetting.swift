/// A whole number between bounds.
package struct IntegerSetting: Setting {
  package let key: String
  package let defaultValue: Int
  package let range: ClosedRange<Int>
  /// Of the number: `jobs`, `seconds`, `MiB`.
  package let unit: String
  package let help: String
  package let isReloadable: Bool
  /// How the default comes about where the machine decides: `one per core`.
  private let origin: String?

  package init(
    _ key: String, default value: Int, in range: ClosedRange<Int>, unit: String, reloadable: Bool = false,
    origin: String? = nil, _ help: String
  ) {
    self.key = key
    defaultValue = value
    self.range = range
    self.unit = unit
    self.help = help
    isReloadable = reloadable
    self.origin = origin
  }

  package var defaultText: String { origin ?? String(defaultValue) }

  package var bound: String { "\(range.lowerBound) to \(range.upperBound) \(unit)" }

  package func read(_ text: String) throws(SettingFailure) -> Int {
    guard let value = Int(text), range.contains(value) else { throw rejected(text) }
    return value
  }
}
