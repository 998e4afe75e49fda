import Contracts
import StageKit

/// Cuts the document into drafts, section by section.
struct Chunker {
  let reader: PassageReader
  let options: ChunkingOptions
  let progress: (Int) -> Void

  func drafts(_ stretches: [SectionStretch]) throws -> [ChunkDraft] {
    var drafts: [ChunkDraft] = []
    // Nothing joins two outermost sections, not even a heading without text.
    for stretch in stretches { drafts += try self.drafts(stretch, leads: []) }
    return drafts.filter { $0.tokens > 0 }
  }

  /// The drafts of a section.
  ///
  /// - Parameter leads: headings of the sections around it that have no text of their own.
  private func drafts(_ stretch: SectionStretch, leads: [Int]) throws -> [ChunkDraft] {
    var leads = leads
    var groups: [[ChunkDraft]] = []
    if try !stretch.children.isEmpty && stretch.own.allSatisfy(reader.isLead) {
      leads += stretch.own
    } else if !stretch.own.isEmpty || !leads.isEmpty {
      groups.append(try pack(leads + stretch.own, path: stretch.path))
      leads = []
    }
    for child in stretch.children {
      groups.append(try drafts(child, leads: leads))
      leads = []
    }
    return merged(groups)
  }

  private func pack(_ entries: [Int], path: [Int]) throws -> [ChunkDraft] {
    var packer = SectionPacker(path: path, options: options, counter: reader.counter, notes: reader.passage)
    for entry in entries {
      if try reader.isBroughtAlong(entry) { continue }
      if let passage = try reader.passage(entry) { try packer.add(passage) }
      progress(entry)
    }
    return try packer.finish()
  }

  /// Joins neighbouring sections that are one draft each, as long as they fit together.
  private func merged(_ groups: [[ChunkDraft]]) -> [ChunkDraft] {
    var drafts: [ChunkDraft] = []
    var lastIsWhole = false
    for group in groups where !group.isEmpty {
      if lastIsWhole, group.count == 1, let last = drafts.last, last.tokens + group[0].tokens <= options.size {
        drafts[drafts.count - 1].merge(group[0])
      } else {
        drafts += group
        lastIsWhole = group.count == 1
      }
    }
    return drafts
  }
}
