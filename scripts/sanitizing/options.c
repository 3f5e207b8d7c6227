// What sanitizers are told: linked into every program, because the bot and its workers start with environments of their
// own. REPORTS is where each process leaves what was found in it.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// Asking for more memory than there is must fail as it does elsewhere.
#define OPTIONS "allocator_may_return_null=1:log_path=" REPORTS

// Reports decide, not exit codes: a test that failed because something was found would hide what.
const char *__tsan_default_options(void) { return OPTIONS ":exitcode=0"; }

// What the runtime keeps for good is no leak of ours.
const char *__asan_default_options(void) { return OPTIONS ":detect_leaks=0"; }

// Foundation's Process, before it starts a program, copies names in /proc/self/fd at the full length that a name may have,
// and so reads beyond what readdir has filled. Seen in Swift 6.3.1.
const char *__asan_default_suppressions(void) { return "interceptor_via_fun:*findMaximumOpenFromProcSelfFD*\n"; }

#if __has_feature(thread_sanitizer)
// A Mutex of Swift's library is locked and unlocked by instructions that the sanitizer sees, unless somebody waits for it:
// then the library does it in functions of its own, which are not instrumented, by a call to the kernel. The sanitizer
// would take every Mutex that somebody waits for to be none. So those functions are wrapped, and it is told.
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *mutex

void __tsan_acquire(void *address);
void __tsan_release(void *address);

SWIFT void lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void lock(uint32_t thread, SELF) {
    SWIFT void (*wrapped)(uint32_t, SELF) = dlsym(RTLD_NEXT, LOCK);
    wrapped(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT void unlock(SELF) __asm__(UNLOCK);
SWIFT void unlock(SELF) {
    SWIFT void (*wrapped)(SELF) = dlsym(RTLD_NEXT, UNLOCK);
    __tsan_release(mutex);
    wrapped(mutex);
}
#endif
