/// The parsers that read what others wrote, each with what must hold for any bytes whatever.
///
/// Seeded mutations go through them in every test run (`ParserFuzzTests`); libFuzzer looks for more (`script/fuzz --guided`).
enum FuzzedParser: String, CaseIterable {
  case frames, envelopes, messages, options, rules, heads, chunks, sockets

  /// - Parameter bytes: the first one says how short the pieces are, for parsers that are fed in pieces.
  /// - Throws: `BrokenPromise`.
  func check(_ bytes: [UInt8]) throws {
    let input = FuzzedInput(bytes)
    switch self {
    case .frames: try input.requireSame(FrameReading.read)
    case .envelopes: try EnvelopeReading.check(input.whole)
    case .messages: try MessageReading.checkMessage(input.whole)
    case .options: try MessageReading.checkOption(input.whole)
    case .rules: RuleReading.check(input.whole)
    case .heads: try input.requireSame(WebReading.head)
    case .chunks: try input.requireSame(WebReading.chunks)
    case .sockets: try input.requireSame(WebReading.socket)
    }
  }

  /// What a run begins with; the fuzzer finds the rest.
  var samples: [[UInt8]] {
    get throws {
      switch self {
      case .frames: FrameReading.samples
      case .envelopes: try EnvelopeReading.samples
      case .messages: try MessageReading.messages
      case .options: MessageReading.values
      case .rules: RuleReading.samples
      case .heads: WebReading.heads
      case .chunks: WebReading.chunkedBodies
      case .sockets: WebReading.sockets
      }
    }
  }
}

/// Bytes in one piece, and the same in short ones.
struct FuzzedInput {
  let whole: [UInt8]
  let pieces: [[UInt8]]

  init(_ bytes: [UInt8]) {
    whole = Array(bytes.dropFirst())
    let length = 1 + Int(bytes.first ?? 0)
    let whole = whole
    pieces = stride(from: 0, to: whole.count, by: length).map { Array(whole[$0..<min($0 + length, whole.count)]) }
  }

  /// How what comes over a socket is cut must make no difference.
  func requireSame<Outcome: Equatable>(_ read: ([[UInt8]]) throws -> Outcome) throws {
    guard try read([whole]) == read(pieces) else { throw BrokenPromise("it is read otherwise in pieces") }
  }
}
