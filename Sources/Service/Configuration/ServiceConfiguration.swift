/// The values of all settings, each one checked.
package struct ServiceConfiguration: Sendable {
  private var values: [String: any Sendable] = [:]

  /// Every setting at its default.
  package init() {}

  package subscript<S: Setting>(setting: S) -> S.Value {
    // Only `set` and `read` put values in, each of its setting's own type.
    get { values[setting.key] as? S.Value ?? setting.defaultValue }
    set { values[setting.key] = newValue }
  }

  /// Reads a setting from its text.
  package mutating func read(_ setting: some Setting, _ text: String) throws(SettingFailure) {
    self[setting] = try setting.read(text)
  }

  /// These settings, but with those of `newer` that may change while the server runs.
  package func reloaded(with newer: ServiceConfiguration) -> ServiceConfiguration {
    var result = self
    for setting in SettingTable.all where setting.isReloadable {
      result.values[setting.key] = newer.values[setting.key]
    }
    return result
  }
}

extension ServiceConfiguration {
  /// What no setting can know alone.
  ///
  /// - Throws: `SettingFailure`.
  package func check() throws(SettingFailure) {
    guard self[Settings.leastWorkers] <= self[Settings.mostWorkers] else {
      throw SettingFailure(
        key: Settings.leastWorkers.key,
        message:
          "is \(self[Settings.leastWorkers]), more than \(Settings.mostWorkers.key) (\(self[Settings.mostWorkers]))"
      )
    }
    try checkModels()
    guard !self[Settings.listen].isEmpty else {
      throw SettingFailure(key: Settings.listen.key, message: "is empty; it takes \(Settings.listen.bound)")
    }
  }
}
