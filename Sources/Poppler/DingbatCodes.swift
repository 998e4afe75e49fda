import DocumentModel

/// Letters that a document's Unicode map gives as dingbats, by the codes that they stand for.
///
/// Adobe's names of dingbats are "a1" to "a206", and TeX's names of the letters of bitmap fonts are their codes: where TeX
/// is asked to write a Unicode map, "a101", the letter e, becomes U+2761, the dingbat of that name.
enum DingbatCodes {
  private static let leastShare = 0.25  // of such fonts' letters on a page: a few dingbats are what they look like
  private static let leastKinds = 8

  /// The code for each dingbat, in the order of the names; five have none.
  private static let codes: [Unicode.Scalar: UInt32] = {
    let names =
      "✁✂✄☎✆✝✞✟✠✡☛☞✌✍✎✏✑✒✓✔✕✖✗✘✙✚✛✜✢✣✤✥✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷"
      + "✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏❑▲▼◆❖ ◗❘❙❚❯❱❲❳❨❩❬❭❪❫❴❵❛❜❝❞"
      + "❡❢❣❤✐❥❦❧♠♥♦♣    ✉✈✇①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊"
      + "➋➌➍➎➏➐➑➒➓➔→➣↔↕➙➛➜➝➞➟➠➡➢➤➥➦➧➨➩➫➭➯➲➳➵➸➺➻➼➽➾➚➪➶➹➘➴➷➬➮"
      + "➱✃❐❒❮❰"
    var codes: [Unicode.Scalar: UInt32] = [:]
    for (index, scalar) in names.unicodeScalars.enumerated() where scalar != " " { codes[scalar] = UInt32(index + 1) }
    return codes
  }()

  /// The character whose code the dingbat stands for.
  static func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? { codes[scalar].flatMap(Unicode.Scalar.init) }

  /// Whether a page's letters are dingbats by such a mistake.
  static func are(_ letters: some Sequence<Unicode.Scalar>) -> Bool {
    var (all, found) = (0, 0)
    var kinds: Set<Unicode.Scalar> = []
    for letter in letters where !letter.isSpace {
      all += 1
      guard codes[letter] != nil else { continue }
      found += 1
      if kinds.count < leastKinds { kinds.insert(letter) }
    }
    return kinds.count >= leastKinds && Double(found) >= leastShare * Double(all)
  }
}
