import Testing

/// Whole documents through the real programs: one at a time, since each uses all the cores there are.
@Suite("End to end", .serialized)
struct EndToEnd {}
