@main
struct SheafWorker {
  static func main() {}
}
