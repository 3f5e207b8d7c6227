#pragma once

// Asks the processor to load a cache line that is needed soon. Swift has no such function. Without it, kernels that
// access scattered rows would wait for memory.

static inline void okai_prefetch(const void *address) {
    __builtin_prefetch(address);
}
