// Vector operations that the kernels need and that Swift does not have. The processor that a target is compiled for
// determines the width of a vector. All code in `Sources/WalrusKernels` uses this width.

#pragma once

#include <stdbool.h>
#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#if defined(__AVX512BW__)
#define LANES_SIZE 64
#else
#define LANES_SIZE 32
#endif

typedef uint64_t lanes __attribute__((vector_size(LANES_SIZE)));
typedef uint8_t lanes_bytes __attribute__((vector_size(LANES_SIZE)));

#define LANES_INLINE static inline __attribute__((always_inline))

// Swift's shifts of SIMD vectors are loops over the elements. The optimiser does not vectorise two loops that form a
// rotation.
LANES_INLINE lanes lanes_shifted_left(lanes value, int bits) { return value << bits; }
LANES_INLINE lanes lanes_shifted_right(lanes value, int bits) { return value >> bits; }
LANES_INLINE lanes lanes_rotated_right(lanes value, int bits) { return value >> bits | value << (64 - bits); }

// The low and the high four bits of each byte.
LANES_INLINE lanes lanes_low_nibbles(lanes value) { return (lanes)((lanes_bytes)value & 15); }
LANES_INLINE lanes lanes_high_nibbles(lanes value) { return (lanes)((lanes_bytes)value >> 4); }

// A vector that repeats the 16 bytes of `table`.
LANES_INLINE lanes lanes_repeating(const uint8_t *table) {
    lanes value;
    for (int start = 0; start < LANES_SIZE; start += 16) __builtin_memcpy((char *)&value + start, table, 16);
    return value;
}

// `table[n]` for the nibble n in each byte. The table must be linear: `table[a ^ b] == table[a] ^ table[b]`. On
// processors without a byte shuffle, the result is the XOR of the entries for the bits that are set in n.
LANES_INLINE lanes lanes_looked_up(lanes table, lanes nibbles) {
#if defined(__AVX512BW__)
    return (lanes)_mm512_shuffle_epi8((__m512i)table, (__m512i)nibbles);
#elif defined(__AVX2__)
    return (lanes)_mm256_shuffle_epi8((__m256i)table, (__m256i)nibbles);
#else
    lanes_bytes sum = {0};
    for (int bit = 1; bit < 16; bit <<= 1) {
        lanes_bytes isSet = (lanes_bytes)(((lanes_bytes)nibbles & (uint8_t)bit) != 0);
        sum ^= isSet & ((lanes_bytes)table)[bit];
    }
    return (lanes)sum;
#endif
}

// Whether this processor can run code that is compiled for x86-64-v3 (AVX2) or for x86-64-v4 (AVX-512).
static inline bool processor_has_avx2(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v3");
#else
    return false;
#endif
}

static inline bool processor_has_avx512(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v4");
#else
    return false;
#endif
}
