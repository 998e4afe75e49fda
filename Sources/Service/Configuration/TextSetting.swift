/// A text of a form that the setting itself checks.
package struct TextSetting: Setting {
  package let key: String
  package let defaultValue: String
  package let help: String
  package let isReloadable: Bool
  package let bound: String
  package let isSecret: Bool
  private let isValid: @Sendable (String) -> Bool

  /// - Parameter bound: what `isValid` takes, in words.
  package init(
    _ key: String, default value: String, bound: String, reloadable: Bool = false, secret: Bool = false,
    _ help: String,
    isValid: @escaping @Sendable (String) -> Bool = { _ in true }
  ) {
    self.key = key
    defaultValue = value
    self.help = help
    self.bound = bound
    isSecret = secret
    isReloadable = reloadable
    self.isValid = isValid
  }

  package var defaultText: String { defaultValue.isEmpty ? "(empty)" : defaultValue }

  package func read(_ text: String) throws(SettingFailure) -> String {
    guard text.utf8.count <= 4096, isValid(text) else { throw rejected(text) }
    return text
  }
}
