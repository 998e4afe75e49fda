// Loaded beside a program built with --sanitize thread: tells ThreadSanitizer of contended mutexes.
//
// An uncontended lock of Swift's Mutex is compiled into our own code, where the sanitizer sees it. A contended one is taken in
// the standard library, which is built without the sanitizer, so it would take everything that the mutex guards for a race.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

void __tsan_acquire(void *) __attribute__((weak));
void __tsan_release(void *) __attribute__((weak));

#define SELF void *self __attribute__((swift_context))
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define TRY_LOCK_SLOW "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void unlock_slow(SELF) __asm__(UNLOCK_SLOW);
__attribute__((swiftcall)) _Bool try_lock_slow(SELF) __asm__(TRY_LOCK_SLOW);

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SELF) {
  ((__attribute__((swiftcall)) void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK_SLOW))(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

__attribute__((swiftcall)) void unlock_slow(SELF) {
  if (__tsan_release) __tsan_release(self);
  ((__attribute__((swiftcall)) void (*)(SELF))dlsym(RTLD_NEXT, UNLOCK_SLOW))(self);
}

__attribute__((swiftcall)) _Bool try_lock_slow(SELF) {
  _Bool taken = ((__attribute__((swiftcall)) _Bool (*)(SELF))dlsym(RTLD_NEXT, TRY_LOCK_SLOW))(self);
  if (taken && __tsan_acquire) __tsan_acquire(self);
  return taken;
}
