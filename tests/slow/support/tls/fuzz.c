/**
 * Fuzz: `fuzz SEED COUNT DATE CA DER KEY NAME`, bytes in hex: the client of the hosts against a server of
 * the same library whose bytes are damaged on the way, cut or dripped; and certificates damaged anywhere.
 *
 * Fails where the client reads a byte that the server did not write, trusts a damaged certificate, waits
 * while there are bytes to read, or does not come to an end within a bounded number of steps; the
 * sanitizers see the rest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certificate.h"
#include "chain.h"
#include "digests.h"
#include "session.h"
#include "version.h"

#define PIPE_BYTES 65536
#define MOST_STEPS 20000
static const char HELLO[] = "hello", WORLD[] = "world, and as much more as fills a record or two";

typedef struct {
	uint8_t bytes[PIPE_BYTES];
	size_t from, to;
	bool isEnded;
} Pipe;

static uint64_t state;
static Pipe up, down; /* to the server, to the client */
/* Where in the server's bytes the next damage is; one each. */
static size_t flipAt, cutAt, passed;
/* Bytes given and taken. */
static size_t moved;
static bool drips;

/* splitmix64 */
static uint64_t chance(uint64_t below)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (z ^ (z >> 31)) % below;
}

static int take(Pipe *pipe, uint8_t *into, size_t most)
{
	size_t count = pipe->to - pipe->from;
	if (count > most) count = most;
	if (count == 0) return pipe->isEnded ? -1 : 0;
	if (drips) count = 1 + chance(count);
	memcpy(into, pipe->bytes + pipe->from, count);
	pipe->from += count;
	moved += count;
	if (pipe->from == pipe->to) pipe->from = pipe->to = 0;
	return (int) count;
}

static int give(Pipe *pipe, const uint8_t *bytes, size_t count)
{
	if (count > PIPE_BYTES - pipe->to) count = PIPE_BYTES - pipe->to;
	memcpy(pipe->bytes + pipe->to, bytes, count);
	pipe->to += count;
	moved += count;
	return (int) count;
}

static int clientReceive(void *context, uint8_t *into, size_t most)
{
	(void) context;
	return take(&down, into, most);
}
static int clientSend(void *context, const uint8_t *bytes, size_t count)
{
	(void) context;
	if (drips && count > 1) count = 1 + chance(count);
	return give(&up, bytes, count);
}
static int serverReceive(void *context, unsigned char *into, size_t most)
{
	(void) context;
	int count = take(&up, into, most);
	return count == 0 ? MBEDTLS_ERR_SSL_WANT_READ : count < 0 ? 0 : count;
}
/* The damage. */
static int serverSend(void *context, const unsigned char *bytes, size_t count)
{
	(void) context;
	if (down.isEnded) return (int) count;
	size_t start = down.to;
	give(&down, bytes, count);
	if (flipAt >= passed && flipAt < passed + count)
		down.bytes[start + flipAt - passed] ^= (uint8_t) (1 + chance(255));
	if (cutAt < passed + count) {
		down.to = start + (cutAt > passed ? cutAt - passed : 0);
		down.isEnded = true;
	}
	passed += count;
	return (int) count;
}

static uint8_t *bytesOf(const char *hex, size_t *count)
{
	*count = strlen(hex) / 2;
	uint8_t *bytes = malloc(*count);
	for (size_t at = 0; at < *count; at += 1) {
		unsigned byte = 0;
		sscanf(hex + 2 * at, "%2x", &byte);
		bytes[at] = (uint8_t) byte;
	}
	return bytes;
}

static void fail(const char *what, uint64_t nth)
{
	printf("failed at %llu: %s\n", (unsigned long long) nth, what);
	exit(1);
}

typedef struct {
	mbedtls_ssl_config config;
	mbedtls_x509_crt certificate;
	mbedtls_pk_context key;
} Server;

/* Tickets, which a client gets in 1.3 before or behind the first bytes; none of them is taken back. */
static int writeTicket(void *context, const mbedtls_ssl_session *session, unsigned char *start,
	const unsigned char *end, size_t *length, uint32_t *lifetime)
{
	(void) context, (void) session, (void) end;
	memset(start, 7, *length = 32);
	*lifetime = 100;
	return 0;
}
static int parseTicket(void *context, mbedtls_ssl_session *session, unsigned char *bytes, size_t length)
{
	(void) context, (void) session, (void) bytes, (void) length;
	return MBEDTLS_ERR_SSL_INVALID_MAC;
}

static void begin(Server *server, const uint8_t *der, size_t count, const uint8_t *key, size_t keyCount)
{
	mbedtls_ssl_config_init(&server->config);
	mbedtls_x509_crt_init(&server->certificate);
	mbedtls_pk_init(&server->key);
	mbedtls_ssl_config_defaults(
		&server->config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
	versionConfigure(&server->config);
	mbedtls_x509_crt_parse_der(&server->certificate, der, count);
	versionParseKey(&server->key, key, keyCount);
	mbedtls_ssl_conf_session_tickets_cb(&server->config, writeTicket, parseTicket, NULL);
	mbedtls_ssl_conf_own_cert(&server->config, &server->certificate, &server->key);
}

/* Handshake, a word each way; returns whether the client read the server's. */
static bool converse(Server *server, const Trust *trust, uint64_t nth)
{
	mbedtls_ssl_context ssl;
	mbedtls_ssl_init(&ssl);
	mbedtls_ssl_setup(&ssl, &server->config);
	mbedtls_ssl_set_bio(&ssl, NULL, serverSend, serverReceive, NULL);
	Wire wire = { NULL, clientReceive, clientSend };
	Session *session = sessionOpen(trust, &wire);
	Shake shake = SHAKE_MORE;
	size_t got = 0;
	bool isWritten = false, isOver = false;
	uint8_t text[sizeof WORLD];
	int steps = 0, idle = 0;
	for (; idle < 16 && !isOver && got < sizeof WORLD; steps += 1) {
		if (steps > MOST_STEPS) fail("no end", nth);
		size_t before = moved;
		if (!mbedtls_ssl_is_handshake_over(&ssl)) {
			int status = mbedtls_ssl_handshake(&ssl);
			if (status != 0 && status != MBEDTLS_ERR_SSL_WANT_READ && status != MBEDTLS_ERR_SSL_WANT_WRITE)
				down.isEnded = true;
		} else if (!isWritten && mbedtls_ssl_read(&ssl, text, sizeof HELLO) == sizeof HELLO) {
			isWritten = mbedtls_ssl_write(&ssl, (const uint8_t *) WORLD, sizeof WORLD) > 0;
		}
		if (shake == SHAKE_REFUSED) {
			isOver = true;
		} else if (shake != SHAKE_DONE) {
			shake = sessionShake(session);
			if (shake == SHAKE_DONE) isOver = !sessionWrite(session, (const uint8_t *) HELLO, sizeof HELLO);
		} else {
			int read = sessionRead(session, text + got, 1 + chance(sizeof WORLD - got));
			if (read == 0 && down.to > down.from) fail("bytes left in the wire", nth);
			if (read < 0)
				isOver = true;
			else
				got += (size_t) read, moved += (size_t) read;
			if (memcmp(text, WORLD, got) != 0) fail("a byte that nobody wrote", nth);
		}
		idle = moved == before && shake != SHAKE_MORE ? idle + 1 : 0;
	}
	if (chance(2)) sessionEnd(session);
	sessionFree(session);
	mbedtls_ssl_free(&ssl);
	return got == sizeof WORLD;
}

/* One to four bytes changed, or the end cut off, or a byte more. */
static uint8_t *damaged(const uint8_t *bytes, size_t *count)
{
	size_t length = *count;
	uint8_t *made = malloc(length + 1);
	memcpy(made, bytes, length);
	for (uint64_t nth = 1 + chance(4); nth > 0; nth -= 1) made[chance(length)] ^= (uint8_t) (1 + chance(255));
	if (chance(8) == 0)
		length = chance(length);
	else if (chance(8) == 0)
		made[length++] = (uint8_t) chance(256);
	uint8_t *exact = malloc(length ? length : 1);
	memcpy(exact, made, length);
	free(made);
	*count = length;
	return exact;
}

static void damageCertificate(const Trust *trust, const uint8_t *der, size_t count, uint64_t nth)
{
	Certificate read;
	mbedtls_x509_crt authority, peer;
	int64_t until;
	size_t length = count;
	uint8_t *bytes = damaged(der, &length);
	certificateRead(bytes, length, &read);
	privateKeyState(bytes, length);
	if (certificateIsSelfSigned(bytes, length)) fail("a damaged certificate signs itself", nth);
	mbedtls_x509_crt_init(&authority);
	mbedtls_x509_crt_init(&peer);
	mbedtls_x509_crt_parse_der(&authority, trust->authority.bytes, trust->authority.count);
	if (mbedtls_x509_crt_parse_der(&peer, bytes, length) == 0
		&& chainJudge(&peer, &authority, trust->name, trust->date, &until) == CHAIN_TRUSTED
		&& (length < count || memcmp(bytes, der, count) != 0))
		fail("a damaged certificate is trusted", nth);
	mbedtls_x509_crt_free(&authority);
	mbedtls_x509_crt_free(&peer);
	free(bytes);
}

int main(int argc, char **argv)
{
	if (argc != 8 || !cryptoBegin()) return 64; /* EX_USAGE */
	state = strtoull(argv[1], NULL, 10);
	uint64_t count = strtoull(argv[2], NULL, 10);
	size_t caCount, derCountOf, keyCount;
	uint8_t *ca = bytesOf(argv[4], &caCount), *der = bytesOf(argv[5], &derCountOf);
	uint8_t *key = bytesOf(argv[6], &keyCount);
	Trust trust = { { ca, caCount }, { NULL, 0 }, { NULL, 0 }, argv[7], strtoll(argv[3], NULL, 10) };
	Server server;
	begin(&server, der, derCountOf, key, keyCount);
	uint64_t whole = 0, read = 0;
	for (uint64_t nth = 0; nth < count; nth += 1) {
		memset(&up, 0, sizeof up);
		memset(&down, 0, sizeof down);
		passed = 0;
		flipAt = chance(8) == 0 ? SIZE_MAX : chance(2000);
		cutAt = chance(4) == 0 ? chance(2000) : SIZE_MAX;
		drips = chance(2) == 0;
		bool is12 = chance(2) == 0;
		mbedtls_ssl_conf_max_tls_version(
			&server.config, is12 ? MBEDTLS_SSL_VERSION_TLS1_2 : MBEDTLS_SSL_VERSION_TLS1_3);
		bool isWhole = flipAt == SIZE_MAX && cutAt == SIZE_MAX;
		if (isWhole) sessionForget(); /* the library's server ends at a ticket that it does not know */
		bool isRead = converse(&server, &trust, nth);
		if (isWhole && !isRead) fail("nothing damaged, and nothing read", nth);
		whole += isWhole;
		read += isRead;
		for (int more = 0; more < 16; more += 1) damageCertificate(&trust, der, derCountOf, nth);
	}
	printf("%llu sessions, %llu undamaged, %llu read\n", (unsigned long long) count,
		(unsigned long long) whole, (unsigned long long) read);
	sessionForget();
	mbedtls_ssl_config_free(&server.config);
	mbedtls_x509_crt_free(&server.certificate);
	mbedtls_pk_free(&server.key);
	free(ca);
	free(der);
	free(key);
	return 0;
}
