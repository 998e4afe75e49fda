/// What a worker may read besides the descriptors it is given.
enum ReachablePaths {
  /// Found by watching what Poppler, fontconfig, Tesseract, GLib and the C library open; what is not there is passed over.
  static let readable = [
    // Libraries loaded late: character sets of iconv, locales.
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    // Fonts, character maps of Poppler, language data, time zones.
    "/usr/share", "/usr/local/share", "/etc/fonts", "/var/cache/fontconfig",
    // How many processors there are and what they can, which libraries choose their code by.
    "/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/meminfo", "/proc/sys/vm/overcommit_memory",
    // Its own memory use and threads.
    "/proc/self", "/dev/null", "/dev/urandom",
  ]
}
