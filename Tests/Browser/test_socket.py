"""The socket's promises, with a socket that is made to misbehave: nothing is lost, nothing is told twice."""

SCRIPT = """async () => {
  const { ProgressSocket } = await import("/js/net/socket.mjs");
  const log = { events: [], sent: [], states: [], waits: [] };
  let current;
  class Fake extends EventTarget {
    readyState = 0;
    constructor() { super(); current = this; queueMicrotask(() => { this.readyState = 1; this.dispatchEvent(new Event("open")); }); }
    send(text) { log.sent.push(JSON.parse(text)); }
    close() { this.readyState = 3; this.dispatchEvent(new Event("close")); }
    say(message) { const event = new Event("message"); event.data = JSON.stringify(message); this.dispatchEvent(event); }
  }
  const socket = new ProgressSocket({
    connect: async () => new Fake(), random: () => 0,
    whenEvent: (event) => log.events.push(event.seq), whenResync: (id, snapshot) => log.events.push("resync " + snapshot.seq),
    whenChanged: (each) => { log.states.push(each.state); if (each.state === "waiting") log.waits.push(Math.round((each.retryAt - Date.now()) / 25) * 25); },
  });
  const event = (seq) => ({ seq, job: "a", type: "unit_finished", stage: "ocr", page: 1, state: "done", at: 1 });
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  socket.subscribe("a", 3);
  const beats = [];
  const every = window.setInterval;
  window.setInterval = (work) => { beats.push(work); return 0; };
  socket.start();
  window.setInterval = every;
  await pause(20);
  %s
  socket.stop();
  return log;
}"""


def run(open_page, steps):
    return open_page().evaluate(SCRIPT % steps)


def test_what_was_seen_is_not_told_again(open_page):
    log = run(open_page, "for (const seq of [3, 4, 4, 5, 2, 6]) current.say(event(seq));")
    assert log["events"] == [4, 5, 6]
    assert log["sent"][0] == {"subscribe": {"jobs": ["a"], "since": {"a": 3}}}


def test_a_gap_is_asked_for_once_and_filled(open_page):
    log = run(open_page, "for (const seq of [4, 7, 8, 9]) current.say(event(seq)); for (const seq of [5, 6, 7, 8, 9]) current.say(event(seq));")
    assert log["events"] == [4, 5, 6, 7, 8, 9]
    assert [each for each in log["sent"] if each.get("subscribe", {}).get("since") == {"a": 4}] == [{"subscribe": {"jobs": ["a"], "since": {"a": 4}}}]


def test_a_gap_that_is_never_filled_ends_in_a_snapshot(open_page):
    log = run(open_page, """const now = performance.now.bind(performance); let later = 0; performance.now = () => now() + later;
      current.say(event(4)); current.say(event(7)); later = 6_000; current.say(event(8)); current.say({ resync: { job: 'a' }, snapshot: { jobs: [{ id: 'a', seq: 8, stages: [] }], more: false } }); current.say(event(9));""")
    assert log["events"] == [4, "resync 8", 9]
    assert log["sent"][-1] == {"subscribe": {"jobs": ["a"]}}


def test_after_a_break_it_goes_on_from_the_last_number(open_page):
    log = run(open_page, "current.say(event(4)); current.close(); await pause(400); current.say(event(4)); current.say(event(5));")
    assert log["events"] == [4, 5]
    assert log["sent"][-1] == {"subscribe": {"jobs": ["a"], "since": {"a": 4}}}
    assert log["states"] == ["connecting", "open", "waiting", "connecting", "open", "idle"]


def test_a_resync_replaces_what_was_known(open_page):
    log = run(open_page, "current.say({ resync: { reason: 'overflow' } }); current.say({ resync: { job: 'a' }, snapshot: { jobs: [{ id: 'a', seq: 40, stages: [] }], more: false } }); current.say(event(40)); current.say(event(41));")
    assert log["events"] == ["resync 40", 41]


LATER = "const now = performance.now.bind(performance); let later = 0; performance.now = () => now() + later; const beat = () => beats.forEach((work) => work());"


def test_a_line_that_answers_nothing_is_given_up(open_page):
    log = run(open_page, LATER + """const dead = current; later = 46_000; beat(); later = 52_000; beat(); await pause(20);
      dead.say(event(4)); await pause(400); current.say(event(4)); current.say(event(5));""")
    assert log["states"] == ["connecting", "open", "waiting", "connecting", "open", "idle"]
    assert log["events"] == [4, 5]


def test_a_quiet_line_that_answers_is_kept(open_page):
    log = run(open_page, LATER + "later = 46_000; beat(); current.say({ plan: { job: 'a', stages: {} } }); later = 52_000; beat(); later = 90_000; beat(); later = 93_000; beat();")
    assert log["states"] == ["connecting", "open", "idle"]


def test_a_job_that_was_removed_is_not_asked_for_again(open_page):
    log = run(open_page, """socket.whenPlan = () => {}; socket.subscribe('*');
      const other = (job, seq, more) => current.say({ seq, job, type: 'job_state', state: 'running', at: 1, ...more });
      other('b', 7); other('c', 3); current.say({ removed: { job: 'b' } }); current.close(); await pause(400);""")
    assert {"subscribe": {"jobs": "*", "since": {"a": 3, "c": 3}}} in log["sent"]


def test_jobs_that_ended_long_ago_do_not_crowd_out_those_that_run(open_page):
    log = run(open_page, """socket.subscribe('*'); const told = (job, seq, state) => current.say({ seq, job, type: 'job_state', state, at: 1 });
      told('runs', 2, 'running');
      for (let number = 0; number < 3_000; number += 1) { told('job' + number, 5, 'running'); told('job' + number, 6, 'completed'); }
      current.close(); await pause(400);""")
    since = next(each["subscribe"]["since"] for each in reversed(log["sent"]) if each["subscribe"]["jobs"] == "*")
    assert since["runs"] == 2
    assert since["job2999"] == 6
    assert len(since) <= 900


def test_waits_grow_and_are_bounded(open_page):
    page = open_page()
    waits = page.evaluate("""async () => {
      const { ProgressSocket } = await import("/js/net/socket.mjs");
      const waits = [];
      const native = setTimeout;
      window.setTimeout = (work, time) => native(work, Math.min(time, 1));
      const socket = new ProgressSocket({ connect: async () => { throw new Error("down"); }, random: () => 1, whenEvent() {}, whenResync() {},
        whenChanged: (each) => { if (each.state === "waiting") waits.push(each.retryAt - Date.now()); } });
      socket.start();
      await new Promise((resolve) => native(resolve, 400));
      socket.stop();
      window.setTimeout = native;
      return waits.slice(0, 9).map((wait) => Math.round(wait / 10) * 10);
    }""")
    assert waits == [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]
