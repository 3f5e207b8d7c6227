#pragma once

// Swift has no word for "I shall read this soon", and kernels that jump from row to row wait for memory without it.

static inline void okai_prefetch(const void *address) {
    __builtin_prefetch(address);
}
