/// How deeply arrays and objects may be nested, in what is read and in what is written.
package enum NestingLimit {
  /// Levels; checkpoints use fewer than ten, and 128 keep the recursion within any thread's stack.
  package static let standard = 128
}
