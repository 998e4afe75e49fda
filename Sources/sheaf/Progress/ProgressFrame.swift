/// Lays rows out in columns that fit a terminal.
struct ProgressFrame: Sendable {
  let width: Int
  let style: TerminalStyle

  /// One column stays free: a terminal may break a line that fills it.
  init(width: Int, style: TerminalStyle) {
    self.width = max(1, width - 1)
    self.style = style
  }

  /// What is shown now: the jobs at work and, where there are several, all together.
  ///
  /// - Parameter rows: lines at most.
  static func rows(_ model: ProgressModel, at now: Double, style: TerminalStyle, rows: Int) -> [ProgressRow] {
    let needsTotal = model.expected > 1
    let active = model.active.prefix(max(1, rows - (needsTotal ? 1 : 0)))
    let jobs = active.map { ProgressRow($0, at: now, style: style) }
    return jobs + (needsTotal ? [ProgressRow(total: model, at: now)] : [])
  }

  func lines(_ rows: [ProgressRow]) -> [String] {
    let columns = columns(for: rows)
    return rows.map { line($0, columns) }
  }

  private struct Columns {
    var name = 0
    var bar = 0
    var pages = 0
    var timeLeft = 0
    var rate = 0
    /// What is left for the stages, at the end of the line.
    var stages = 0
  }

  private static let gap = 2  // columns between columns
  private static let percent = 4  // columns: 100%
  private static let narrowestName = 8  // columns: less tells no files apart
  private static let narrowestBar = 10  // columns: one for each tenth
  private static let widestBar = 30  // columns: longer says no more
  private static let narrowestStages = 8  // columns: "ocr 3/40"

  /// Gives room to what matters most first: name, percent, bar, pages, time left, rate, stages.
  private func columns(for rows: [ProgressRow]) -> Columns {
    func widest(_ column: (ProgressRow) -> String) -> Int { rows.map { TerminalText.width(column($0)) }.max() ?? 0 }
    var columns = Columns()
    let wanted = widest(\.name)
    columns.name = min(wanted, max(Self.narrowestName, width / 4))
    var room = width - columns.name - Self.gap - Self.percent
    if room < 0 {
      columns.name = max(1, columns.name + room)
      return columns
    }
    var isFull = false
    func take(_ size: Int) -> Int {
      // Where one does not fit, none that matters less is shown in its stead.
      if room < size + Self.gap { isFull = true }
      guard size > 0, !isFull else { return 0 }
      room -= size + Self.gap
      return size
    }
    columns.bar = take(Self.narrowestBar)
    columns.pages = take(widest(\.pages))
    columns.timeLeft = take(widest(\.timeLeft))
    columns.rate = take(widest(\.rate))
    let stages = widest(\.stages)
    columns.stages = room - Self.gap >= Self.narrowestStages ? take(min(stages, room - Self.gap)) : 0
    // What nobody needs goes to the name, then to the bar.
    let name = min(room, wanted - columns.name)
    columns.name += name
    room -= name
    if columns.bar > 0 { columns.bar += max(0, min(room, Self.widestBar - columns.bar)) }
    return columns
  }

  private func line(_ row: ProgressRow, _ columns: Columns) -> String {
    let name = TerminalText.truncatedInMiddle(row.name, to: columns.name, mark: style.ellipsis)
    var cells = [TerminalText.padded(name, to: columns.name)]
    if columns.bar > 0 { cells.append(style.bar(row.fraction, width: columns.bar)) }
    if width >= columns.name + Self.gap + Self.percent {
      // Rounded down, so that 100% is said of what is done.
      let percent = Int(min(max(row.fraction, 0), 1) * 100)
      cells.append(TerminalText.padded("\(percent)%", to: Self.percent, right: true))
    }
    if columns.pages > 0 { cells.append(TerminalText.padded(row.pages, to: columns.pages, right: true)) }
    if columns.rate > 0 { cells.append(TerminalText.padded(row.rate, to: columns.rate, right: true)) }
    if columns.timeLeft > 0 { cells.append(TerminalText.padded(row.timeLeft, to: columns.timeLeft, right: true)) }
    if columns.stages > 0 { cells.append(style.paint(stages(row.stages, columns.stages), .dim)) }
    return cells.joined(separator: String(repeating: " ", count: Self.gap))
  }

  private func stages(_ text: String, _ room: Int) -> String {
    guard TerminalText.width(text) > room else { return text }
    return TerminalText.prefix(text, columns: room - TerminalText.width(style.ellipsis)) + style.ellipsis
  }
}
