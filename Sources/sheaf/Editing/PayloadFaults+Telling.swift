import Engine

extension PayloadFaults {
  private static let mostTold = 20  // lines: a screenful is enough to begin with

  func tell() {
    for line in lines.prefix(Self.mostTold) {
      StandardStream.error.write(TerminalText.plain("sheaf: \(unit): \(line)") + "\n")
    }
    if lines.count > Self.mostTold { StandardStream.error.write("sheaf: and \(lines.count - Self.mostTold) more\n") }
  }
}
