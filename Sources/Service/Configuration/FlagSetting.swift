/// On or off.
package struct FlagSetting: Setting {
  package let key: String
  package let defaultValue: Bool
  package let help: String
  package let isReloadable: Bool

  package init(_ key: String, default value: Bool, reloadable: Bool = false, _ help: String) {
    self.key = key
    defaultValue = value
    self.help = help
    isReloadable = reloadable
  }

  package var defaultText: String { defaultValue ? "true" : "false" }

  package var bound: String { "true or false" }

  package func read(_ text: String) throws(SettingFailure) -> Bool {
    switch text.lowercased() {
    case "true", "on", "yes", "1": return true
    case "false", "off", "no", "0": return false
    default: throw rejected(text)
    }
  }
}
