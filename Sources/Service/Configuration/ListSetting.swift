/// Several texts: a list in the file, joined by commas elsewhere.
package struct ListSetting: Setting {
  package let key: String
  package let defaultValue: [String]
  package let help: String
  package let isReloadable: Bool
  package let bound: String
  package let isSecret: Bool
  private let isValid: @Sendable (String) -> Bool

  /// Items of any list.
  private static let most = 1000

  /// - Parameter bound: what `isValid` takes of each item, in words.
  package init(
    _ key: String, default value: [String] = [], bound: String, reloadable: Bool = false, secret: Bool = false,
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

  package var defaultText: String { defaultValue.isEmpty ? "(empty)" : defaultValue.joined(separator: ",") }

  package func read(_ text: String) throws(SettingFailure) -> [String] {
    let items = text.split(separator: ",").map { item in
      String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard items.count <= Self.most else { throw rejected(text) }
    for item in items where !isValid(item) { throw rejected(item) }
    return items
  }
}
