import StageKit
import Synchronization

/// The question that is on its way to a model, so that it can be given up from elsewhere.
final class AskedModel: Sendable {
  private struct State {
    var task: Task<ModelAnswer, any Error>?
    var isCancelled = false
  }

  private let state = Mutex(State())

  /// - Throws: what the gateway throws; `CancellationError` once it has been given up.
  func answer(_ question: ModelQuestion, by gateway: any ModelGateway) async throws -> ModelAnswer {
    let task = Task { try await gateway.answer(question) }
    let isCancelled = state.withLock { state in
      state.task = task
      return state.isCancelled
    }
    if isCancelled { task.cancel() }
    defer { state.withLock { $0.task = nil } }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Gives up the question that is on its way, and those that would follow.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      return state.task
    }?.cancel()
  }
}
