import Foundation
import StageKit

/// What may change an engine's result without changing its version: recorded in checkpoints, never keyed.
enum Surroundings {
  static func recorded() -> [String: String] {
    ["cpu": processorLevel(), "fonts": InstalledFonts.digest().description]
  }

  /// The x86-64 micro-architecture level, whose vector width decides how sums are rounded; else the architecture.
  private static func processorLevel() -> String {
    #if arch(x86_64)
      // A kernel without it has no levels.
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let flags = Set(
        text.split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ").map(String.init) ?? [])
      if flags.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) { return "x86-64-v4" }
      if flags.isSuperset(of: ["avx", "avx2", "bmi1", "bmi2", "fma"]) { return "x86-64-v3" }
      if flags.isSuperset(of: ["sse4_2", "ssse3", "popcnt"]) { return "x86-64-v2" }
      return "x86-64"
    #elseif arch(arm64)
      return "arm64"
    #else
      return "other"
    #endif
  }
}
