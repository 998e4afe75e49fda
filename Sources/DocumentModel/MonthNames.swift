/// The names of months and their usual short forms, as `TextToken` folds words.
package enum MonthNames {
  /// 1 to 12 for a name or a short form of it.
  package static func month(_ folded: String) -> Int? { table[folded] }

  /// Whether a word, as it is printed, is a whole name: "3 Set theory" is no date.
  package static func isWhole(_ word: String) -> Bool {
    TextToken.words(of: word).first.map(whole.contains) ?? false
  }

  /// Whether a name may begin so: few words of a text have to be looked up.
  package static func mayBegin(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII || initials.contains(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
  }

  private static let initials = Set(table.keys.compactMap(\.utf8.first))

  private static let names: [[String]] = [
    [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ],
    [
      "januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
      "dezember",
    ],
    [
      "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
      "decembre",
    ],
    [
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
      "diciembre",
    ],
    [
      "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
      "december",
    ],
    [
      "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
      "novembre", "dicembre",
    ],
    [
      "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
      "dezembro",
    ],
  ]

  /// As they stand in dates, where that is no form of the names above.
  private static let inflected: [[String]] = [
    [
      "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
      "december",
    ],
    [
      "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
      "desember",
    ],
    [
      "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "wrzesnia", "pazdziernika",
      "listopada", "grudnia",
    ],
    [
      "ledna", "unora", "brezna", "dubna", "kvetna", "cervna", "cervence", "srpna", "zari", "rijna", "listopadu",
      "prosince",
    ],
    [
      "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesakuuta", "heinakuuta", "elokuuta",
      "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta",
    ],
  ]

  private static let whole = Set((names + inflected).joined())

  private static let table: [String: Int] = {
    var table: [String: Int] = [
      "janner": 1, "feber": 2, "maerz": 3, "sept": 9, "mrt": 3, "mrz": 3, "ago": 8, "ene": 1, "dic": 12, "dez": 12,
      "okt": 10,
    ]
    for language in names {
      for (index, name) in language.enumerated() {
        table[name] = index + 1
        // "jui" is June and July alike; three letters of all others tell.
        let short = String(name.prefix(3))
        if short != "jui", table[short] == nil { table[short] = index + 1 }
        let four = String(name.prefix(4))
        if table[four] == nil { table[four] = index + 1 }
      }
    }
    for language in inflected {
      for (index, name) in language.enumerated() where table[name] == nil { table[name] = index + 1 }
    }
    return table
  }()
}
