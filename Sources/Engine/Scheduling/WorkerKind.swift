/// What a worker process is for.
enum WorkerKind: Sendable, Hashable {
  /// Runs stages over documents.
  case ordinary
  /// Runs stages that may ask a model: it never sees a document's bytes, and its one right more is that the engine passes
  /// its questions on. It has no sockets, either.
  case consulting
}
