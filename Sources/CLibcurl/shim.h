#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic C functions, which Swift cannot call: each shim below fixes
// the type of the one variadic argument. The option constants are macros over enums, which Swift does see.

typedef size_t (*okai_curl_data_callback)(char *, size_t, size_t, void *);
typedef curl_socket_t (*okai_curl_socket_callback)(void *, curlsocktype, struct curl_sockaddr *);

static inline CURLcode okai_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode okai_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode okai_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode okai_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode okai_curl_set_data_callback(CURL *easy, CURLoption option, okai_curl_data_callback value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode okai_curl_set_socket_callback(CURL *easy, okai_curl_socket_callback value) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode okai_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode okai_curl_get_private(CURL *easy, void **value) {
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, value);
}
// The result stands in a C union, which Swift imports awkwardly.
static inline CURLcode okai_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}
