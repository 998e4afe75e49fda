import CanonicalJSON
import StageKit

/// Two payloads path by path, for what no stage's own reading tells.
enum PayloadDifference {
  /// - Parameter names: members of the outermost object that are left out.
  static func changes(_ old: JSONValue, _ new: JSONValue, except names: Set<String>) -> [Change] {
    var changes: [Change] = []
    compare(without(names, old), without(names, new), "", &changes)
    return changes
  }

  private static let most = 2000  // of one unit: what is told path by path is small by nature
  private static let longest = 160  // characters of a value

  private static func without(_ names: Set<String>, _ value: JSONValue) -> JSONValue {
    guard let object = value.object, !names.isEmpty else { return value }
    return .object(object.filter { !names.contains($0.key) })
  }

  private static func compare(_ a: JSONValue?, _ b: JSONValue?, _ path: String, _ changes: inout [Change]) {
    guard a != b, changes.count < most else { return }
    if let x = a?.object, let y = b?.object {
      for name in Set(x.keys).union(y.keys).sorted() { compare(x[name], y[name], "\(path)/\(name)", &changes) }
    } else if let x = a?.array, let y = b?.array, x.count == y.count {
      for index in x.indices { compare(x[index], y[index], "\(path)/\(index)", &changes) }
    } else {
      let kind: Change.Kind = a == nil ? .added : b == nil ? .removed : .changed
      changes.append(
        Change(kind, .value, place: path, old: a.map { .init(text: text($0)) }, new: b.map { .init(text: text($0)) }))
    }
  }

  private static func text(_ value: JSONValue) -> String {
    if let text = value.string { return String(text.prefix(longest)) }
    // What was decoded can be encoded.
    return String(String(decoding: (try? value.canonicalBytes) ?? [], as: UTF8.self).prefix(longest))
  }
}
