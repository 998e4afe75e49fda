import CanonicalJSON
import Engine
import Foundation
import Ledger
import StageKit

/// What a working command says: progress and messages on standard error, results or events on standard output.
@MainActor
final class Console {
  private enum Display {
    case area(LiveArea)
    case lines(PlainProgress)
    case none
  }

  let style: TerminalStyle
  let printsJSON: Bool
  private var display: Display
  private var limiter = TickLimiter()

  convenience init(_ options: WorkOptions) { self.init(json: options.json, progress: options.shownProgress) }

  /// - Parameter progress: nil for a display or lines, or nothing beside JSON.
  init(
    json: Bool, progress: WorkOptions.Progress? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let isCapable = StandardStream.error.isTerminal && TerminalStyle.isCapable(environment)
    let style = TerminalStyle(environment: environment)
    self.style = TerminalStyle(unicode: style.unicode, color: style.color && StandardStream.error.isTerminal)
    printsJSON = json
    switch progress ?? (json ? .none : .auto) {
    case .auto: display = isCapable ? .area(LiveArea()) : .lines(PlainProgress())
    case .plain: display = .lines(PlainProgress())
    case .none: display = .none
    }
  }

  /// Whether the display changes by itself, as a clock does.
  var isLive: Bool { if case .area = display { true } else { false } }

  /// Whether ends of jobs are told.
  var showsProgress: Bool { if case .none = display { false } else { true } }

  /// Says a line, whatever the progress shown.
  func say(_ line: String) {
    erase()
    StandardStream.error.write(line + "\n")
  }

  /// Says a line that belongs to the progress.
  func tell(_ line: @autoclosure () -> String) { if showsProgress { say(line()) } }

  /// Prints a result's line on standard output.
  func print(_ line: String) {
    erase()
    StandardStream.output.write(line + "\n")
  }

  /// Prints an event, where events are asked for.
  func record(_ event: @autoclosure () -> JSONValue) {
    guard printsJSON else { return }
    erase()
    StandardStream.output.write(JSONLine.text(event()))
  }

  /// Takes an event that the model has taken already.
  func show(_ event: EngineEvent, _ model: ProgressModel, at now: Double) {
    if printsJSON { record(event, at: now) }
    if case .lines(var plain) = display {
      let line = plain.line(after: event, model, at: now)
      display = .lines(plain)
      if let line { say(line) }
    }
  }

  /// Draws the display anew.
  func draw(_ model: ProgressModel, at now: Double) {
    guard case .area(var area) = display else { return }
    let size = StandardStream.error.size
    let rows = ProgressFrame.rows(model, at: now, style: style, rows: min(Self.mostRows, size.rows - 2))
    let lines = ProgressFrame(width: size.columns, style: style).lines(rows)
    StandardStream.error.write(area.draw(lines, columns: size.columns))
    display = .area(area)
  }

  /// Leaves the terminal as if no display had been.
  func erase() {
    guard case .area(var area) = display else { return }
    StandardStream.error.write(area.erase(columns: StandardStream.error.size.columns))
    display = .area(area)
  }

  private static let mostRows = 12  // lines: what is at work on any machine, without filling the screen

  private func record(_ event: EngineEvent, at now: Double) {
    switch event {
    case .transition(let transition):
      if let unit = transition.unit { limiter.forget(transition.job, unit) }
      record(transition.json)
    case .tick(let job, let unit, let fraction):
      if limiter.allows(job, unit, at: now) { record(JSONLine.tick(job, unit, fraction)) }
    case .planned(let job, let units): record(JSONLine.planned(job, units))
    case .removed: break
    }
  }
}
