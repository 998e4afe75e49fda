/// What a running stage may know and do besides reading its input: everything that is not a pure value comes through here.
///
/// Used from one thread.
package protocol StageContext: AnyObject {
  var unit: UnitID { get }
  /// The document's digest: the only identity a stage may derive ids and dates from.
  var source: Digest { get }
  /// For opening an encrypted document; never stored, never keyed.
  var password: String? { get }
  /// An empty folder of the unit's own for libraries that insist on paths; emptied afterwards.
  var scratch: String { get }
  /// Pages an earlier attempt died on: a stage that walks the pages makes them gaps without touching them.
  var unreadablePages: Set<Int> { get }
  /// Nil where none is configured, or the unit's options ask none.
  var languageModel: (any LanguageModel)? { get }
  var embeddingModel: (any EmbeddingModel)? { get }

  /// Tells how far the unit has come, 0…1; cheap enough for every page or every hundred words.
  func progress(_ fraction: Double)

  /// Tells which page is about to be touched, so that a crash can be pinned on it.
  func entering(page: Int) throws

  /// Makes a file that belongs to the checkpoint.
  ///
  /// - Parameter name: relative, of letters, digits, `.`, `-`, `_` and at most one `/`; unique within the stage's folder, so it
  ///   begins with the unit's basename (`0007.jpg`, `0007-figure-01.png`, `md/…`).
  func makeFile(named name: String) throws -> OutputFile

  /// Leaves a document stage's conclusion for one page.
  func emit(part: some StageOutput, page: Int) throws

  /// Marks a page that cannot be worked on; its units become gaps of the same code.
  func emit(gap: GapCode, page: Int) throws

  /// One line for the operator; no document text, no password.
  func log(_ level: LogLevel, _ message: String)

  /// Keeps something expensive (an open document, a loaded engine) for the next unit in this process.
  ///
  /// The newest value of each type is kept, one at a time; the value must not change what a unit yields.
  func warm<Value: AnyObject>(_ key: String, make: () throws -> Value) throws -> Value
}
