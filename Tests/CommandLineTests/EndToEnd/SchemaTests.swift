import Engine
import CanonicalJSON
import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@testable import sheaf

extension EndToEnd {
  @Suite("The schemas of checkpoints")
  struct SchemaTests {
    static let committed = Programs.checkout.appendingPathComponent("Checkpoints/schema").path

    @Test("are in the repository as the worker writes them: sheaf-worker describe --schemas Checkpoints/schema")
    func current() async throws {
      let folder = try TemporaryFolder()
      let end = try await ProgramRun(
        executable: Programs.worker, arguments: ["describe", "--schemas", folder.path], folder: folder.path
      ).end()
      #expect(end.exit == 0)
      let written = SheafPlace.files(below: folder.path)
      #expect(written.count == 15)
      let kept = SheafPlace.files(below: Self.committed).filter { $0.key.hasSuffix(".json") }
      JobClaims.expectEqual(kept, written, "schemas")
    }

    @Test(
      "hold for every checkpoint of every document, says jsonschema",
      .enabled(if: Programs.python != nil, "script/bootstrap makes the Python that has jsonschema"))
    func valid() async throws {
      let place = try SheafPlace()
      let password = try place.write("sesame\n", as: "password")
      let documents = Documents.readable + ["encrypted"]
      let end = try await place.sheaf(
        ["run"] + documents.map(Programs.fixture) + SheafPlace.allFormats + ["--password-file", password])
      #expect(end.exit == 0, "\(end.errors)")
      let checked = try await ProgramRun(
        executable: try #require(Programs.python), arguments: ["-c", Self.script, Self.committed, place.data.jobs],
        folder: place.path, limit: .seconds(240)
      ).end()
      #expect(checked.exit == 0, "\(checked.output.prefix(4000))\(checked.errors.suffix(2000))")
      // Every page has eight checkpoints or parts, every document nine and its exports.
      let count = try #require(Int(checked.output.split(separator: " ").first ?? ""))
      #expect(count > documents.count * 25)
      try checkByOurselves(place)
    }

    /// What checks edits must take everything that the stages make.
    private func checkByOurselves(_ place: SheafPlace) throws {
      for (path, bytes) in SheafPlace.files(below: place.data.jobs) where path.hasSuffix(".json") {
        guard let folder = path.split(separator: "/").dropFirst().first,
          let stage = StageID.allCases.first(where: { $0.folder == folder })
        else { continue }
        let checkpoint = try CanonicalDecoder().decode(JSONValue.self, from: Array(bytes))
        guard let payload = checkpoint["payload"] else { continue }
        let file = Self.committed + "/" + CheckpointSchema.fileName(of: stage)
        let schema = try CanonicalDecoder().decode(
          JSONValue.self, from: Array(Data(contentsOf: URL(fileURLWithPath: file))))
        let unit = UnitID(stage, checkpoint["unit"]?["page"]?.int.map { .page($0) } ?? .document)
        #expect(try StageSchemas.payload(of: unit, in: schema).faults(of: payload, limit: 3) == [], "\(path)")
      }
    }

    /// Prints how many checkpoints it validated, or what is wrong with them.
    private static let script = """
      import json, pathlib, sys
      from jsonschema import Draft202012Validator
      validators = {}
      for file in pathlib.Path(sys.argv[1]).glob("*.schema.json"):
          schema = json.loads(file.read_text())
          Draft202012Validator.check_schema(schema)
          validators[file.name.split(".")[0]] = Draft202012Validator(schema)
      count, wrong, stages = 0, [], set()
      for job in sorted(pathlib.Path(sys.argv[2]).iterdir()):
          for file in sorted(job.rglob("*.json")):
              folder = file.relative_to(job).parts[0]
              if folder not in validators: continue
              value = json.loads(file.read_text())
              if value.get("format") != "sheaf.checkpoint/1": continue
              count += 1
              if folder not in stages and validators[folder].is_valid(value | {"payload": {"stranger": 1}}):
                  wrong.append(f"{folder}: any payload is valid")
              stages.add(folder)
              def leaves(error):
                  if not error.context: return [error]
                  return [leaf for inner in error.context for leaf in leaves(inner)]
              for error in validators[folder].iter_errors(value):
                  worst = max(leaves(error), key=lambda leaf: len(leaf.absolute_path))
                  place = "/".join(map(str, worst.absolute_path))
                  wrong.append(f"{job.name}/{file.relative_to(job)} {place}: {worst.message[:300]}")
      missing = sorted(set(validators) - stages)
      if wrong or missing:
          print("missing", missing)
          print("\\n".join(wrong[:30]))
          sys.exit(1)
      print(count, "checkpoints")
      """
  }
}
