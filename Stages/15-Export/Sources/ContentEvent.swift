import Contracts

/// What a walk through the document meets.
enum ContentEvent {
  /// A page begins.
  case page(Int)
  /// A page of the job that could not be read.
  case gap(MissingPage)
  case item(ContentItem)
}
