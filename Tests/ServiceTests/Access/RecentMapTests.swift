import TestSupport
import Testing

@testable import Service

@Suite("The map that forgets")
struct RecentMapTests {
  @Test("what was used longest ago goes first")
  func order() {
    var map = RecentMap<String, Int>(capacity: 2)
    map["a"] = 1
    map["b"] = 2
    #expect(map["a"] == 1)
    map["c"] = 3
    #expect(map["b"] == nil)
    #expect(map["a"] == 1)
    #expect(map["c"] == 3)
  }

  @Test("it does what a dictionary and a list would do, however it is used", arguments: 1...20)
  func model(seed: Int) {
    var generator = SeededGenerator(UInt64(seed))
    var map = RecentMap<Int, Int>(capacity: 7)
    var model: [(key: Int, value: Int)] = []
    for step in 0..<2000 {
      let key = Int.random(in: 0..<15, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        map[key] = step
        model.removeAll { $0.key == key }
        model.append((key, step))
        if model.count > 7 { model.removeFirst() }
      case 1:
        map[key] = nil
        model.removeAll { $0.key == key }
      default:
        let expected = model.first { $0.key == key }
        #expect(map[key] == expected?.value)
        if let expected {
          model.removeAll { $0.key == key }
          model.append(expected)
        }
      }
      #expect(map.count == model.count)
    }
  }
}
