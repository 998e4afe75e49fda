/// The parsers that read what others wrote, each with what must hold for any bytes whatever.
///
/// A parser that breaks its promise traps, which the fuzzer reports with the bytes that did it.
enum FuzzedParser: String, CaseIterable {
  case frames, envelopes, messages, options, rules, heads, chunks, sockets

  /// - Parameter bytes: the first one says where the rest is cut, for parsers that are fed in pieces.
  func check(_ bytes: [UInt8]) {
    let input = FuzzedInput(bytes)
    switch self {
    case .frames: input.requireSame(FrameReading.read)
    case .envelopes: EnvelopeReading.check(input.whole)
    case .messages: MessageReading.checkMessage(input.whole)
    case .options: MessageReading.checkOption(input.whole)
    case .rules: RuleReading.check(input.whole)
    case .heads: input.requireSame(WebReading.head)
    case .chunks: input.requireSame(WebReading.chunks)
    case .sockets: input.requireSame(WebReading.socket)
    }
  }

  /// What a run begins with; the fuzzer finds the rest.
  var samples: [[UInt8]] {
    switch self {
    case .frames: FrameReading.samples
    case .envelopes: EnvelopeReading.samples
    case .messages: MessageReading.messages
    case .options: MessageReading.values
    case .rules: RuleReading.samples
    case .heads: WebReading.heads
    case .chunks: WebReading.chunkedBodies
    case .sockets: WebReading.sockets
    }
  }
}

/// Bytes in one piece, and the same in two.
struct FuzzedInput {
  let whole: [UInt8]
  let pieces: [[UInt8]]

  init(_ bytes: [UInt8]) {
    whole = Array(bytes.dropFirst())
    let cut = whole.isEmpty ? 0 : Int(bytes[0]) % (whole.count + 1)
    pieces = [Array(whole[..<cut]), Array(whole[cut...])]
  }

  /// How what comes over a socket is cut must make no difference.
  func requireSame<Outcome: Equatable>(_ read: ([[UInt8]]) -> Outcome) {
    precondition(read([whole]) == read(pieces), "it is read otherwise in pieces")
  }
}
