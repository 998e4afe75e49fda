/// Where a link or an outline entry leads.
package enum LinkTarget: Sendable, Hashable {
  /// A web or mail address as written in the file.
  case uri(String)
  /// A place in the document: page from 1, and the y on it as shown, in points, where it is told.
  case page(Int, top: Double?)
  /// Another file, a script, a reader's command: nothing to follow here.
  case other
}
