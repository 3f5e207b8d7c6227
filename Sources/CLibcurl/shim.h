#pragma once
#include <curl/curl.h>
#include <sys/socket.h>

// curl_easy_setopt and curl_easy_getinfo are variadic C functions, which Swift cannot call. Each function below fixes
// the type of the variadic argument.

typedef size_t (*okai_curl_data_callback)(char *, size_t, size_t, void *);
typedef int (*okai_curl_seek_callback)(void *, curl_off_t, int);

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

static inline CURLcode okai_curl_set_data_callback(
    CURL *easy, CURLoption option, okai_curl_data_callback value
) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode okai_curl_set_seek_callback(CURL *easy, okai_curl_seek_callback value) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode okai_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode okai_curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode okai_curl_get_private(CURL *easy, void **value) {
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, value);
}

// Reads a member of a C union.
static inline CURLcode okai_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

// Creates a socket with the close-on-exec flag. The flag is set in the same call, so no child process can inherit the
// socket.
static inline curl_socket_t okai_curl_open_socket(
    void *context, curlsocktype purpose, struct curl_sockaddr *address
) {
    (void)context;
    (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static inline CURLcode okai_curl_set_close_on_exec(CURL *easy) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, okai_curl_open_socket);
}
