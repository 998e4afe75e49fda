extension SettingTable {
  /// The table of `docs/configuration.md`: every setting with its variable, default and bound.
  package static var markdown: String {
    var lines = [
      "# Settings of the server",
      "",
      "`sheaf serve` takes settings from flags (`--set queue.jobs=500`; `--listen` and `--data` have their own), then from the",
      "environment, then from the YAML file of `--config`, where a dotted name is nested: `queue:` and below it `jobs: 500`.",
      "Lists are lists in the file and joined by commas elsewhere. What is wrong or misspelt stops the start. SIGHUP reads",
      "everything again; settings marked *live* change then, the others at the next start.",
      "",
      "| setting | variable | default | takes | live | |",
      "| --- | --- | --- | --- | --- | --- |",
    ]
    for setting in all {
      lines.append(
        "| `\(setting.key)` | `\(setting.variable)` | \(setting.defaultText) | \(setting.bound) | "
          + "\(setting.isReloadable ? "yes" : "") | \(setting.help) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
