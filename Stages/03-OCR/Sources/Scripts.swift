/// The writing systems of Tesseract's languages that are not written in Latin letters.
enum Scripts {
  static let latin = "Latin"

  /// Script by Tesseract's name, its languages in the order of preference.
  private static let table: [(script: String, languages: [String])] = [
    ("Arabic", ["ara", "fas", "urd", "uig", "pus", "snd", "kur_ara"]), ("Armenian", ["hye"]),
    ("Bengali", ["ben", "asm"]), ("Cherokee", ["chr"]),
    (
      "Cyrillic", ["rus", "ukr", "bel", "bul", "srp", "mkd", "kaz", "kir", "mon", "tgk", "tat", "uzb_cyrl", "aze_cyrl"]
    ),
    ("Devanagari", ["hin", "mar", "nep", "san"]), ("Ethiopic", ["amh", "tir"]), ("Georgian", ["kat", "kat_old"]),
    ("Greek", ["ell", "grc"]), ("Gujarati", ["guj"]), ("Gurmukhi", ["pan"]), ("Han", ["chi_sim", "chi_tra"]),
    ("Hangul", ["kor"]), ("Hebrew", ["heb", "yid"]), ("Japanese", ["jpn"]), ("Kannada", ["kan"]),
    ("Khmer", ["khm"]), ("Korean", ["kor"]), ("Lao", ["lao"]), ("Malayalam", ["mal"]), ("Myanmar", ["mya"]),
    ("Oriya", ["ori"]), ("Sinhala", ["sin"]), ("Syriac", ["syr"]), ("Tamil", ["tam"]), ("Telugu", ["tel"]),
    ("Thaana", ["div"]), ("Thai", ["tha"]), ("Tibetan", ["bod", "dzo"]),
  ]

  static func languages(of script: String) -> [String] { table.first { $0.script == script }?.languages ?? [] }

  /// Languages without an entry in the table are written in Latin letters; vertical models follow their language.
  static func isLatin(_ language: String) -> Bool {
    !table.contains { row in row.languages.contains { language == $0 || language == $0 + "_vert" } }
  }
}
