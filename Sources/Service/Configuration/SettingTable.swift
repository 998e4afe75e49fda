import StageKit

/// Every option of the server, in the order of the documentation.
package enum SettingTable {
  package static let all: [any Setting] =
    Settings.server + Settings.work + Settings.limits
    + Settings.access + Settings.outbound + Settings.models + Settings.retention

  package static func named(_ key: String) -> (any Setting)? { all.first { $0.key == key } }
}

/// The settings, by what they are about; other folders add theirs in extensions and name them in `SettingTable.all`.
package enum Settings {}

extension SettingTable {
  /// The setting that a misspelt key may mean.
  static func nearest(to key: String) -> String? { NearestName.of(key, in: all.map(\.key)) }

  static func nearestVariable(to name: String) -> String? { NearestName.of(name, in: all.map(\.variable)) }
}
