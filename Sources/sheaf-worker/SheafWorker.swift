import WorkerRuntime

/// The program that runs the fifteen stages.
@main
struct SheafWorker {
  static func main() { WorkerProgramMain.run(Catalog.stages) }
}
