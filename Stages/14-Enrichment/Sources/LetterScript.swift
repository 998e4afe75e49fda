import DocumentModel

/// The writing that a letter belongs to, as far as it tells languages apart.
enum LetterScript: Int, CaseIterable {
  case latin, cyrillic, greek, hebrew, arabic, armenian, georgian, ethiopic
  case devanagari, bengali, gurmukhi, gujarati, odia, tamil, telugu, kannada, malayalam, sinhala
  case thai, lao, tibetan, burmese, khmer, hangul, kana, han

  init?(_ scalar: Unicode.Scalar) {
    guard scalar.isLetter else { return nil }
    let value = scalar.value
    if value < 0x250 {
      self = .latin
      return
    }
    guard let block = Self.blocks.first(where: { $0.range.contains(value) }) else { return nil }
    self = block.script
  }

  /// The one language that is meant where nothing else is known of a text in this writing.
  var language: String? {
    switch self {
    case .latin, .cyrillic: nil
    case .greek: "el"
    case .hebrew: "he"
    case .arabic: "ar"
    case .armenian: "hy"
    case .georgian: "ka"
    case .ethiopic: "am"
    case .devanagari: "hi"
    case .bengali: "bn"
    case .gurmukhi: "pa"
    case .gujarati: "gu"
    case .odia: "or"
    case .tamil: "ta"
    case .telugu: "te"
    case .kannada: "kn"
    case .malayalam: "ml"
    case .sinhala: "si"
    case .thai: "th"
    case .lao: "lo"
    case .tibetan: "bo"
    case .burmese: "my"
    case .khmer: "km"
    case .hangul: "ko"
    case .kana: "ja"
    case .han: "zh"
    }
  }

  /// Blocks of the Unicode standard, version 16.
  private static let blocks: [(range: ClosedRange<UInt32>, script: LetterScript)] = [
    (0x0370...0x03FF, .greek), (0x0400...0x052F, .cyrillic), (0x0530...0x058F, .armenian), (0x0590...0x05FF, .hebrew),
    (0x0600...0x06FF, .arabic), (0x0750...0x077F, .arabic), (0x0900...0x097F, .devanagari), (0x0980...0x09FF, .bengali),
    (0x0A00...0x0A7F, .gurmukhi), (0x0A80...0x0AFF, .gujarati), (0x0B00...0x0B7F, .odia), (0x0B80...0x0BFF, .tamil),
    (0x0C00...0x0C7F, .telugu), (0x0C80...0x0CFF, .kannada), (0x0D00...0x0D7F, .malayalam), (0x0D80...0x0DFF, .sinhala),
    (0x0E00...0x0E7F, .thai), (0x0E80...0x0EFF, .lao), (0x0F00...0x0FFF, .tibetan), (0x1000...0x109F, .burmese),
    (0x10A0...0x10FF, .georgian), (0x1100...0x11FF, .hangul), (0x1200...0x139F, .ethiopic), (0x1780...0x17FF, .khmer),
    (0x1E00...0x1EFF, .latin), (0x1F00...0x1FFF, .greek), (0x3005...0x3007, .han), (0x3040...0x30FF, .kana),
    (0x3130...0x318F, .hangul), (0x3400...0x4DBF, .han), (0x4E00...0x9FFF, .han), (0xAC00...0xD7AF, .hangul),
    (0xF900...0xFAFF, .han), (0xFB50...0xFDFF, .arabic), (0xFE70...0xFEFF, .arabic), (0x20000...0x3FFFF, .han),
  ]
}
