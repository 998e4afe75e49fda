import Contracts
import DocumentModel

/// Packs the text of one section into drafts.
struct SectionPacker {
  let path: [Int]
  let limit: Int
  let overlap: Int
  let counter: any TokenCounter
  private(set) var drafts: [ChunkDraft] = []
  var draft: ChunkDraft
  /// What the next draft may repeat.
  var tail: OverlapTail
  /// Passages that belong together, until it is known what comes with them.
  private var group: [Passage] = []
  private var groupTokens = 0
  /// Footnotes that found no room beside their mark.
  private var deferred: [Passage] = []
  private let notes: (Int) throws -> Passage?

  /// - Parameter notes: reads the passage of a footnote's entry.
  init(
    path: [Int], options: ChunkingOptions, counter: any TokenCounter, notes: @escaping (Int) throws -> Passage?
  ) {
    self.path = path
    limit = options.size
    overlap = min(options.overlap, options.size / 2)
    self.counter = counter
    self.notes = notes
    draft = ChunkDraft(path: path)
    tail = OverlapTail(limit: overlap)
  }

  mutating func add(_ passage: Passage) throws {
    switch passage.role {
    case .footnote:
      deferred.append(passage)
      return
    case .lead:
      if group.contains(where: { !$0.leadsOn }) { try placeGroup() }
      group.append(passage)
    case .introduction:
      if group.contains(where: { $0.role != .lead }) { try placeGroup() }
      group.append(passage)
    case .listItem:
      group.append(passage)
    case .text, .table, .figure:
      if group.contains(where: { !$0.leadsOn }) { try placeGroup() }
      group.append(passage)
      try placeGroup()
    }
    groupTokens = group.count == 1 ? passage.tokens : groupTokens + passage.tokens
    // A group that fits no chunk need not be waited for.
    if groupTokens > limit { try placeGroup() }
  }

  mutating func finish() throws -> [ChunkDraft] {
    try placeGroup()
    let left = deferred
    deferred = []
    for note in left { try place([note]) }
    close(room: 0)
    return drafts
  }

  private mutating func placeGroup() throws {
    let passages = group
    group = []
    if !passages.isEmpty { try place(passages) }
  }

  /// Places passages that belong together: in this draft, else in the next, else apart.
  private mutating func place(_ passages: [Passage]) throws {
    let tokens = passages.reduce(0) { $0 + $1.tokens }
    let attached = try passages.flatMap { try $0.notes.compactMap(notes) }
    let noted = tokens + attached.reduce(0) { $0 + $1.tokens }
    let wanted = noted <= limit ? noted : tokens
    guard wanted <= limit else { return try placeApart(passages) }
    if draft.tokens + wanted > limit {
      close(room: passages[0].role == .lead ? 0 : limit - wanted)
    }
    for passage in passages { append(passage) }
    attach(attached)
  }

  /// Places passages that are too long for one chunk; headings stay with the beginning of what follows them.
  private mutating func placeApart(_ passages: [Passage]) throws {
    let leads = passages.prefix { $0.leadsOn }
    let leadTokens = leads.reduce(0) { $0 + $1.tokens }
    var rest = passages[...]
    if !leads.isEmpty, leads.count < passages.count, leadTokens <= limit / 2 {
      close(room: 0)
      for lead in leads { append(lead) }
      attach(try leads.flatMap { try $0.notes.compactMap(notes) })
      rest = passages[leads.count...]
    }
    for passage in rest {
      if passage.tokens > limit || draft.tokens + passage.tokens > limit && draftIsLead(leads) {
        cut(passage)
        attach(try passage.notes.compactMap(notes))
      } else {
        try place([passage])
      }
    }
  }

  /// Whether the draft holds nothing but these headings, which must not stand alone.
  private func draftIsLead(_ leads: ArraySlice<Passage>) -> Bool {
    !leads.isEmpty && draft.spans.count == leads.count && draft.spans.last?.entry == leads.last?.entry
  }

  private mutating func attach(_ notes: [Passage]) {
    for note in notes {
      if draft.tokens + note.tokens <= limit, !draft.isEmpty {
        draft.append(
          ChunkSpan(entry: note.entry, start: 0, end: note.whole.count), tokens: note.tokens,
          pages: note.pages(note.whole))
      } else {
        deferred.append(note)
      }
    }
  }

  private mutating func append(_ passage: Passage) {
    draft.append(
      ChunkSpan(entry: passage.entry, start: 0, end: passage.whole.count), tokens: passage.tokens,
      pages: passage.pages(passage.whole))
    if passage.overlaps {
      tail.append(passage, passage.whole, tokens: passage.tokens)
    } else {
      tail.removeAll()
    }
  }

  /// Ends the draft and begins the next with the sentences that it repeats.
  ///
  /// - Parameter room: tokens that the repeated sentences may take.
  mutating func close(room: Int) {
    guard !draft.isEmpty else { return }
    // Half at most: a chunk that the next repeats whole would be of no use.
    let repeated = tail.sentences(within: min(overlap, room, draft.tokens / 2), counter: counter)
    drafts.append(draft)
    draft = ChunkDraft(path: path)
    tail.removeAll()
    for (passage, range, tokens) in repeated {
      draft.append(
        ChunkSpan(entry: passage.entry, start: range.lowerBound, end: range.upperBound), tokens: tokens,
        pages: passage.pages(range))
    }
  }
}
