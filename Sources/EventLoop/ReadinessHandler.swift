/// Whoever is told that its descriptors are ready.
package protocol ReadinessHandler: AnyObject, Sendable {
  /// Called on the loop's thread, once for each run of events that are this handler's.
  ///
  /// An earlier event of the same batch may have closed the connection that a later one names: look the token up.
  func ready(_ events: ArraySlice<ReadyEvent>)
}
