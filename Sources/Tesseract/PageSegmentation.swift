/// What the engine may assume of an image's layout.
package enum PageSegmentation: Int, Sendable, Hashable, CaseIterable {
  /// Find columns and blocks; pages are not turned upright.
  case auto = 3
  case singleColumn = 4
  case singleBlockOfVerticalText = 5
  case singleBlock = 6
  case singleLine = 7
  case singleWord = 8
  case singleCharacter = 10
  /// As much text as possible, in no order.
  case sparseText = 11
  /// One line, taken as it is.
  case rawLine = 13
}
