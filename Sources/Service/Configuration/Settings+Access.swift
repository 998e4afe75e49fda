extension Settings {
  package static let authentication = TextSetting(
    "auth.mode", default: "automatic", bound: "automatic, required or waived",
    "Whether API keys are asked for; automatic does as soon as the server listens beyond this machine."
  ) { AccessConfiguration.Authentication(rawValue: $0) != nil }

  package static let openMetrics = FlagSetting(
    "auth.open_metrics", default: false, "Whether /metrics asks for no key; otherwise it takes one of role admin.")

  package static let sessionTime = IntegerSetting(
    "auth.session", default: 12 * 3_600, in: 60...30 * 86_400, unit: "seconds",
    "For how long the viewer's cookie is good.")

  package static let keyRate = IntegerSetting(
    "auth.rate", default: 50, in: 1...1_000_000, unit: "requests a second",
    "Requests of a key over a long time, where the key has no rate of its own.")

  package static let keyBurst = IntegerSetting(
    "auth.burst", default: 200, in: 1...1_000_000, unit: "requests",
    "Requests of a key at once after a rest, where the key has no burst of its own.")

  package static let keyConcurrency = IntegerSetting(
    "auth.concurrency", default: 64, in: 1...100_000, unit: "requests",
    "Requests of a key in work at the same time, where the key has no number of its own.")

  static let access: [any Setting] = [
    authentication, openMetrics, sessionTime, keyRate, keyBurst, keyConcurrency,
  ]
}
