import ArgumentParser
import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import Service
import StageKit

struct SearchCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find pages of finished jobs by their text.",
    discussion: """
      Looks for pages on which all words stand; accents and case do not matter. "a phrase" is found as it is, word* by \
      its beginning, and -word must not be there. Needs no lock: it works while another sheaf works.

        sheaf search invoice 2024
        sheaf search '"net amount" tax* -draft' --json
        sheaf search -- amount -draft
        sheaf search --rebuild
      """)

  @Argument(help: ArgumentHelp("Words to look for.", valueName: "query"))
  var words: [String] = []

  @Option(help: ArgumentHelp("Pages at most.", valueName: "n"))
  var limit = 20

  @Flag(help: "Make the index anew from the checkpoints first.")
  var rebuild = false

  @Flag(help: "Print JSON lines.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    guard (1...Self.most).contains(limit) else { throw StageFailure.usage("--limit takes 1 to \(Self.most).") }
    let query = words.isEmpty && rebuild ? nil : try SearchQuery(words.joined(separator: " "))
    guard let ledger = try data.ledger() else {
      StandardStream.error.write("There are no jobs yet.\n")
      return .failed
    }
    let folder = try data.folder
    let index = try await index(in: folder)
    let count = try await SearchIndexer(index, ledger, in: folder).catchUp()
    if rebuild { StandardStream.error.write("took in \(Measure.count(count, "job"))\n") }
    guard let query else { return .done }
    let hits = try await index.hits(query, limit: limit)
    json ? try printLines(hits) : printPages(hits)
    if hits.isEmpty, !json { StandardStream.error.write("Nothing was found.\n") }
    return hits.isEmpty ? .failed : .done
  }

  private static let most = 1_000

  private func index(in folder: DataFolder) async throws -> SearchIndex {
    let index = try SearchIndex(in: folder)
    guard rebuild else { return index }
    do {
      try await index.clear()
      return index
    } catch let failure as StageFailure where failure.code == .inputOutput {
      // Damaged beyond what dropping its tables can do.
      try index.close()
      try SearchIndex.remove(in: folder)
      return try SearchIndex(in: folder)
    }
  }

  private func printLines(_ hits: [SearchHit]) throws {
    for hit in hits {
      try hit.json.canonicalBytes.withUnsafeBytes { _ = StandardStream.output.write($0) }
      StandardStream.output.write("\n")
    }
  }

  private func printPages(_ hits: [SearchHit]) {
    let style = TerminalStyle.ofOutput
    for hit in hits {
      let text = hit.snippet.map { stretch in
        let words = TerminalText.plain(stretch.text)
        return stretch.isMatch ? style.paint(words, .bold) : words
      }
      StandardStream.output.write(
        "\(hit.job)  \(TerminalText.plain(hit.name)), page \(hit.page)\n    \(text.joined())\n")
    }
  }
}
