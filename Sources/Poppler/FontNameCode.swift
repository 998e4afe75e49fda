/// Weight, slant and pitch as families tell them whose names are codes, not words.
struct FontNameCode {
  private(set) var bold = false
  private(set) var italic = false
  private(set) var monospaced = false

  /// - Parameter name: in small letters.
  init(_ name: String) {
    if readLibertine(name) || readTX(name) || readBerry(name) { return }
    readComputerModern(name)
  }

  /// `cmbx10`, `sfti1000`, `ectt1095`.
  private mutating func readComputerModern(_ name: String) {
    guard ["cm", "sf", "ec", "lm"].contains(where: name.hasPrefix), name.utf8.count <= 8 else { return }
    func has(_ parts: [String]) -> Bool { parts.contains { name.contains($0) } }
    bold = has(["bx", "cmb", "lmb", "sfb", "sfsx", "ecsx", "cmmib"])
    italic = has(["ti", "cmsl", "sfsl", "ecsl", "cmmi", "lmri", "itt", "sfit", "cmssi", "sfsi", "ecsi"])
    monospaced = has(["tt", "sfit"])
  }

  /// `linlibertinetbi`: T or O for the format, then M for the typewriter, B or Z for bold, I for italic.
  private mutating func readLibertine(_ name: String) -> Bool {
    guard let family = ["linlibertine", "linbiolinum"].first(where: name.hasPrefix) else { return false }
    let code = name.dropFirst(family.count).drop { $0 == "t" || $0 == "o" || $0 == "_" }.prefix { $0.isLetter }
    bold = code.contains("b") || code.contains("z")
    italic = code.contains("i")
    monospaced = code.hasPrefix("m")
    return true
  }

  /// TX and PX fonts: `t1xbi`, `rtxtt`.
  private mutating func readTX(_ name: String) -> Bool {
    guard let family = ["t1x", "rtx", "p1x", "rpx", "ot1x", "tx", "px"].first(where: name.hasPrefix) else {
      return false
    }
    let code = String(name.dropFirst(family.count))
    let shapes = ["b", "bi", "bsc", "bsl", "i", "sl", "tt", "btt", "ttsl", "bttsl", "ttsc", "bss", "bsssl", "sssl"]
    guard shapes.contains(code) else { return false }
    bold = code.hasPrefix("b")
    italic = code.hasSuffix("i") || code.hasSuffix("sl")
    monospaced = code.contains("tt")
    return true
  }

  /// Names of eight characters that TeX's programs give PostScript fonts: `ptmb8t`, `pcrr8r`.
  private mutating func readBerry(_ name: String) -> Bool {
    let families = ["ptm", "phv", "pcr", "ppl", "pbk", "pnc", "pag", "put", "bch"]
    guard let family = families.first(where: name.hasPrefix), name.utf8.count <= 8,
      let digit = name.firstIndex(where: { $0 == "7" || $0 == "8" })
    else { return false }
    let code = name[..<digit].dropFirst(family.count)
    guard let weight = code.first, "rbdkm".contains(weight) else { return false }
    bold = weight == "b" || weight == "d"
    italic = code.dropFirst().contains("i") || code.dropFirst().contains("o")
    monospaced = family == "pcr"
    return true
  }
}
