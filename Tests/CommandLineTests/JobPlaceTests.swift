import Checkpoints
import StageKit
import Testing

@testable import sheaf

@Suite("Advice on jobs here and elsewhere")
struct JobPlaceTests {
  private static let job = JobID("jb00000001")
  private static let page = UnitID(.ocr, .page(3))

  @Test("jobs of a data folder are gone on with by commands")
  func folder() throws {
    let (place, job) = (JobPlace.folder(repeated: " --data D"), try #require(Self.job))
    #expect(place.resume(job, needsPassword: false) == "go on with: sheaf resume \(job) --data D")
    #expect(place.resume(job, needsPassword: true) == "go on with: sheaf resume \(job) --password-file FILE --data D")
    #expect(place.resolve(Self.page, of: job) == "See both with: sheaf resolve \(job) ocr 3 --data D")
    #expect(place.details(job) == "sheaf status \(job) --data D")
  }

  @Test("those of a server elsewhere by requests: of the commands only run and status speak to it")
  func server() throws {
    let (place, job) = (JobPlace.server(url: "http://h:1/", hasKey: false), try #require(Self.job))
    let json = "curl -H 'Content-Type: application/json'"
    #expect(
      place.resume(job, needsPassword: false) == "go on with: \(json) -d {} 'http://h:1/api/v1/jobs/\(job)/resume'")
    #expect(
      place.resume(job, needsPassword: true)
        == "write {\"password\":\"…\"} to FILE and go on with: \(json) -d @FILE 'http://h:1/api/v1/jobs/\(job)/resume'")
    #expect(
      place.resolve(Self.page, of: job).hasPrefix(
        "Keep the edit with: \(json) -d '{\"choice\":\"keep\",\"page\":3,\"stage\":\"ocr\"}' "
          + "'http://h:1/api/v1/jobs/\(job)/resolve' "))
    #expect(place.details(job) == "sheaf status \(job) --json --server http://h:1/")
    #expect(place.follow(job) == "sheaf status \(job) --follow --server http://h:1/")
  }

  @Test("a key is named by its variable, never told")
  func key() throws {
    let advice = JobPlace.server(url: "http://h:1", hasKey: true).resume(try #require(Self.job), needsPassword: true)
    #expect(advice.contains(#"curl -H "Authorization: Bearer $SHEAF_API_KEY" -H"#))
  }
}
