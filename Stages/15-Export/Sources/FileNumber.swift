/// Numbers in file names, with at least two digits so that names sort.
enum FileNumber {
  static func text(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
