extension RandomAccessCollection where Index == Int {
  /// The first index whose element answers yes, in a collection where all yes follow all no.
  package func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
