import Testing

import StageKit

@Suite("Trace contexts")
struct TraceContextTests {
  private let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  @Test("a well-formed one is read and keeps its trace from hop to hop")
  func read() throws {
    let context = try #require(TraceContext(text))
    #expect(context.description == text)
    let child = context.child()
    #expect(child.traceID == context.traceID)
    #expect(child.spanID != context.spanID)
    #expect(TraceContext(child.description) == child)
  }

  @Test(
    "what is none is refused",
    arguments: [
      "", "00", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
      "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
    ])
  func refuse(text: String) {
    #expect(TraceContext(text) == nil)
  }
}
