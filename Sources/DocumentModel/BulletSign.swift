/// Signs that are set before the items of a list, and at the beginning of a line hardly mean anything else.
///
/// Dashes, asterisks and letters that serve as bullets, too, are not among them: what they are is for their neighbours to
/// tell.
package enum BulletSign {
  package static func isBullet(_ scalar: Unicode.Scalar) -> Bool { signs.contains(scalar) }

  private static let signs: Set<Unicode.Scalar> = [
    "•", "‣", "◦", "⁃", "∙", "·", "●", "○", "◉", "◎", "◍", "⚫", "⚪", "⬤", "⦿", "⦾", "■", "□", "▪", "▫", "◻", "◼", "◽",
    "◾",
    "❏", "❐", "❑", "❒", "❍", "◆", "◇", "◈", "♦", "⬥", "⬦", "⬧", "❖", "▶", "►", "▸", "▷", "▹", "▻", "➢", "➣", "➤", "→",
    "⇒",
    "➔", "➙", "➜", "➝", "➞", "➡", "➥", "➨", "✓", "✔", "✗", "✘", "☐", "☑", "☒", "★", "☆", "✦", "✧", "✱", "✶", "✷", "☞",
    "☛",
    // As Symbol and Wingdings encode them.
    "\u{F0B7}", "\u{F0A7}", "\u{F076}", "\u{F0D8}", "\u{F0FC}", "\u{F071}", "\u{F0A8}", "\u{F06E}", "\u{F06F}",
  ]
}
