import DocumentModel
import Tesseract

/// Tells in which language a page is written that was read with the English model: by its small words, which that reads
/// well as long as they have no accents.
enum PrintedLanguage {
  private static let leastWords = 30  // of a page: fewer may be names
  private static let leastShare = 0.12  // of the words: running text has 0.3, lists and tables less
  private static let ahead = 2.0  // times the share of English words: "in", "was" and "on" are German and Dutch too
  private static let sure = 0.6  // confidence of a word that is counted

  /// Tesseract's name of the page's language; nil where it is English, or cannot be told.
  static func find(in words: [Reading.Found]) -> String? {
    let texts = words.filter {
      $0.word.confidence.value >= sure && $0.word.text.unicodeScalars.contains(where: \.isLetter)
    }
    .map { String(String.UnicodeScalarView($0.word.text.lowercased().unicodeScalars.filter(\.isLetter))) }
    guard texts.count >= leastWords else { return nil }
    let share = { (small: Set<String>) in Double(texts.count { small.contains($0) }) / Double(texts.count) }
    let others = smallWords.map { (language: $0.language, share: share($0.words)) }
    guard let best = others.max(by: { $0.share < $1.share }), best.share >= leastShare,
      best.share >= ahead * share(english)
    else { return nil }
    return best.language
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  private static let english = words(
    """
    the of and to in is that for it was on are as with be by at this have from or had not but what were when we there
    which their an can all will been has its
    """)

  /// None of them with an accent, few of them English words.
  private static let smallWords: [(language: String, words: Set<String>)] = [
    (
      "deu",
      """
      der die das und den von zu mit sich des auf im dem nicht ein eine es werden aus er dass nach wird bei einer um sind
      noch wie einem einen zum haben nur oder aber vor zur bis mehr durch sein wurde wenn kann diese dieser wir ich sowie
      zwischen ist auch
      """
    ),
    (
      "fra",
      """
      la le et les des en un une du dans est que pour qui au par plus pas sur ne se ce il sont avec aux cette mais ou
      son ses leur comme nous elle ces entre aussi deux tout sans sous donc vous ils de
      """
    ),
    (
      "spa",
      """
      de la el los las del que en y por se con una un su al es lo como pero sus le ha esta porque entre cuando muy sin
      sobre hay desde todo nos son para
      """
    ),
    (
      "ita",
      """
      di il la che per del una un non da sono con le si della al dei nel alla gli anche delle lo ma dal se ai questo
      nella degli dalla ed cui molto e i come
      """
    ),
    (
      "por",
      """
      de o que do da em um para com uma os na por mais dos como mas foi ao ele das tem seu sua ou ser quando muito nos
      pelo pela isso entre depois sem mesmo sobre e se as
      """
    ),
    (
      "nld",
      """
      de het een van en dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door ze wordt hebben kan naar
      heeft deze dit tot wel geen meer zich worden
      """
    ),
    ("swe", "och att det en som av med den till inte har ett om kan ska eller efter vid mellan under detta"),
    ("dan", "og at det er en til af med den som ikke et har fra om kan eller skal blev ved efter der de"),
    ("nor", "og det er en til av med den som ikke et har fra om kan eller skal ble ved etter de"),
    ("fin", "ja on ei se oli ovat kun sen joka niin ole kuin jos vain voi mukaan jotka olla sekä"),
    ("pol", "w z na do nie jest to jak od przez po za dla oraz ale tym co ze ich jego jako tylko przy tak i"),
    ("ces", "a se na je to s z do i o ve jako pro za od by si ale po jsou bylo v"),
    ("hun", "a az nem is egy meg csak volt de azt mint ha vagy kell lehet majd hogy"),
    ("ron", "de la cu pe nu din un o este pentru mai sau ca au al care fi prin sunt dar a"),
    ("hrv", "i je u se na da su za od koji kao ili iz bi do po ne"),
    ("tur", "ve bir bu da de ile olarak gibi kadar ancak ne daha sonra her var olan"),
  ].map { ($0.0, words($0.1)) }
}
