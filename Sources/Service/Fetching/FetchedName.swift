import Curl
import Foundation

/// What a fetched document is called.
enum FetchedName {
  /// From `Content-Disposition` (RFC 6266), else the URL's last segment. It is shown to people and never part of a path.
  static func of(_ answer: TransferAnswer, from address: WebAddress) -> String {
    let given = answer.header("Content-Disposition").flatMap(fileName)
    let last = address.path.split(separator: "/").last.map { $0.removingPercentEncoding ?? String($0) }
    let name = [given, last].compactMap { $0 }.first { !$0.isEmpty && $0 != "." && $0 != ".." }
    return DocumentName.cleaned(name ?? address.host)
  }

  static func fileName(_ disposition: String) -> String? {
    var plainName: String?
    for part in parameters(of: disposition) {
      guard let sign = part.firstIndex(of: "=") else { continue }
      let value = part[part.index(after: sign)...]
      switch part[..<sign].lowercased() {
      case "filename*":
        let pieces = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        if pieces.count == 3, pieces[0].lowercased() == "utf-8", let name = pieces[2].removingPercentEncoding {
          return name
        }
      case "filename": plainName = String(value)
      default: continue
      }
    }
    return plainName
  }

  /// The parameters, with quotes and escapes taken away.
  private static func parameters(of field: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    var isEscaped = false
    for character in field {
      if isEscaped {
        part.append(character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ";", !isQuoted {
        parts.append(part)
        part = ""
      } else if isQuoted || character != " " || !part.isEmpty {
        part.append(character)
      }
    }
    return parts + [part]
  }
}
