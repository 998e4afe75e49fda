/// Which way a line is read.
package enum ReadingDirection: String, Codable, Sendable, Hashable, CaseIterable {
  case leftToRight = "ltr"
  case rightToLeft = "rtl"
  case topToBottom = "ttb"
}
