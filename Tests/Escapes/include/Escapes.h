#pragma once

/// Tries one way out of a worker, by its name; harmless where it works.
///
/// `scratch` is the worker's own folder, `data` the engine's. Returns 0 where the way is open, the errno of what refused it
/// where it is not, and -1 where there is no such way.
int escapes_try(const char *name, const char *scratch, const char *data);

/// The name of a way by its number; null after the last.
const char *escapes_name(int number);
