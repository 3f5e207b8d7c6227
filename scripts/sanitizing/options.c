// Options of the sanitizers. They are linked into every program, because the bot starts its workers with an environment
// that does not have them. REPORTS is the beginning of the path of each process's report.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// A request for more memory than there is must fail as it does without a sanitizer.
#define OPTIONS "allocator_may_return_null=1:log_path=" REPORTS

// Findings do not change exit codes: scripts/sanitize reads the reports. Else a failed test would hide its finding.
const char *__tsan_default_options(void) { return OPTIONS ":exitcode=0"; }

// Swift's runtime never frees some memory, so leaks are not reported.
const char *__asan_default_options(void) { return OPTIONS ":detect_leaks=0"; }

// Before Foundation's Process starts a program, it copies names of /proc/self/fd at the full length that a name may have,
// and so reads beyond the bytes that readdir has filled. Seen in Swift 6.3.1.
const char *__asan_default_suppressions(void) { return "interceptor_via_fun:*findMaximumOpenFromProcSelfFD*\n"; }

#if __has_feature(thread_sanitizer)
// Swift's Mutex is locked and unlocked by instructions that the sanitizer sees, unless a thread waits for it. Then the
// library calls the kernel, in functions that are not instrumented, and the sanitizer would report a race for every
// contended Mutex. So these two functions are wrapped, and the wrappers tell the sanitizer.
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
