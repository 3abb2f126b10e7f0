/**
 * Memory: `memory CA DER KEY OWN OWNKEY NAME DATE VERSION`, bytes in hex: C heap and stack of a client.
 *
 * The library and the core are linked with `--wrap` around malloc, calloc, realloc and free; what the server
 * beside the client allocates is counted apart. The handshake runs on a painted stack. Prints bytes: most in
 * a handshake, once it is open, most of a second handshake with the first session open, the deepest stack.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digests.h"
#include "session.h"
#include "version.h"

#define PIPE_BYTES 65536
#define STACK_BYTES (256 * 1024)
#define PAINT 0xa5

void *__real_malloc(size_t size);
void __real_free(void *block);

typedef union {
	struct {
		size_t size;
		int owner;
	} of;
	long double aligned;
} Head;

/* Owner 1 is the client. */
static __thread int owner;
static size_t now[2], most[2];

void *__wrap_malloc(size_t size)
{
	Head *head = __real_malloc(sizeof *head + size);
	if (!head) return NULL;
	head->of.size = size;
	head->of.owner = owner;
	now[owner] += size;
	if (now[owner] > most[owner]) most[owner] = now[owner];
	return head + 1;
}

void __wrap_free(void *block)
{
	if (!block) return;
	Head *head = (Head *) block - 1;
	now[head->of.owner] -= head->of.size;
	__real_free(head);
}

void *__wrap_calloc(size_t count, size_t size)
{
	void *block = __wrap_malloc(count * size);
	return block ? memset(block, 0, count * size) : NULL;
}

void *__wrap_realloc(void *block, size_t size)
{
	void *made = __wrap_malloc(size);
	if (made && block) {
		size_t before = ((Head *) block - 1)->of.size;
		memcpy(made, block, before < size ? before : size);
	}
	__wrap_free(block);
	return made;
}

typedef struct {
	uint8_t bytes[PIPE_BYTES];
	size_t count;
} Pipe;

typedef struct {
	Pipe up, down;
	mbedtls_ssl_context server;
	Session *client;
	Shake shake;
} Pair;

static int take(Pipe *pipe, uint8_t *into, size_t mostBytes)
{
	size_t count = pipe->count < mostBytes ? pipe->count : mostBytes;
	memcpy(into, pipe->bytes, count);
	memmove(pipe->bytes, pipe->bytes + count, pipe->count -= count);
	return (int) count;
}
static int give(Pipe *pipe, const uint8_t *bytes, size_t count)
{
	memcpy(pipe->bytes + pipe->count, bytes, count);
	pipe->count += count;
	return (int) count;
}
static int clientReceive(void *pair, uint8_t *into, size_t count)
{
	return take(&((Pair *) pair)->down, into, count);
}
static int clientSend(void *pair, const uint8_t *bytes, size_t count)
{
	return give(&((Pair *) pair)->up, bytes, count);
}
static int serverReceive(void *pair, unsigned char *into, size_t count)
{
	int got = take(&((Pair *) pair)->up, into, count);
	return got == 0 ? MBEDTLS_ERR_SSL_WANT_READ : got;
}
static int serverSend(void *pair, const unsigned char *bytes, size_t count)
{
	return give(&((Pair *) pair)->down, bytes, count);
}

static Bytes bytesOf(const char *hex)
{
	size_t count = strcmp(hex, "-") == 0 ? 0 : strlen(hex) / 2;
	uint8_t *bytes = malloc(count + 1);
	for (size_t at = 0; at < count; at += 1) {
		unsigned byte = 0;
		sscanf(hex + 2 * at, "%2x", &byte);
		bytes[at] = (uint8_t) byte;
	}
	return (Bytes){ bytes, count };
}

static Pair pairs[2];

static void *shake(void *context)
{
	Pair *pair = context;
	owner = 1;
	do pair->shake = sessionShake(pair->client);
	while (pair->shake == SHAKE_MORE);
	return NULL;
}

/* The depth that all steps of a handshake reached. */
static size_t handshake(Pair *pair, mbedtls_ssl_config *config, const Trust *trust)
{
	static uint8_t stack[STACK_BYTES] __attribute__((aligned(4096)));
	pthread_attr_t attributes;
	memset(stack, PAINT, STACK_BYTES);
	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, stack, STACK_BYTES);
	mbedtls_ssl_init(&pair->server);
	mbedtls_ssl_setup(&pair->server, config);
	mbedtls_ssl_set_bio(&pair->server, pair, serverSend, serverReceive, NULL);
	Wire wire = { pair, clientReceive, clientSend };
	owner = 1;
	pair->client = sessionOpen(trust, &wire);
	owner = 0;
	for (int turn = 0; turn < 20; turn += 1) {
		pthread_t thread;
		if (pair->shake != SHAKE_DONE) {
			if (pthread_create(&thread, &attributes, shake, pair) != 0) exit(1);
			pthread_join(thread, NULL);
		}
		if (!mbedtls_ssl_is_handshake_over(&pair->server)) mbedtls_ssl_handshake(&pair->server);
	}
	if (pair->shake != SHAKE_DONE) {
		printf("refused: %d\n", sessionRefusal(pair->client));
		exit(1);
	}
	owner = 1;
	sessionAvailable(pair->client);
	owner = 0;
	size_t deepest = STACK_BYTES;
	while (deepest > 0 && stack[STACK_BYTES - deepest] == PAINT) deepest -= 1;
	return deepest;
}

int main(int argc, char **argv)
{
	if (argc != 9 || !cryptoBegin()) return 64; /* EX_USAGE */
	Bytes der = bytesOf(argv[2]), key = bytesOf(argv[3]);
	Trust trust = { bytesOf(argv[1]), bytesOf(argv[4]), bytesOf(argv[5]), argv[6],
		strtoll(argv[7], NULL, 10) };
	bool is12 = strcmp(argv[8], "12") == 0;
	mbedtls_ssl_config config;
	mbedtls_x509_crt certificate;
	mbedtls_pk_context own;
	mbedtls_ssl_config_init(&config);
	mbedtls_x509_crt_init(&certificate);
	mbedtls_pk_init(&own);
	mbedtls_ssl_config_defaults(
		&config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
	versionConfigure(&config);
	mbedtls_x509_crt_parse_der(&certificate, der.bytes, der.count);
	versionParseKey(&own, key.bytes, key.count);
	mbedtls_ssl_conf_own_cert(&config, &certificate, &own);
	if (trust.key.count > 0) mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_OPTIONAL);
	mbedtls_ssl_conf_max_tls_version(&config, is12 ? MBEDTLS_SSL_VERSION_TLS1_2 : MBEDTLS_SSL_VERSION_TLS1_3);
	size_t depth = handshake(&pairs[0], &config, &trust);
	size_t first = most[1], open = now[1];
	size_t again = handshake(&pairs[1], &config, &trust);
	printf("%zu %zu %zu %zu\n", first, open, most[1], depth > again ? depth : again);
	return 0;
}
