import Configuration
import Foundation
import SystemPackage
import Yams

/// Where the settings come from: flags before the environment, the environment before the file.
package struct ConfigurationSource: Sendable {
  /// Texts of flags by key; of a list several.
  package var flags: [String: [String]]
  package var environment: [String: String]
  /// The file's path; nil for none.
  package var file: String?

  package init(flags: [String: [String]] = [:], environment: [String: String] = [:], file: String? = nil) {
    self.flags = flags
    self.environment = environment
    self.file = file
  }

  /// Reads and checks everything.
  ///
  /// - Throws: `SettingFailure` that names what is wrong, and what would be right.
  package func load() async throws -> ServiceConfiguration {
    for key in flags.keys.sorted() { try Self.requireKnown(key) }
    try checkVariables()
    var providers: [any ConfigProvider] = [
      InMemoryProvider(name: "flags", values: Dictionary(uniqueKeysWithValues: flags.map(Self.flag))),
      EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "sheaf"),
    ]
    if let file { providers.append(try await provider(of: file)) }
    let reader = ConfigReader(providers: providers)
    var configuration = ServiceConfiguration()
    for setting in SettingTable.all {
      if let text = try await Self.text(of: setting, in: reader) { try configuration.read(setting, text) }
    }
    try configuration.check()
    return configuration
  }

  private static func flag(_ key: String, _ values: [String]) -> (AbsoluteConfigKey, ConfigValue) {
    let content: ConfigContent =
      SettingTable.named(key) is ListSetting
      ? .stringArray(values.flatMap { $0.split(separator: ",").map(String.init) }) : .string(values.last ?? "")
    return (AbsoluteConfigKey(key.split(separator: ".").map(String.init)), ConfigValue(content, isSecret: false))
  }

  private static func text(of setting: any Setting, in reader: ConfigReader) async throws -> String? {
    let key = ConfigKey(setting.key.split(separator: ".").map(String.init))
    do {
      if setting is ListSetting { return try await reader.fetchStringArray(forKey: key)?.joined(separator: ",") }
      return try await reader.fetchString(forKey: key)
    } catch {
      let shape = setting is ListSetting ? "must be a list" : "must be one value"
      throw SettingFailure(key: setting.key, message: "\(shape); it takes \(setting.bound)")
    }
  }

  // MARK: The file

  private func provider(of file: String) async throws -> any ConfigProvider {
    let text: String
    do {
      text = try String(contentsOfFile: file, encoding: .utf8)
    } catch {
      throw SettingFailure(key: "--config", message: "names \(file), which cannot be read")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw SettingFailure(key: "--config", message: "names \(file), which is not YAML: \(error)")
    }
    // A file of comments sets nothing.
    guard let root, root != "" else { return InMemoryProvider(name: "file", values: [:]) }
    guard let mapping = root.mapping else {
      throw SettingFailure(key: "--config", message: "names \(file), which must hold settings by name")
    }
    for key in Self.keys(of: mapping, below: "") { try Self.requireKnown(key) }
    return try await FileProvider<YAMLSnapshot>(filePath: FilePath(file))
  }

  private static func keys(of mapping: Node.Mapping, below prefix: String) -> [String] {
    mapping.flatMap { key, value -> [String] in
      let name = prefix + (key.string ?? "?")
      return value.mapping.map { keys(of: $0, below: name + ".") } ?? [name]
    }
  }

  // MARK: What is misspelt

  private static func requireKnown(_ key: String) throws(SettingFailure) {
    guard SettingTable.named(key) == nil else { return }
    let nearest = SettingTable.nearest(to: key).map { "; did you mean \($0)?" } ?? ""
    throw SettingFailure(key: key, message: "is no setting\(nearest)")
  }

  /// Variables that other parts of Sheaf read, and its tests.
  private static let otherVariables: Set<String> = [
    "SHEAF_LOG", "SHEAF_FAULT", "SHEAF_API_KEY", "SHEAF_LONG", "SHEAF_CORPUS",
  ]
  private static let testVariables = "SHEAF_TEST_"

  private func checkVariables() throws(SettingFailure) {
    let known = Set(SettingTable.all.map(\.variable)).union(Self.otherVariables)
    for name in environment.keys.sorted() where name.hasPrefix("SHEAF_") && !known.contains(name) {
      guard !name.hasPrefix(Self.testVariables) else { continue }
      let nearest = SettingTable.nearestVariable(to: name).map { "; did you mean \($0)?" } ?? ""
      throw SettingFailure(key: name, message: "is no setting's variable\(nearest)")
    }
  }
}
