import Checkpoints
import Engine
import Foundation
import Ledger
import ModelEndpoint
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Looks at what Sheaf needs on this machine.
struct Examination: Sendable {
  let folder: DataFolder

  func findings() async -> [Finding] {
    await worker() + [fonts(), cores(), openFiles()] + disk() + [owner()] + (await ledger()) + (await models())
  }

  // MARK: Programs

  private func worker() async -> [Finding] {
    do {
      let program = try WorkerProgram()
      let plan = try await program.describe()
      return [Finding("worker", "\(program.executable), \(Set(plan.stages.map(\.stage)).count) stages")]
        + Self.engines(plan) + [Self.languages(plan), Self.sandbox(plan.sandbox ?? .none)]
    } catch {
      let failure = FailureReport(error).failure
      return [Finding("worker", .problem, failure.message, hint: failure.hint)]
    }
  }

  /// Native libraries with their versions.
  static func engines(_ plan: PlanDescription) -> [Finding] {
    var versions: [String: Set<String>] = [:]
    for stage in plan.stages {
      for (name, version) in stage.ingredients.engines { versions[name, default: []].insert(version) }
    }
    return versions.sorted { $0.key < $1.key }.map { Finding($0.key, $0.value.sorted().joined(separator: ", ")) }
  }

  static func languages(_ plan: PlanDescription) -> Finding {
    let languages = Set(plan.stages.flatMap { $0.ingredients.languageData.keys }).sorted()
    let hint = "Install more with: apt install tesseract-ocr-deu (or another language)."
    if languages.isEmpty {
      return Finding("languages", .problem, "none: scanned pages cannot be read", hint: hint)
    }
    // Orientation data is no language; the stage that has it tells it among its rules.
    guard plan.stages.contains(where: { $0.ingredients.rules["osd"] != nil }) else {
      return Finding(
        "languages", .warning, "\(languages.joined(separator: " ")); without osd turned pages are not recognised",
        hint: "Install it with: apt install tesseract-ocr-osd.")
    }
    return Finding("languages", languages.joined(separator: " "))
  }

  /// How far the kernel lets workers be confined.
  static func sandbox(_ report: SandboxReport) -> Finding {
    let parts = [
      report.landlock > 0 ? "Landlock \(report.landlock)" : nil, report.seccomp ? "seccomp" : nil,
      report.limits ? "resource limits" : nil,
    ].compactMap { $0 }
    guard report.isComplete else {
      return Finding(
        "sandbox", .warning,
        "workers are not fully confined: no \(report.missing.joined(separator: ", no "))"
          + (parts.isEmpty ? "" : " (but \(parts.joined(separator: ", ")))"),
        hint: "A kernel of 5.13 or later with Landlock and seccomp confines them; containers must allow both.")
    }
    return Finding("sandbox", parts.joined(separator: ", "))
  }

  // MARK: The machine

  private func fonts() -> Finding {
    let endings: Set<String> = ["ttf", "otf", "ttc", "pfb", "t1"]
    var count = 0
    // Folders that are not there or may not be read hold no fonts for us.
    for root in ["/usr/share/fonts", "/usr/local/share/fonts"] {
      guard let files = FileManager.default.enumerator(atPath: root) else { continue }
      for case let path as String in files where endings.contains((path as NSString).pathExtension.lowercased()) {
        count += 1
      }
    }
    guard count > 0 else {
      return Finding(
        "fonts", .warning, "none: documents without embedded fonts are drawn badly",
        hint: "Install some with: apt install fonts-dejavu-core fonts-liberation.")
    }
    return Finding("fonts", Measure.count(count, "font file"))
  }

  private func cores() -> Finding {
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let memory = Measure.bytes(Int(clamping: ProcessInfo.processInfo.physicalMemory))
    return Finding("machine", "\(Measure.count(cores, "core")), \(memory) of memory")
  }

  private static let enoughFiles = 1024  // descriptors: what Linux gives by default; a worker takes about ten

  private func openFiles() -> Finding {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return Finding("open files", .warning, "their limit is not known")
    }
    let most = Int(clamping: limit.rlim_cur)
    guard most >= Self.enoughFiles else {
      return Finding(
        "open files", .warning, "at most \(most)", hint: "Raise the limit with: ulimit -n \(Self.enoughFiles).")
    }
    return Finding("open files", most == .max ? "without limit" : "at most \(most)")
  }

  // MARK: The data folder

  private static let littleRoom = 1_000_000_000  // bytes: the page images of a long scan

  private func disk() -> [Finding] {
    guard let existing = existingFolder() else {
      return [Finding("data folder", .problem, "\(folder.path) cannot be reached", hint: "Give another with --data.")]
    }
    guard access(existing, R_OK | W_OK | X_OK) == 0 else {
      return [
        Finding("data folder", .problem, "\(existing) cannot be written to", hint: "Give another with --data.")
      ]
    }
    let isThere = existing == folder.path
    let place = Finding("data folder", folder.path + (isThere ? "" : " (not there yet; the first run makes it)"))
    var status = statvfs()
    guard statvfs(existing, &status) == 0 else {
      return [place, Finding("disk", .warning, "its room is not known")]
    }
    let room = Int(
      clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    if room < Self.littleRoom {
      return [
        place,
        Finding(
          "disk", .warning, "\(Measure.bytes(room)) free", hint: "Make room, or give another folder with --data."),
      ]
    }
    return [place, Finding("disk", "\(Measure.bytes(room)) free")]
  }

  /// The data folder, or the nearest above it that is there.
  private func existingFolder() -> String? {
    var path = folder.path
    while !path.isEmpty {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) { return isFolder.boolValue ? path : nil }
      path = (path as NSString).deletingLastPathComponent
    }
    return nil
  }

  private func owner() -> Finding {
    // A lock file that cannot be read tells of nobody; the folder's own finding says what is wrong with it.
    guard (try? ControlClient(folder)) != nil, let owner = try? OwnerLock.record(in: folder) else {
      return Finding("owner", "nobody works in the data folder")
    }
    return Finding("owner", "\(owner) works in the data folder")
  }

  /// Nothing where none is configured, which is nothing that lacks.
  private func models() async -> [Finding] {
    do {
      guard let endpoint = try await ConfiguredModels.endpoint() else { return [] }
      let names = [endpoint.offer.text, endpoint.offer.embedding].compactMap(\.self).joined(separator: ", ")
      do { try await endpoint.examine() } catch let failure as StageFailure {
        return [Finding("models", .warning, "\(names): \(failure.message)", hint: failure.hint)]
      }
      return [Finding("models", "\(names): the endpoint answers")]
    } catch {
      let failure = FailureReport(error).failure
      return [Finding("models", .problem, failure.message, hint: failure.hint)]
    }
  }

  private func ledger() async -> [Finding] {
    do {
      let jobs = try await SQLiteLedgerReader(path: folder.ledger).unfinishedJobs()
      let words = jobs.isEmpty ? "sound, no unfinished jobs" : "sound, \(Measure.count(jobs.count, "unfinished job"))"
      return [Finding("ledger", words, hint: jobs.isEmpty ? nil : "Go on with: sheaf resume --all.")]
    } catch LedgerFailure.missing {
      return [Finding("ledger", "none yet")]
    } catch {
      let failure = FailureReport(error).failure
      return [Finding("ledger", .problem, failure.message, hint: failure.hint)]
    }
  }
}
