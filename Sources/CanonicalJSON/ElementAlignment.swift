/// Which elements of two versions of a JSON array are the same thing, seen again.
///
/// Elements with ids go by them. Elements with boxes (words, regions) go by their place on the page, since a stage that
/// runs again may find more or fewer of them. Other objects go by their index where there are as many. Anything else has
/// no identity: such an array is one thing.
struct ElementAlignment {
  /// The other version's index for each element; nil where it has none.
  let other: [Int?]

  /// - Returns: nil where the elements have no identity.
  init?(_ old: [JSONValue], _ new: [JSONValue]) {
    guard max(old.count, new.count) <= Self.longest else { return nil }
    if let oldIDs = Self.ids(old), let newIDs = Self.ids(new) {
      let places = Dictionary(uniqueKeysWithValues: newIDs.enumerated().map { ($1, $0) })
      other = oldIDs.map { places[$0] }
    } else if let oldBoxes = Self.boxes(old), let newBoxes = Self.boxes(new) {
      other = Self.byPlace(oldBoxes, newBoxes)
    } else if old.count == new.count, (old + new).allSatisfy({ $0.object != nil }) {
      other = old.indices.map { $0 }
    } else {
      return nil
    }
  }

  /// Elements: pages have some thousands of words; beyond this, finding pairs is not worth the time.
  private static let longest = 20_000
  /// Of the union of two boxes: less overlap than this is another thing. Neighbouring words overlap by nothing, and the
  /// same word read at another resolution by nine tenths.
  private static let leastOverlap = 0.5

  private static func ids(_ elements: [JSONValue]) -> [JSONValue]? {
    guard !elements.isEmpty else { return nil }
    let ids = elements.compactMap { $0["id"] }.filter { $0.string != nil || $0.int != nil }
    return ids.count == elements.count && Set(ids).count == ids.count ? ids : nil
  }

  private struct Box {
    let left, top, right, bottom: Double

    init?(_ value: JSONValue) {
      guard let box = value["box"], let left = box["left"]?.double, let top = box["top"]?.double,
        let right = box["right"]?.double, let bottom = box["bottom"]?.double
      else { return nil }
      (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    var area: Double { max(0, right - left) * max(0, bottom - top) }

    /// The common area as a part of the area of both together, 0…1.
    func overlap(with other: Box) -> Double {
      let width = min(right, other.right) - max(left, other.left)
      let height = min(bottom, other.bottom) - max(top, other.top)
      guard width > 0, height > 0 else { return 0 }
      let common = width * height
      return common / (area + other.area - common)
    }
  }

  private static func boxes(_ elements: [JSONValue]) -> [Box]? {
    let boxes = elements.compactMap(Box.init)
    return boxes.count == elements.count ? boxes : nil
  }

  private static func byPlace(_ old: [Box], _ new: [Box]) -> [Int?] {
    var other = [Int?](repeating: nil, count: old.count)
    var isTaken = [Bool](repeating: false, count: new.count)
    func pair(_ index: Int, _ match: Int) {
      other[index] = match
      isTaken[match] = true
    }
    for index in old.indices where index < new.count && old[index].overlap(with: new[index]) >= leastOverlap {
      pair(index, index)
    }
    let byTop = new.indices.filter { !isTaken[$0] }.sorted { (new[$0].top, $0) < (new[$1].top, $1) }
    for index in old.indices where other[index] == nil {
      let box = old[index]
      // What overlaps by half is at most twice as high and begins within that height.
      let reach = 2 * (box.bottom - box.top)
      var best: (match: Int, overlap: Double)?
      for match in byTop[firstIndex(in: byTop) { new[$0].top >= box.top - reach }...] {
        guard new[match].top <= box.top + reach else { break }
        let overlap = box.overlap(with: new[match])
        if !isTaken[match], overlap >= leastOverlap, overlap > best?.overlap ?? 0 { best = (match, overlap) }
      }
      if let best { pair(index, best.match) }
    }
    // A box that a person moved: nothing else has its place in the list.
    if old.count == new.count {
      for index in old.indices where other[index] == nil && !isTaken[index] { pair(index, index) }
    }
    return other
  }

  /// The first position of an ordered list from which on the condition holds.
  private static func firstIndex(in list: [Int], _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(list[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
