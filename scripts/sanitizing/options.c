// What sanitizers are told: linked into every program, because the bot and its workers start with environments of their
// own. REPORTS is where each process leaves what was found in it.

#define OPTIONS "allocator_may_return_null=1:log_path=" REPORTS

// Asking for more memory than there is must fail as it does elsewhere. A test that fails because something was found would
// hide what: reports decide.
const char *__tsan_default_options(void) { return OPTIONS ":exitcode=0"; }

// What the runtime and the toolchain's own caches keep for good is no leak of ours.
const char *__asan_default_options(void) { return OPTIONS ":detect_leaks=0"; }
