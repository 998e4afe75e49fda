import Contracts
import DocumentModel

#if canImport(Glibc)
  import Glibc
#endif

/// Picks the sentences that say most of what the others say (LexRank: Erkan and Radev, 2004).
struct SentenceRank {
  private let pool: [SentencePool.Candidate]
  /// What a word tells: the rarer, the more.
  private let weights: [Double]
  private let norms: [Double]
  private let scores: [Double]

  init(_ sentences: SentencePool) {
    let total = Double(sentences.sentences + 1)
    let weights = sentences.frequencies.map { log(1 + total / Double(max($0, 1))) }
    // A word that stands once joins no sentences; one that stands often makes a sentence typical.
    let typical = sentences.frequencies.map { $0 > 1 ? log(1 + Double($0)) : 0 }
    func merit(_ candidate: SentencePool.Candidate) -> Double {
      let sum = candidate.words.reduce(0.0) { $0 + typical[Int($1)] }
      return candidate.prominence * sum / Double(candidate.words.count).squareRoot()
    }
    let merits = sentences.candidates.map(merit)
    let best = merits.indices.sorted { (merits[$1], $0) < (merits[$0], $1) }.prefix(Self.mostRanked).sorted()
    pool = best.map { sentences.candidates[$0] }
    self.weights = weights
    norms = pool.map { candidate in
      candidate.words.reduce(0.0) { $0 + weights[Int($1)] * weights[Int($1)] }.squareRoot()
    }
    scores = Self.ranks(pool, weights, norms)
  }

  /// The best sentences that do not repeat each other, in reading order.
  func summary(_ limit: Int) -> [SummarySentence] {
    let order = pool.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    let most = order.first.map { scores[$0] } ?? 1
    var chosen: [Int] = []
    for index in order where chosen.count < limit {
      guard !chosen.contains(where: { similarity(index, $0) > Self.repetition }) else { continue }
      chosen.append(index)
    }
    return chosen.sorted().map {
      SummarySentence(
        entry: pool[$0].entry, start: pool[$0].range.lowerBound, end: pool[$0].range.upperBound,
        score: Score(most > 0 ? scores[$0] / most : 0))
    }
  }

  private func similarity(_ a: Int, _ b: Int) -> Double {
    Self.similarity(pool[a], pool[b], weights) / max(norms[a] * norms[b], .leastNormalMagnitude)
  }

  private static func similarity(_ a: SentencePool.Candidate, _ b: SentencePool.Candidate, _ weights: [Double])
    -> Double
  {
    var (i, j, sum) = (0, 0, 0.0)
    while i < a.words.count, j < b.words.count {
      if a.words[i] == b.words[j] {
        let weight = weights[Int(a.words[i])]
        sum += weight * weight
        i += 1
        j += 1
      } else if a.words[i] < b.words[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return sum
  }

  /// The stationary weights of a walk between similar sentences, times their prominence.
  private static func ranks(_ pool: [SentencePool.Candidate], _ weights: [Double], _ norms: [Double]) -> [Double] {
    let count = pool.count
    guard count > 0 else { return [] }
    var links = Array(repeating: 0.0, count: count * count)
    var sums = Array(repeating: 0.0, count: count)
    for a in 0..<count {
      for b in a + 1..<max(count, a + 1) {
        let value = similarity(pool[a], pool[b], weights) / max(norms[a] * norms[b], .leastNormalMagnitude)
        guard value >= threshold else { continue }
        links[a * count + b] = value
        links[b * count + a] = value
        sums[a] += value
        sums[b] += value
      }
    }
    var ranks = Array(repeating: 1.0, count: count)
    for _ in 0..<steps {
      var next = Array(repeating: 1 - damping, count: count)
      for a in 0..<count where sums[a] > 0 {
        let share = damping * ranks[a] / sums[a]
        for b in 0..<count where links[a * count + b] > 0 { next[b] += share * links[a * count + b] }
      }
      ranks = next
    }
    return zip(pool, ranks).map { $0.prominence * $1 }
  }

  private static let mostRanked = 400  // sentences: their pairs take some ten milliseconds
  private static let steps = 30  // the order of ranks is settled after about fifteen
  private static let damping = 0.85  // as in PageRank
  private static let threshold = 0.05  // similarity below which two sentences share only a common word
  private static let repetition = 0.5  // similarity above which one sentence says what the other says
}
